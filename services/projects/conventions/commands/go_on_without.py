"""A party has left a convention: the amendment that is open goes on between the others."""

from datetime import date

from services.projects.conventions import storage
from services.projects.conventions.domain.going_on import leave_amendment
from services.projects.conventions.entering import save_signed
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.kit import clock
from shared.kit.database import Transaction


async def go_on_without(
    tx: Transaction, convention_id: ConventionId, party: OrganizationId, left_on: date, today: date
) -> None:
    """Let it neither accept nor sign nor hold up any more, for a caller who holds the convention."""
    open_one = await storage.open_amendment_of(tx, convention_id)
    amendment = await storage.find_convention_as_service(tx, open_one) if open_one else None
    if amendment is None:
        return
    now = clock.now()
    if events := leave_amendment(amendment, party, left_on, now):
        await save_signed(tx, amendment, events, now, today)
