"""Whether a file is a document of ours, and untouched: what can be told, and who checks it."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from services.web.documents import certificates
from services.web.documents.evidence import Attached
from shared.kit.database import Database, transaction

LARGEST_BYTES = 20 * 1024 * 1024


class Integrity(StrEnum):
    """What became of a file since it was sealed."""

    INTACT = "intact"
    EXTENDED = "extended"
    """The sealed document is whole inside, and something was added after it."""
    ALTERED = "altered"
    """One of our seals is there, and it is not of these bytes."""
    FOREIGN = "foreign"
    """No seal of ours."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file turned out to be; `attached` is what its sealed part carries, `certificate` is in DER."""

    integrity: Integrity
    certificate: bytes | None = None
    attached: Attached | None = None


FOREIGN = CheckedFile(Integrity.FOREIGN)


class Checker:
    """Checks files against the seals of this installation, off the event loop, one at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Semaphore(1)

    async def check(self, data: bytes) -> CheckedFile:
        """What the file turned out to be."""
        async with transaction(self._database, actor=None) as tx:
            ours = await certificates.known(tx)
        # As when documents are made: what reads them is imported when it is first needed.
        from services.web.documents.sealed_files import check_file

        async with self._turn:
            return await asyncio.to_thread(check_file, data, ours)
