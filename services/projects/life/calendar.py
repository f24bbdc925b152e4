"""The clock of conventions: what is due happens, once, whoever is there, and after a stop as well.

Every replica looks. Each convention is one transaction that locks it, so whoever comes second finds nothing left to do.
"""

import asyncio
from collections.abc import Callable
from datetime import date

import structlog

from services.projects.conventions.public import let_amendments_enter, let_signing_days_pass
from services.projects.life import storage
from services.projects.life.commands.pass_day import pass_day
from shared.contracts.refusals import Trouble
from shared.kit.clock import today_in_paris
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

# Days begin at midnight; a minute later nobody has noticed.
LOOK_SECONDS = 60.0


async def keep_calendar(database: Database, today: Callable[[], date] = today_in_paris) -> None:
    """Let what is due happen, until cancelled."""
    while True:
        try:
            await let_happen(database, today())
            await let_signing_days_pass(database, today())
            await let_amendments_enter(database, today())
        except Trouble as trouble:
            logger.warning("calendar_interrupted", reason=str(trouble))
        await asyncio.sleep(LOOK_SECONDS)


async def let_happen(database: Database, today: date) -> int:
    """Everything that is due on this day or was before; returns how many facts that made."""
    made = 0
    while True:
        async with transaction(database, actor=None) as tx:
            due = await storage.due_conventions(tx, today)
        done = 0
        for convention_id in due:
            try:
                async with transaction(database, actor=None) as tx:
                    done += await pass_day(tx, convention_id, today)
            except Trouble:
                raise
            except Exception:
                # One that is broken does not keep the others from their day, nor the service from running.
                logger.exception("calendar_failed", convention_id=str(convention_id))
        made += done
        if not done:
            return made
