"""What a file is, by its own bytes: the kinds that are taken, and what inside them is refused. Pure.

Not an antivirus: it refuses what acts when it is opened, or what is not what its name says. What it cannot see, such as a
script inside a compressed part of a PDF, is why files are given to browsers as attachments, never shown by us.
"""

import re
from dataclasses import dataclass

import puremagic

from shared.contracts.files import MediaType

# The beginning is where every kind that is taken says what it is.
HEAD_BYTES = 4096
# Longer than any mark that is looked for: one that is cut by the end of a piece is found with the next.
_OVERLAP = 64

EXTENSIONS: dict[MediaType, frozenset[str]] = {
    MediaType.PDF: frozenset({"pdf"}),
    MediaType.PNG: frozenset({"png"}),
    MediaType.JPEG: frozenset({"jpg", "jpeg"}),
    MediaType.ODT: frozenset({"odt"}),
    MediaType.ODS: frozenset({"ods"}),
    MediaType.DOCX: frozenset({"docx"}),
    MediaType.XLSX: frozenset({"xlsx"}),
}
ACCEPT = ",".join(sorted(f".{it}" for several in EXTENSIONS.values() for it in several))
"""For the control of a form."""

# ISO 32000-1, 12.6.4.16 (JavaScript), 12.6.4.13 (renditions, which may carry a script) and 12.6.4.5 (launch actions); 7.11.4
# (files inside); 7.6 (encryption: nobody else could read it). The key of a script itself, /JS, is too short to look for: in
# compressed pages it stands by chance once in 22 MB, and every action that carries it says one of the names below.
_IN_PDF = re.compile(rb"/(JavaScript|Rendition|Launch|EmbeddedFiles?|Encrypt)\b")
# Any character of a name may be written by its number (7.3.5).
_ESCAPED_IN_PDF = re.compile(rb"#([0-9A-Fa-f]{2})")
# A name of a member of a ZIP file is never compressed. ECMA-376 keeps macros in vbaProject.bin, ODF in Basic/.
_IN_ZIP = re.compile(
    rb"vbaProject\.bin|activeX/|oleObject\d*\.bin|Basic/script-lc\.xml|Scripts/", re.IGNORECASE
)

_ZIP = b"PK\x03\x04"
_OPEN_DOCUMENT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet)PK")
# A PDF reader skips what comes before the mark; we do not, since that may be another kind of file.
_PLAIN = {
    MediaType.PDF: b"%PDF-",
    MediaType.PNG: b"\x89PNG\r\n\x1a\n",
    MediaType.JPEG: b"\xff\xd8\xff",
}


@dataclass(slots=True)
class Examination:
    """A file as its pieces pass."""

    _head: bytes = b""
    _tail: bytes = b""
    _word: bool = False
    _sheet: bool = False
    active: bool = False
    """Whether it holds something that acts by itself, or that only a key opens."""

    def take(self, piece: bytes) -> None:
        """Look at the next piece."""
        if len(self._head) < HEAD_BYTES:
            self._head += piece[: HEAD_BYTES - len(self._head)]
        seen = self._tail + piece
        if self._head.startswith(_ZIP):
            self._word = self._word or b"word/document.xml" in seen
            self._sheet = self._sheet or b"xl/workbook.xml" in seen
            self.active = self.active or bool(_IN_ZIP.search(seen))
        elif self._head.startswith(_PLAIN[MediaType.PDF]):
            self.active = self.active or bool(_IN_PDF.search(_unescaped(seen)))
        self._tail = seen[-_OVERLAP:]

    @property
    def media_type(self) -> MediaType | None:
        """What it is, of the kinds that are taken; None for any other."""
        if self._head.startswith(_ZIP):
            return self._office()
        for media_type, mark in _PLAIN.items():
            if self._head.startswith(mark) and media_type in _known_as(self._head):
                return media_type
        return None

    def _office(self) -> MediaType | None:
        # An OpenDocument file names its own type in its first member (ODF 1.3, part 2, 3.3).
        if found := _OPEN_DOCUMENT.search(self._head):
            return MediaType.ODT if found[1] == b"text" else MediaType.ODS
        if self._word and not self._sheet:
            return MediaType.DOCX
        return MediaType.XLSX if self._sheet and not self._word else None


def _unescaped(pdf: bytes) -> bytes:
    return _ESCAPED_IN_PDF.sub(lambda it: bytes((int(it[1], 16),)), pdf)


def _known_as(head: bytes) -> set[str]:
    try:
        return {it.mime_type for it in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()
