"""What the service's calendar lets happen to signatures: reminders, and the end of the last day to sign.

Each convention is one transaction that locks it, so whoever comes second finds nothing left to do.
"""

from datetime import date

import structlog

from services.projects.conventions import storage
from services.projects.conventions.commands.pass_day_of_signing import pass_day_of_signing
from shared.contracts.refusals import Trouble
from shared.kit.database import Database, transaction

logger = structlog.get_logger()


async def let_signing_days_pass(database: Database, today: date) -> int:
    """Everything that is due on this day or was before; returns how many facts that made."""
    async with transaction(database, actor=None) as tx:
        due = await storage.due_for_signing(tx, today)
    made = 0
    for convention_id in due:
        try:
            async with transaction(database, actor=None) as tx:
                made += await pass_day_of_signing(tx, convention_id, today)
        except Trouble:
            raise
        except Exception:
            # One that is broken does not keep the others from their day, nor the service from running.
            logger.exception("signing_day_failed", convention_id=str(convention_id))
    return made
