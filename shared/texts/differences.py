"""What changed between two texts, word by word: what was removed, what was added, what stayed. Pure.

Bounded: two texts that share nothing cost no more than a reader would wait, because what is too different to be told
word by word is told as one change. See docs/architecture/differences.md.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

# Words and what separates them, each a token: nothing is lost when they are put back together. A line feed is one by
# itself, so that paragraphs stay aligned.
_TOKENS = re.compile(r"\n|[^\S\n]+|[\w’'-]+|[^\w\s]", re.UNICODE)

# Beyond so many single changes without one word in common that occurs once, a passage reads better as a whole; the time
# to find them grows with their square.
_MOST_CHANGES = 64

_Pair = tuple[int, int]


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
    by: int = 1
    """Which of the later texts made the change, where there are several (see `traced`)."""


def differences(before: str, after: str) -> list[Segment]:
    """The pieces in reading order: same + removed make the text before, same + added the text after."""
    if before == after:
        return [Segment(Kind.SAME, after)] if after else []
    head = _common_head(before, after)
    tail = _common_tail(before[head:], after[head:])
    old = _TOKENS.findall(before[head : len(before) - tail])
    new = _TOKENS.findall(after[head : len(after) - tail])
    segments: list[Segment] = []
    i = j = 0
    same = [after[:head]]
    for at_old, at_new in [*_pairs(old, new), (len(old), len(new))]:
        if at_old > i or at_new > j:
            _add(segments, Kind.SAME, "".join(same))
            _add(segments, Kind.REMOVED, "".join(old[i:at_old]))
            _add(segments, Kind.ADDED, "".join(new[j:at_new]))
            same = []
        same += new[at_new : at_new + 1]
        i, j = at_old + 1, at_new + 1
    same.append(after[len(after) - tail :])
    _add(segments, Kind.SAME, "".join(same))
    return _readable(segments)


def traced(versions: Sequence[str]) -> list[Segment]:
    """The differences between the first and the last of several texts; `by` tells which text made each change.

    What one text added and a later one took back is not told: neither the first nor the last says it.
    """
    segments = differences(versions[0], versions[-1])
    if len(versions) <= 2:
        return segments
    added, removed = _makers(versions)
    last = len(versions) - 1
    told: list[Segment] = []
    before = after = 0
    for it in segments:
        if it.kind is Kind.SAME:
            told.append(it)
        else:
            makers = added[after : after + len(it.text)]
            if it.kind is Kind.REMOVED:
                makers = removed[before : before + len(it.text)]
            # A word that was taken out and came back has not moved for the chain, yet may have for the two ends.
            told += _split(it, [maker or last for maker in makers])
        before += len(it.text) if it.kind is not Kind.ADDED else 0
        after += len(it.text) if it.kind is not Kind.REMOVED else 0
    return told


def _makers(versions: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each character of the last text who added it, for each of the first who removed it; 0 for nobody."""
    removed = [0] * len(versions[0])
    origins: list[tuple[int, int]] = [(0, place) for place in range(len(versions[0]))]
    for number in range(1, len(versions)):
        moved: list[tuple[int, int]] = []
        at = 0
        for it in differences(versions[number - 1], versions[number]):
            if it.kind is Kind.ADDED:
                moved += [(number, 0)] * len(it.text)
                continue
            passage = origins[at : at + len(it.text)]
            at += len(it.text)
            if it.kind is Kind.SAME:
                moved += passage
                continue
            for maker, place in passage:
                if not maker:
                    removed[place] = number
        origins = moved
    return [maker for maker, _ in origins], removed


def _split(segment: Segment, makers: list[int]) -> list[Segment]:
    pieces: list[Segment] = []
    begun = 0
    for place in range(1, len(makers) + 1):
        if place == len(makers) or makers[place] != makers[begun]:
            pieces.append(replace(segment, text=segment.text[begun:place], by=makers[begun]))
            begun = place
    return pieces


def _common_head(one: str, other: str) -> int:
    """How long both begin alike, up to the end of a word. Compared by halves: slices compare at the speed of memory."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return 1 + max(one.rfind(" ", 0, least), one.rfind("\n", 0, least))


def _common_tail(one: str, other: str) -> int:
    """How long both end alike, from the beginning of a word."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[len(one) - middle : len(one) - least] == other[len(other) - middle : len(other) - least]:
            least = middle
        else:
            most = middle - 1
    begins = [it for it in (one.find(" ", len(one) - least), one.find("\n", len(one) - least)) if it >= 0]
    return len(one) - min(begins) if begins else 0


def _pairs(old: list[str], new: list[str]) -> list[_Pair]:
    """The places of the words that stay, in both texts, in order."""
    pairs: list[_Pair] = []
    todo = [(0, len(old), 0, len(new))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            pairs.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        i_begun, j_begun = i, j
        anchors = _anchors(old[i:i_end], new[j:j_end])
        if not anchors:
            pairs += [(i + x, j + y) for x, y in _shortest(old[i:i_end], new[j:j_end])]
            continue
        for x, y in anchors:
            pairs.append((i_begun + x, j_begun + y))
            todo.append((i, i_begun + x, j, j_begun + y))
            i, j = i_begun + x + 1, j_begun + y + 1
        todo.append((i, i_end, j, j_end))
    return sorted(pairs)


def _anchors(old: list[str], new: list[str]) -> list[_Pair]:
    """The words that occur once in each passage, as far as they come in the same order (the patience rule)."""
    in_old, in_new = Counter(old), Counter(new)
    places = {word: place for place, word in enumerate(new) if in_new[word] == 1}
    common = [(x, places[word]) for x, word in enumerate(old) if in_old[word] == 1 and word in places]
    tops: list[int] = []
    piles: list[_Pair] = []
    below: dict[_Pair, _Pair | None] = {}
    for pair in common:
        pile = bisect_left(tops, pair[1])
        below[pair] = piles[pile - 1] if pile else None
        tops[pile : pile + 1] = [pair[1]]
        piles[pile : pile + 1] = [pair]
    anchors: list[_Pair] = []
    pair = piles[-1] if piles else None
    while pair:
        anchors.append(pair)
        pair = below[pair]
    return anchors[::-1]


def _shortest(old: list[str], new: list[str]) -> list[_Pair]:
    """The words that stay when as little as possible changes (Myers 1986); none when too much does."""
    length, width = len(old), len(new)
    # How far each diagonal was followed, by its number; negative ones count from the end of the list.
    reach = [0] * (2 * _MOST_CHANGES + 3)
    past: list[list[int]] = []
    for changes in range(_MOST_CHANGES + 1):
        past.append(reach.copy())
        for diagonal in range(-changes, changes + 1, 2):
            lower, upper = reach[diagonal - 1], reach[diagonal + 1]
            adds = diagonal == -changes or (diagonal != changes and lower < upper)
            x = upper if adds else lower + 1
            y = x - diagonal
            while x < length and y < width and old[x] == new[y]:
                x += 1
                y += 1
            reach[diagonal] = x
            if x >= length and y >= width:
                return _way_back(past, length, width)
    return []


def _way_back(past: list[list[int]], x: int, y: int) -> list[_Pair]:
    pairs: list[_Pair] = []
    for changes in range(len(past) - 1, 0, -1):
        reach, diagonal = past[changes], x - y
        lower, upper = reach[diagonal - 1], reach[diagonal + 1]
        adds = diagonal == -changes or (diagonal != changes and lower < upper)
        begun, came_from = (upper, diagonal + 1) if adds else (lower, diagonal - 1)
        while x > begun and y > begun - came_from:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = begun, begun - came_from
    return pairs + [(place, place) for place in range(min(x, y))]


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
            _add(joined, Kind.REMOVED, removed)
            _add(joined, Kind.ADDED, added)
            removed = added = ""
            joined.append(segment)
    _add(joined, Kind.REMOVED, removed)
    _add(joined, Kind.ADDED, added)
    return joined


def _add(segments: list[Segment], kind: Kind, text: str) -> None:
    if text:
        segments.append(Segment(kind, text))
