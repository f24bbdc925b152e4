"""What the service's calendar lets happen to amendments: those that are signed enter into force on their day.

Each is one transaction that locks it, so whoever comes second finds nothing left to do.
"""

from datetime import date

import structlog

from services.projects.conventions import storage
from services.projects.conventions.commands.enter_amendment import enter_amendment
from shared.contracts.refusals import Defect
from shared.kit.database import Database, transaction

logger = structlog.get_logger()


async def let_amendments_enter(database: Database, today: date) -> int:
    """Everything that is due on this day or was before; returns how many facts that made."""
    async with transaction(database, actor=None) as tx:
        due = await storage.due_amendments(tx, today)
    made = 0
    for amendment_id in due:
        try:
            async with transaction(database, actor=None) as tx:
                made += await enter_amendment(tx, amendment_id, today)
        except Defect:
            # One that is broken does not keep the others from their day.
            logger.exception("amendment_day_failed", convention_id=str(amendment_id))
    return made
