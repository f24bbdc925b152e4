"""A convention has ended: what was to change it has nothing left to change."""

from services.projects.conventions import storage
from services.projects.conventions.domain import amending
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId
from shared.kit import clock
from shared.kit.database import Transaction


async def lapse_amendment(tx: Transaction, convention_id: ConventionId) -> None:
    """Give up the amendment that is open, of a convention that the caller holds."""
    open_one = await storage.open_amendment_of(tx, convention_id)
    amendment = await storage.find_convention_as_service(tx, open_one) if open_one else None
    if amendment is None:
        return
    now = clock.now()
    events = amending.lapse(amendment, now)
    await storage.save_convention(tx, amendment, events, now)
    await announce(tx, events, of=amendment)
