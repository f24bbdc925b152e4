"""Files as messages tell of them. Their bytes never travel in messages: web keeps them, then tells what it kept."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.contracts.messages import Message
from shared.contracts.values import Sha256, one_line


class MediaType(StrEnum):
    """The kinds of file that are taken, by their registered media types."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


FileName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=150, pattern=r"^[^/\\]+$"),
    AfterValidator(one_line),
]


class GivenFile(Message):
    """A file that was received and kept: known by the SHA-256 of its bytes; its type is what the bytes say."""

    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=1_000_000_000)]
    """In bytes."""
    media_type: MediaType
    name: FileName
    """As it was called where it came from."""
