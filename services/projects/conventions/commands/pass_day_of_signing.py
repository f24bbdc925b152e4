"""Let happen what the last day to sign brings, for the clock of the service."""

from datetime import date

from services.projects.conventions import storage
from services.projects.conventions.domain.deadline import pass_day_of_signing as decide
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId
from shared.kit import clock
from shared.kit.database import Transaction


async def pass_day_of_signing(tx: Transaction, convention_id: ConventionId, today: date) -> int:
    """Remind, or open the text again; returns how many facts that made. Done again, by whomever, it changes nothing."""
    convention = await storage.find_convention_as_service(tx, convention_id)
    if convention is None:
        return 0
    events = decide(convention, today)
    await storage.save_convention(tx, convention, events, clock.now())
    await announce(tx, events, of=convention)
    return len(events)
