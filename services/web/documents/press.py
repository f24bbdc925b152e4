"""The press: typst sets a document, and our key seals it. Imported when the first document is asked for."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from services.web.documents.evidence import EVIDENCE_FILE, SEALED_TEXT_FILE, Attached
from services.web.documents.glyphs import Glyphs
from services.web.documents.seal import DocumentSeal
from services.web.documents.seal_key import SealKey

_SOURCE = Path(__file__).with_name("convention.typ")
_PACK = Path(__file__).with_name("pack.typ")


class Press:
    """Takes a few tens of milliseconds of one core for a document: not for an event loop."""

    def __init__(self, key: SealKey) -> None:
        """Seal with this key what is to be sealed."""
        self._seal = DocumentSeal(key.pem)
        self._source = _SOURCE.read_bytes()
        self._pack = _PACK.read_bytes()
        # The fonts inside typst only: the same document on every machine.
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
        self._glyphs = Glyphs(self._fonts)

    def print_convention(self, data: dict[str, Any], attached: Attached | None, dated: datetime) -> bytes:
        """A convention; sealed if its sealed text and the evidence are attached."""
        # The attached files are what was signed, character for character: only what is shown is set.
        pdf = self._compile(self._source, data, json.dumps(attached and _files(attached)), dated)
        return self._seal.apply(pdf) if attached else pdf

    def print_pack(self, data: dict[str, Any], dated: datetime) -> bytes:
        """A hand-over pack."""
        return self._compile(self._pack, data, "null", dated)

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
