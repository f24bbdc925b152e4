"""Several files as one ZIP file, written while it is sent: however large they are, little of them is in memory at once."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


class _Passing:
    """What the library writes to: bytes wait here until they are sent. It cannot seek, so sizes follow each file."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, piece: bytes) -> int:
        """Take the next bytes."""
        self._waiting += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What has come since it was last asked."""
        piece = bytes(self._waiting)
        self._waiting.clear()
        return piece


async def zipped(
    files: AsyncIterable[tuple[str, AsyncIterable[bytes]]], made_at: datetime
) -> AsyncIterator[bytes]:
    """The pieces of a ZIP file that holds these, by name, in their order. Each has at most 2 GiB."""
    passing = _Passing()
    with ZipFile(cast("IO[bytes]", passing), "w", ZIP_DEFLATED) as archive:
        async for name, pieces in files:
            entry = ZipInfo(name, date_time=made_at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w") as member:
                async for piece in pieces:
                    await asyncio.to_thread(member.write, piece)
                    if ready := passing.taken():
                        yield ready
    yield passing.taken()
