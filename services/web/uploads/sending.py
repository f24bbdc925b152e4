"""Send a kept file: always to be saved, never shown by our pages, under the name that it came with."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from litestar.response import Stream

from services.web.visits import Visit
from shared.contracts.files import GivenFile
from shared.kit.files import KeptFile


async def send_file(visit: Visit, file: GivenFile) -> Stream:
    """The file, in pieces. The caller has asked its owner whether the reader may have it.

    Raises:
        Defect: it is missing from the store.
    """
    pieces = visit.web.files.read(KeptFile(file.sha256, file.size))
    # Read before the answer begins: what is missing is then told as what it is.
    first = await anext(pieces, b"")

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return Stream(
        whole(),
        media_type=file.media_type,
        headers={
            # RFC 6266: an older browser reads the plain name, any other one the real name.
            "content-disposition": f"attachment; filename=\"{_plain(file.name)}\"; filename*=UTF-8''{quote(file.name, safe='')}",
            "content-length": str(file.size),
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _plain(name: str) -> str:
    return "".join(it if it.isascii() and (it.isalnum() or it in " .-_") else "_" for it in name)
