"""Try again what waits in quarantine: what an older process could not read a newer one may know, what failed may be mended.

Every process tries by itself, when it starts and then now and then, so that during an upgrade it does not matter which
replica hears the owner's digest. What it cannot apply it tries ever more rarely.
"""

import asyncio
from typing import Any

import structlog

from shared.backbone import quarantine
from shared.backbone.back_off import BackOff
from shared.backbone.subscribers import Subscribers
from shared.contracts.operations import QuarantinedNotFound, QuarantinedResolved
from shared.contracts.refusals import Trouble
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

RETRY_SECONDS = 30.0

# The next of its aggregate, or one that was applied meanwhile. What nobody could read has no aggregate.
_DUE = """
SELECT quarantine_id, source
FROM quarantine LEFT JOIN inbox_head AS head USING (source, aggregate_id)
WHERE resolved_at IS NULL AND aggregate_id IS NOT NULL AND quarantine.version <= coalesce(head.version, 0) + 1
  AND quarantine_id <> ALL($1::bigint[])
ORDER BY quarantine_id LIMIT 100
"""


class Retrier:
    """The quarantine of one service, tried again with its own reactions."""

    def __init__(self, database: Database, subscribers: Subscribers) -> None:
        self._database = database
        self._subscribers = subscribers
        self._back_off = BackOff[int]()

    async def run(self) -> None:
        """Try until cancelled."""
        while True:
            try:
                while due := await self._due():
                    for row in due:
                        await self._try(row)
            except Trouble as trouble:
                logger.warning("retrying_interrupted", reason=str(trouble))
            await asyncio.sleep(RETRY_SECONDS)

    async def _due(self) -> list[Any]:
        async with transaction(self._database, actor=None) as tx:
            return await tx.fetch(_DUE, self._back_off.waiting())

    async def _try(self, row: Any) -> None:
        quarantine_id: int = row["quarantine_id"]
        try:
            async with transaction(self._database, actor=None) as tx:
                replayed = await quarantine.try_again(tx, quarantine_id, self._subscribers)
        except (QuarantinedNotFound, QuarantinedResolved):
            # Somebody else was faster.
            return
        except Trouble as trouble:
            # It may be this one's alone: the others are not held back.
            logger.warning("retrying_interrupted", source=row["source"], reason=str(trouble))
            self._back_off.failed(quarantine_id)
            return
        if replayed.resolution is None:
            self._back_off.failed(quarantine_id)
        else:
            self._back_off.passed(quarantine_id)
            logger.info("quarantine_applied", source=row["source"], released=replayed.released)
