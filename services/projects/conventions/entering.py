"""Save signatures, and what they bring: an amendment that every party has signed enters into force, once its day has come."""

from datetime import date, datetime

from services.projects.conventions import storage
from services.projects.conventions.domain.amending import Entry, enter_into_force, may_enter
from services.projects.conventions.domain.convention import Convention
from shared.backbone.outbox import announce
from shared.contracts.messages import Event
from shared.contracts.projects.queries import ConventionState
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction


async def save_signed(
    tx: Transaction, convention: Convention, events: list[Event], now: datetime, today: date
) -> int:
    """Save and announce what a signature made happen, in the convention that an amendment changes too; its new version."""
    entry = await _entry(tx, convention, today)
    happened = [*events, *(entry.of_amendment if entry else ())]
    version = await storage.save_convention(tx, convention, happened, now)
    await announce(tx, happened, of=convention)
    if entry:
        await storage.save_entry(tx, convention.id, entry, now)
        await announce(tx, entry.of_convention, of=entry.convention)
    return version


async def _entry(tx: Transaction, amendment: Convention, today: date) -> Entry | None:
    amends = amendment.amends
    if amends is None or amendment.state is not ConventionState.SIGNED:
        return None
    base = await storage.find_convention_as_service(tx, amends.convention_id)
    if base is None:
        raise Defect(f"the amendment {amendment.id} has no convention")
    if not may_enter(amendment, base, today):
        return None
    so_far = await storage.amended_so_far(tx, base.id)
    return enter_into_force(amendment, base, so_far.ends_on)
