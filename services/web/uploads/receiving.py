"""Receive one file and the fields around it, from a form or as the body of a request, without ever holding it whole."""

from collections.abc import AsyncIterator
from typing import Any

from litestar.exceptions import InternalServerException
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from services.web.pages.forms import Form
from services.web.uploads.holding import held
from services.web.uploads.kinds import EXTENSIONS, Examination
from services.web.uploads.names import extension, safe_name
from services.web.visits import Visit
from shared.contracts.files import GivenFile
from shared.contracts.refusals import FileTooLarge, Refusal
from shared.contracts.web.refusals import (
    BodyTooLarge,
    BodyUnreadable,
    FileContentRefused,
    FileEmpty,
    FileKindRefused,
    FileNameRefused,
    MediaTypeNotSupported,
)

# What the server reads of a body, whatever an installation takes as a file.
MOST_BYTES = 2_000_000_000

MULTIPART = "multipart/form-data"
# What a form carries beside its file.
_FIELDS_BYTES = 1 << 20
# A browser shows our answer only after it has sent everything, so a file that is refused is read to its end, up to this
# much more than is taken. A program that sends more is cut off.
_PATIENCE = 4


async def receive_body(visit: Visit, name: str) -> GivenFile:
    """Keep the body of the request as a file of this name.

    Raises:
        FileTooLarge, FileEmpty, FileNameRefused, FileKindRefused, FileContentRefused: it is not taken.
    """
    return await _keep(visit, _body(visit), name)


async def receive_form(visit: Visit, field: str) -> tuple[Form, GivenFile | None]:
    """Keep the file of this field; with it, or None where none was chosen, the other fields. What is wrong with the file
    is noted beside its field.
    """
    content_type, options = visit.content_type
    if content_type != MULTIPART or not options.get("boundary"):
        raise MediaTypeNotSupported(supported=[MULTIPART])
    parts = _Parts(visit, options["boundary"])
    typed: list[tuple[str, str]] = []
    given: GivenFile | None = None
    refusal: Refusal | None = None
    async for part in parts:
        if part.name == field and part.filename is not None:
            try:
                given = await _keep(visit, parts.content(), part.filename) if part.filename else None
            except Refusal as reason:
                refusal = reason
        elif part.filename is None and part.name:
            typed.append((part.name, await parts.text()))
    form = Form(typed)
    if refusal is not None:
        form.refuse(refusal, field)
    return form, given


async def _keep(visit: Visit, pieces: AsyncIterator[bytes], given_name: str) -> GivenFile:
    limit = visit.web.settings.upload_megabytes * 1_000_000
    examination = Examination()

    async def looked_at() -> AsyncIterator[bytes]:
        async for piece in pieces:
            examination.take(piece)
            yield piece

    try:
        kept = await visit.web.files.keep(
            looked_at(), at_most=limit, holding=lambda sha256: held(visit.web.database, sha256)
        )
    except FileTooLarge:
        await _read_to_the_end(pieces, limit * _PATIENCE)
        raise
    name = safe_name(given_name)
    media_type = examination.media_type
    if kept.size == 0:
        raise FileEmpty
    if name is None:
        raise FileNameRefused
    if media_type is None or extension(name) not in EXTENSIONS[media_type]:
        raise FileKindRefused
    if examination.active:
        raise FileContentRefused
    return GivenFile(sha256=kept.sha256, size=kept.size, media_type=media_type, name=name)


async def _read_to_the_end(pieces: AsyncIterator[bytes], most: int) -> None:
    left = most
    async for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise BodyTooLarge(limit_bytes=most)


async def _body(visit: Visit) -> AsyncIterator[bytes]:
    try:
        async for piece in visit.stream():
            yield piece
    except InternalServerException:
        # The browser went away in the middle: nobody is there to be answered, and nothing is broken.
        raise BodyUnreadable from None


class _Parts:
    """The parts of a form as they arrive, each read to its end before the next."""

    def __init__(self, visit: Visit, boundary: str) -> None:
        self._body = _body(visit)
        self._parser = PushMultipartParser(boundary, max_segment_size=1 << 40, max_header_size=8192)
        self._waiting: list[Any] = []

    async def __aiter__(self) -> AsyncIterator[MultipartSegment]:
        while (event := await self._next()) is not None:
            if isinstance(event, MultipartSegment):
                yield event
                # Whatever the reader left of it.
                async for _ in self.content():
                    pass

    async def content(self) -> AsyncIterator[bytes]:
        """The bytes of the present part."""
        while True:
            event = await self._next()
            if event is None:
                return
            if isinstance(event, MultipartSegment):
                self._waiting.insert(0, event)
                return
            yield bytes(event)

    async def text(self) -> str:
        """The present part as a field."""
        whole = b""
        async for piece in self.content():
            whole += piece
            if len(whole) > _FIELDS_BYTES:
                raise BodyTooLarge(limit_bytes=_FIELDS_BYTES)
        try:
            return whole.decode()
        except UnicodeDecodeError:
            raise BodyUnreadable from None

    async def _next(self) -> Any:
        """The next beginning of a part or piece of it; None at the end of the present part and of the form."""
        while not self._waiting:
            piece = await anext(self._body, b"")
            try:
                self._waiting += self._parser.parse(piece)
            except MultipartError:
                raise BodyUnreadable from None
            if not piece:
                break
        return self._waiting.pop(0) if self._waiting else None
