"""How text of any script is shown among French words: kept apart where it runs the other way, told where it is invisible."""

import re

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin, and the marks of their direction (Unicode blocks; UAX 9 classes R and AL).
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# What takes no room: soft hyphen, zero-width characters, marks of direction, word joiners, tags. Joiners are part of how
# Persian and emoji are written, so none of this is refused; where it is all that changed, it must show.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """A name or a title to put into a sentence: one that runs from right to left moves none of the words around it (UAX 9,
    isolates). Nothing is added to one that does not.
    """
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def unveiled(text: str) -> str:
    """The text with every character that takes no room written by its number: « [U+200B] »."""
    if text.isascii():
        return text
    return _INVISIBLE.sub(lambda found: numbered(found[0]), text)


def numbered(character: str) -> str:
    """« [U+1F600] »"""
    return f"[U+{ord(character):04X}]"
