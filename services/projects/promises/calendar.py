"""The clock of promises: what they bring happens, once, whoever is there, and after a stop as well.

Every replica looks each minute, and soon after something was committed here: whoever signs last sees the days at once.
Each convention is one transaction that locks its promises, so whoever comes second finds nothing left to do.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date

import structlog

from services.projects.promises import storage
from services.projects.promises.commands.pass_day_of_promises import pass_day_of_promises
from shared.contracts.refusals import Trouble
from shared.kit.clock import today_in_paris
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

LOOK_SECONDS = 60.0
# Nobody reads the page of her signature faster, and a busy service is not asked after every act.
BETWEEN_LOOKS_SECONDS = 1.0


async def keep_promises(database: Database, today: Callable[[], date] = today_in_paris) -> None:
    """Let what is due happen, until cancelled."""
    committed = asyncio.Event()
    database.listeners.append(committed)
    while True:
        committed.clear()
        try:
            await let_promises_fall_due(database, today())
        except Trouble as trouble:
            logger.warning("promises_interrupted", reason=str(trouble))
        await asyncio.sleep(BETWEEN_LOOKS_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await committed.wait()


async def let_promises_fall_due(database: Database, today: date) -> int:
    """Everything that is due on this day or was before; returns how many facts that made."""
    made, seen = 0, set[object]()
    while True:
        async with transaction(database, actor=None) as tx:
            due = [it for it in await storage.due_promises(tx, today) if it not in seen]
        for convention_id in due:
            try:
                async with transaction(database, actor=None) as tx:
                    made += await pass_day_of_promises(tx, convention_id, today)
            except Trouble:
                raise
            except Exception:
                # One that is broken does not keep the others from their day.
                logger.exception("promises_failed", convention_id=str(convention_id))
        if not due:
            return made
        seen.update(due)
