"""Documents as tagged PDF (PDF/UA-1): a convention, sealed once its text is, and the pack for whoever takes over.

What people wrote is passed as data, never as markup.
"""

import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from services.web.documents.evidence import EVIDENCE_FILE, SEALED_TEXT_FILE, Attached
from services.web.documents.glyphs import Glyphs
from services.web.documents.pack import PrintedPack
from services.web.documents.seal import DocumentSeal

_SOURCE = Path(__file__).with_name("convention.typ")
_PACK = Path(__file__).with_name("pack.typ")
# One document takes a few tens of milliseconds of one core; more at once would slow the pages down.
_AT_ONCE = 1


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table at the top."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PrintedParty:
    """A party, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """An article."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """The evidence of one signature, in words."""

    party: str
    person: str
    capacity: str
    proof: str


@dataclass(frozen=True, slots=True)
class PrintedConvention:
    """All that the document shows. `hash` is there only when the text is sealed; `check_at` is where to check it."""

    title: str
    aim: str
    is_draft: bool
    status: str
    hash: str | None
    check_at: str
    facts: list[Fact]
    parties: list[PrintedParty]
    clauses: list[PrintedClause]
    signatures: list[PrintedSignature]


class Printer:
    """Sets documents, off the event loop, one at a time."""

    def __init__(self, seal: DocumentSeal) -> None:
        """Seal with this key what is to be sealed."""
        self._seal = seal
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._source = _SOURCE.read_bytes()
        self._pack = _PACK.read_bytes()
        # The fonts inside typst only: the same document on every machine.
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
        self._glyphs = Glyphs(self._fonts)

    async def print_convention(
        self, convention: PrintedConvention, dated: datetime, attached: Attached | None
    ) -> bytes:
        """The PDF. With the sealed text and its evidence attached, it bears the seal of this installation."""
        # The attached files are what was signed, character for character: only what is shown is set.
        files = json.dumps(attached and _files(attached))
        async with self._turn:
            return await asyncio.to_thread(
                self._print, asdict(convention), files, dated, sealed=attached is not None
            )

    async def print_pack(self, pack: PrintedPack, dated: datetime) -> bytes:
        """The PDF of a hand-over pack. It bears no seal: it is what stands at that moment, for one side's reader."""
        async with self._turn:
            return await asyncio.to_thread(self._compile, self._pack, asdict(pack), "null", dated)

    def _print(self, data: dict[str, Any], files: str, dated: datetime, *, sealed: bool) -> bytes:
        pdf = self._compile(self._source, data, files, dated)
        return self._seal.apply(pdf) if sealed else pdf

    def _compile(self, source: bytes, data: dict[str, Any], files: str, dated: datetime) -> bytes:
        while True:
            shown = self._glyphs.shown(data)
            try:
                return self._set(source, shown | {"rewritten": shown != data}, files, dated)
            except typst.TypstError as failure:
                if not self._glyphs.learn_from(failure, shown):
                    raise

    def _set(self, source: bytes, data: dict[str, Any], files: str, dated: datetime) -> bytes:
        inputs = {"data": json.dumps(data), "files": files}
        compiler = typst.Compiler(source, font_paths=self._fonts, sys_inputs=inputs)
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=dated.replace(microsecond=0))
        if not isinstance(pdf, bytes):
            raise TypeError("typst gave no document")
        return pdf


def _files(attached: Attached) -> list[dict[str, str]]:
    return [
        {
            "name": SEALED_TEXT_FILE,
            "content": attached.sealed_text,
            "about": "Le texte scellé, dans la forme dont l’empreinte SHA-256 est signée",
        },
        {
            "name": EVIDENCE_FILE,
            "content": attached.evidence.model_dump_json(),
            "about": "Qui a signé quel texte, à quel titre, quand et par quel moyen",
        },
    ]
