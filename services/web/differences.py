"""What changed between two texts, word by word: what was removed, what was added, what stayed. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Words and what separates them, each a token: nothing is lost when they are put back together.
_TOKENS = re.compile(r"\s+|[\w’'-]+|[^\w\s]", re.UNICODE)


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and what became of it."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Segment]:
    """The pieces in reading order: same + removed make the text before, same + added the text after."""
    if before == after:
        return [Segment(Kind.SAME, after)] if after else []
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    segments: list[Segment] = []
    # Without the heuristic for "popular" elements: in prose, spaces and articles are popular and anchor the rest.
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            segments.append(Segment(Kind.SAME, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            segments.append(Segment(Kind.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            segments.append(Segment(Kind.ADDED, "".join(new[j1:j2])))
    return _readable(segments)


def _readable(segments: list[Segment]) -> list[Segment]:
    """Join changes that only a space separates: « ~~le lundi~~ un mardi » reads better than word by word."""
    joined: list[Segment] = []
    removed = added = ""
    for position, segment in enumerate(segments):
        between = segment.kind is Kind.SAME and segment.text == " " and (removed or added)
        goes_on = position + 1 < len(segments) and segments[position + 1].kind is not Kind.SAME
        if segment.kind is Kind.REMOVED:
            removed += segment.text
        elif segment.kind is Kind.ADDED:
            added += segment.text
        elif between and goes_on:
            removed, added = removed + segment.text, added + segment.text
        else:
            joined += _change(removed, added)
            removed = added = ""
            joined.append(segment)
    return joined + _change(removed, added)


def _change(removed: str, added: str) -> list[Segment]:
    pieces = (Segment(Kind.REMOVED, removed), Segment(Kind.ADDED, added))
    return [piece for piece in pieces if piece.text]
