"""Let happen to the promises of one convention what their days say, when nobody acts."""

from datetime import date

from services.projects.promises import storage
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId, ObligationId, new_id
from shared.kit import clock
from shared.kit.database import Transaction


async def pass_day_of_promises(tx: Transaction, convention_id: ConventionId, today: date) -> int:
    """Date, tell, miss or release them; returns how many facts that made. Done again, by whomever, it changes nothing."""
    promises = await storage.load_promises_as_service(tx, convention_id, today)
    if promises is None:
        return 0
    known = list(promises.obligations)
    events = promises.pass_day(today, clock.now(), lambda: ObligationId(new_id()))
    await storage.save_promises(tx, promises, events, known)
    await announce(tx, events, of=promises)
    return len(events)
