"""React to a mandate: its side reads the convention, and once both sides have a référent the negotiation opens."""

from services.projects.authority.public import sides_of
from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.contacts.events import MandateAccepted, MandateProposed
from shared.kit import clock
from shared.kit.database import Transaction


async def follow_mandate(event: MandateProposed | MandateAccepted, tx: Transaction) -> None:
    """Share the convention with the side of the mandate, and open the negotiation when both sides are there."""
    convention = await storage.find_convention_as_service(tx, event.convention_id)
    if convention is None:
        # Told about a convention that a restored database does not have.
        return
    now = clock.now()
    events = convention.share_with(event.organization_id)
    if isinstance(event, MandateAccepted):
        sides = await sides_of(tx, [convention.id])
        events += convention.open_negotiation(sides[convention.id].accepted, now)
    await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
