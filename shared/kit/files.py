"""Files, kept by their content: a file is known by the SHA-256 of its bytes, so the same bytes are kept once.

A folder by default, any S3 store by its address (`s3://bucket/prefix`, with AWS' own variables for the rest). Bytes pass
through in pieces, both ways; no file is ever whole in memory. Nothing here knows who may read what: a service is asked
first. A file is never changed, since a sealed text may name its hash; only what no service names any more is removed.
"""

import asyncio
import hashlib
import os
import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from shared.contracts.refusals import Defect, FileTooLarge, Trouble
from shared.kit.database import Transaction

# What S3 takes at least as one part of an upload.
_PART_BYTES = 5 << 20
_PIECE_BYTES = 1 << 20
# A name that is there already is locked and dated anew, so that nobody lets it go meanwhile.
_NAME = """
INSERT INTO stored_files (sha256, size) VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE SET named_at = now()
"""
_DATE = "UPDATE stored_files SET named_at = now() WHERE sha256 = $1"
# In the order of the hashes: two that look at the same ones do not wait for one another in a circle.
_IN_USE = """
SELECT hash FROM (SELECT unnest($1::text[]) AS hash ORDER BY hash) AS asked WHERE file_in_use(hash, $2)
"""
_KEPT = "sha256"
_SHA256 = re.compile("[0-9a-f]{64}")
_ARRIVING = "arriving"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the store."""

    sha256: str
    """Of its bytes, in 64 lower-case hexadecimal digits."""
    size: int
    """In bytes."""


Holding = Callable[[str], AbstractAsyncContextManager[object]]
"""Keeps a file, by its hash, from being removed while it is put into its place."""


class FileStore:
    """Where the files of an installation are; every replica sees the same ones."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    @staticmethod
    def at(url: str | None, data: Path) -> "FileStore":
        """The store at this address, or without one the folder `files` of the data folder, closed to other accounts."""
        if url is not None:
            return FileStore(
                from_url(
                    url,
                    client_options={"connect_timeout": "3s", "timeout": "60s"},
                    # Somebody waits: a store that is away is told soon, not after the three minutes of the library.
                    retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
                )
            )
        folder = data.absolute() / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FileStore(LocalStore(folder), folder)

    async def keep(
        self, pieces: AsyncIterable[bytes], *, at_most: int, holding: Holding = nullcontext
    ) -> KeptFile:
        """Keep a file while it arrives. Once this returns it outlives a power cut; if it raises, nothing is left.

        `holding` is needed where files are removed meanwhile.

        Raises:
            FileTooLarge: it has more bytes than `at_most`; no more than that was read.
            Trouble: the store does not answer, or is full.
        """
        digest = hashlib.sha256()
        size = 0

        async def measured() -> AsyncIterator[bytes]:
            nonlocal size
            async for piece in pieces:
                size += len(piece)
                if size > at_most:
                    raise FileTooLarge(at_most_bytes=at_most)
                digest.update(piece)
                if piece:
                    yield piece

        arriving = f"{_ARRIVING}/{uuid4()}"
        try:
            await obstore.put_async(
                self._store, arriving, measured(), chunk_size=_PART_BYTES, max_concurrency=2
            )
            kept = KeptFile(digest.hexdigest(), size)
            async with holding(kept.sha256):
                # Over a file that is there already: the same bytes, unless a disk has damaged them. It is young again.
                await obstore.rename_async(self._store, arriving, _path(kept.sha256))
                await asyncio.to_thread(self._make_lasting, kept.sha256)
        except Trouble:
            await self._give_up(arriving)
            raise
        except (BaseError, OSError) as error:
            await self._give_up(arriving)
            raise Trouble(f"the file could not be kept: {type(error).__name__}") from error
        return kept

    async def read(self, kept: KeptFile) -> AsyncIterator[bytes]:
        """The bytes in pieces. The last one is given only once all of them have the hash: a damaged file never looks whole.

        Raises:
            Defect: the file is missing, or is not what was kept.
            Trouble: the store does not answer.
        """
        digest = hashlib.sha256()
        held = b""
        try:
            found = await obstore.get_async(self._store, _path(kept.sha256))
            async for piece in found.stream(min_chunk_size=_PIECE_BYTES):
                digest.update(piece)
                if held:
                    yield held
                held = bytes(piece)
        except FileNotFoundError:
            raise Defect(f"the file {kept.sha256} is missing from the store") from None
        except (BaseError, OSError) as error:
            raise Trouble(f"the file could not be read: {type(error).__name__}") from error
        if digest.hexdigest() != kept.sha256:
            raise Defect(f"the file {kept.sha256} is damaged")
        if held:
            yield held

    async def answers(self) -> bool:
        """Whether files can be kept and read now."""
        if self._folder is not None:
            return await asyncio.to_thread(os.access, self._folder, os.R_OK | os.W_OK | os.X_OK)
        await obstore.list_with_delimiter_async(self._store, prefix=_ARRIVING)
        return True

    def list(self) -> Iterator[KeptFile]:
        """Every file that is kept, in no order; for operators' commands."""
        for page in obstore.list(self._store, prefix=_KEPT):
            for it in page:
                yield KeptFile(it["path"].rpartition("/")[2], it["size"])

    async def older_than(self, before: datetime) -> AsyncIterator[KeptFile]:
        """Every file that was last kept before that moment, in no order.

        Raises:
            Trouble: the store does not answer.
        """
        try:
            async for page in obstore.list(self._store, prefix=_KEPT):
                for it in page:
                    name = it["path"].rpartition("/")[2]
                    # Whatever else lies there is somebody else's.
                    if it["last_modified"] < before and _SHA256.fullmatch(name):
                        yield KeptFile(name, it["size"])
        except (BaseError, OSError) as error:
            raise Trouble(f"the files could not be listed: {type(error).__name__}") from error

    async def remove(self, sha256: str, *, before: datetime) -> bool:
        """Remove a file unless it was kept again since that moment; whether it was removed. Hold it meanwhile.

        Raises:
            Trouble: the store does not answer.
        """
        try:
            if (await obstore.head_async(self._store, _path(sha256)))["last_modified"] >= before:
                return False
            await obstore.delete_async(self._store, _path(sha256))
        except FileNotFoundError:
            return False
        except (BaseError, OSError) as error:
            raise Trouble(f"the file could not be removed: {type(error).__name__}") from error
        return True

    async def forget_abandoned(self, before: datetime) -> None:
        """Remove what a process that died had begun to keep before that moment. S3 drops unfinished uploads by itself."""
        if self._folder is not None:
            await asyncio.to_thread(_remove_old, self._folder / _ARRIVING, before.timestamp())

    def open(self, kept: KeptFile) -> "obstore.ReadableFile":
        """A file to be read from its beginning; for operators' commands."""
        return obstore.open_reader(self._store, _path(kept.sha256), buffer_size=_PIECE_BYTES)

    async def _give_up(self, arriving: str) -> None:
        with suppress(BaseError, OSError):
            await obstore.delete_async(self._store, arriving)

    def _make_lasting(self, sha256: str) -> None:
        """On a disk of ours: what was acknowledged must be there after a power cut, its name too."""
        if self._folder is None:
            return
        path = self._folder / _path(sha256)
        for place in (path, path.parent, path.parent.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


async def name_file(tx: Transaction, sha256: str, size: int) -> None:
    """Note, in the transaction that names it, that this service has a file: `entente verify` then misses it if it goes."""
    await tx.execute(_NAME, sha256, size)


async def let_go_of_file(tx: Transaction, sha256: str) -> None:
    """Note, in the transaction that names it no more, when that was: backups of that time still name it."""
    await tx.execute(_DATE, sha256)


async def files_in_use(tx: Transaction, sha256s: Sequence[str], *, before: datetime) -> list[str]:
    """Which of these files this service names, or named after that moment. The names of the others are forgotten."""
    rows = await tx.fetch(_IN_USE, list(sha256s), before)
    return [row["hash"] for row in rows]


def _remove_old(folder: Path, before: float) -> None:
    for path in folder.glob("*"):
        # Finished, or given up, by somebody else meanwhile.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


def _path(sha256: str) -> str:
    return f"{_KEPT}/{sha256[:2]}/{sha256}"
