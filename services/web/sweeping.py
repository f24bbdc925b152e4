"""Remove from the store what nothing names: files of refused uploads, and those that were taken out of rooms.

Never one that is about to be named. Whoever names a file has just kept it, which makes it young; a file is removed only
when it is old, while it is held alone, and after its service has said, meanwhile, that it names it no more.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter, Gauge

from services.web.gateway import Asking
from services.web.uploads.holding import held
from shared.contracts.projects.kept_files import ForgetUnusedFiles
from shared.contracts.refusals import Defect, Refusal, Trouble
from shared.kit.clock import now
from shared.kit.database import Database
from shared.kit.files import FileStore, KeptFile

_log = structlog.get_logger()

_EVERY_SECONDS = 3600
_AT_ONCE = 200

files_removed_total = Counter(
    "entente_files_removed_total", "Files removed from the store because nothing named them"
)
files_removed_bytes_total = Counter(
    "entente_files_removed_bytes_total", "Bytes removed from the store because nothing named them"
)
files_swept_at = Gauge(
    "entente_files_swept_timestamp_seconds", "When the store was last looked through to its end, in Unix time"
)


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Where the files are, and who is asked about them."""

    files: FileStore
    database: Database
    asker: Asking

    async def sweep(self, before: datetime) -> None:
        """Look through the store once, at what was last kept and named before that moment.

        Raises:
            Trouble: the store, the database or a service does not answer; what is left is for the next time.
        """
        await self.files.forget_abandoned(before)
        async for batch in _batches(self.files.older_than(before)):
            in_use = await self._in_use(tuple(it.sha256 for it in batch), before)
            for file in batch:
                if file.sha256 not in in_use:
                    await self._remove(file, before)
        files_swept_at.set_to_current_time()

    async def _remove(self, file: KeptFile, before: datetime) -> None:
        async with held(self.database, file.sha256, alone=True):
            # Asked again: between the first answer and now somebody may have kept and named it.
            if await self._in_use((file.sha256,), before):
                return
            if await self.files.remove(file.sha256, before=before):
                files_removed_total.inc()
                files_removed_bytes_total.inc(file.size)
                _log.info("file_removed", sha256=file.sha256, size=file.size)

    async def _in_use(self, sha256s: tuple[str, ...], before: datetime) -> frozenset[str]:
        # Only projects names files. A service that begins to is asked here too, before it does.
        answer = await self.asker.ask(ForgetUnusedFiles(sha256s=sha256s, before=before))
        return frozenset(answer.in_use)


async def sweep_files(files: FileStore, database: Database, asker: Asking, unused: timedelta) -> None:
    """Sweep now and then, for ever. Replicas may do it at once: each file is removed by one of them."""
    sweeper = Sweeper(files, database, asker)
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        try:
            await sweeper.sweep(now() - unused)
        except (Trouble, Defect, Refusal) as reason:
            _log.warning("sweep_interrupted", reason=str(reason))


async def _batches(files: AsyncIterator[KeptFile]) -> AsyncIterator[list[KeptFile]]:
    batch: list[KeptFile] = []
    async for file in files:
        batch.append(file)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
