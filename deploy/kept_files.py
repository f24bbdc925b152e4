"""The files of an installation as operators' commands see them: compared with their hashes, and put back from a backup."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import IO

from obstore.exceptions import BaseError

from deploy.backups.archive import Archive
from deploy.errors import CommandFailure
from deploy.verification import UNREADABLE, snapshot
from shared.contracts.refusals import Trouble
from shared.kit.files import FileStore, KeptFile

_PIECE = 1 << 20


@dataclass
class CheckedFiles:
    """What was found in the store."""

    whole: list[KeptFile] = field(default_factory=list[KeptFile])
    damaged: list[str] = field(default_factory=list[str])
    """By the hashes that they should have."""
    missing: list[str] = field(default_factory=list[str])
    """By the hashes that a service names, and the store has no file of."""

    @property
    def size(self) -> int:
        """Bytes of the whole ones."""
        return sum(it.size for it in self.whole)


def check_files(store: FileStore) -> CheckedFiles:
    """Read every file and compare it with the hash that it is known by.

    Raises:
        CommandFailure: the store cannot be read.
    """
    found = CheckedFiles()
    try:
        for kept in store.list():
            if _sha256_of(store, kept) == kept.sha256:
                found.whole.append(kept)
            else:
                found.damaged.append(kept.sha256)
    except (BaseError, OSError) as error:
        raise CommandFailure(f"The files could not be read: {type(error).__name__}: {error}") from error
    return found


def find_missing(found: CheckedFiles, named: Iterable[str]) -> None:
    """Note the files that a service names and that the store has not."""
    known = {it.sha256 for it in found.whole} | set(found.damaged) | set(found.missing)
    found.missing += sorted(set(named) - known)


async def named_files(url: str) -> list[str]:
    """The hashes of the files that a service names.

    Raises:
        CommandFailure: its database cannot be read.
    """
    try:
        async with snapshot(url) as connection:
            return [row["sha256"] for row in await connection.fetch("SELECT sha256 FROM stored_files")]
    except UNREADABLE as error:
        raise CommandFailure(f"The files of a service could not be listed: {type(error).__name__}") from error


def restore_files(store: FileStore, backup: Archive) -> int:
    """Put back every file of a backup; those that are there already are the same. Returns how many.

    Raises:
        CommandFailure: the store cannot be written.
    """

    async def put_back() -> int:
        count = 0
        for part, content in backup.files():
            await store.keep(_pieces(content), at_most=part.size)
            count += 1
        return count

    try:
        return asyncio.run(put_back())
    except Trouble as trouble:
        raise CommandFailure(f"The files could not be put back: {trouble}") from trouble


def _sha256_of(store: FileStore, kept: KeptFile) -> str:
    digest = hashlib.sha256()
    content = store.open(kept)
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


async def _pieces(content: IO[bytes]) -> AsyncIterator[bytes]:
    while piece := content.read(_PIECE):
        yield piece
