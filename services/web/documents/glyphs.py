"""What the fonts of our documents cannot show is written by its number, so that every text makes a document.

PDF/UA refuses a document with a character that its fonts lack; we carry no font of every script, and no emoji.
"""

import json
import re
from typing import Any

import typst

from shared.texts.showing import numbered

# Latin letters and the punctuation of French are in every font here.
_ELSEWHERE = re.compile("[^\u0000-\u024f\u2010-\u2015\u2018-\u201e\u2026\u202f\u20ac]")
_LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PROBE = b"""
#set document(title: "-")
#set text(lang: "fr", font: "Libertinus Serif")
#for character in json(bytes(sys.inputs.characters)) { par(text(character)) }
"""


class Glyphs:
    """What is known to be missing in some fonts. It only grows: what failed once is not tried again as it was."""

    def __init__(self, fonts: typst.Fonts) -> None:
        """Ask these fonts."""
        self._fonts = fonts
        self._lacking: set[str] = set()

    def shown(self, data: Any) -> Any:
        """The data of a document, however nested, with what is known to be missing written by its number."""
        match data:
            case str():
                return _ELSEWHERE.sub(self._told, data)
            case dict():
                return {name: self.shown(value) for name, value in data.items()}
            case list():
                return [self.shown(value) for value in data]
            case tuple():
                return tuple(self.shown(value) for value in data)
            case _:
                return data

    def learn_from(self, failure: typst.TypstError, data: Any) -> bool:
        """Find out what of the data is missing; False when that is not why it failed, or nothing is left to learn."""
        if not _LACKING.search(str(failure)):
            return False
        suspects = set(_ELSEWHERE.findall(json.dumps(data, ensure_ascii=False))) - self._lacking
        # Each of them shows alone, together they do not (a letter under a rare mark): then none of them is tried again.
        self._lacking |= (self._missing(suspects) & suspects) or suspects
        return bool(suspects)

    def _told(self, found: re.Match[str]) -> str:
        return numbered(found[0]) if found[0] in self._lacking else found[0]

    def _missing(self, characters: set[str]) -> set[str]:
        inputs = {"characters": json.dumps(sorted(characters))}
        try:
            typst.Compiler(_PROBE, font_paths=self._fonts, sys_inputs=inputs).compile(
                format="pdf", pdf_standards=["ua-1"]
            )
        except typst.TypstError as failure:
            quoted = _LACKING.findall(str(failure.diagnostic or failure))
            return {_ESCAPED.sub(lambda it: chr(int(it[1], 16)), text) for text in quoted}
        return set()
