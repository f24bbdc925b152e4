"""Two texts side by side: their paragraphs in rows, each change in the colour and the name of who made it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.web.pages.names import Names
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.comparisons import Piece, PieceKind
from shared.contracts.values import Side
from shared.texts.differences import Segment


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, what became of it, and by whom where that is known."""

    kind: PieceKind
    text: str
    side: Side | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that stand opposite one another; those that have not changed stand in both."""

    changed: bool
    before: list[Part]
    after: list[Part]


@dataclass(frozen=True, slots=True)
class Compared:
    """What the templates show of two texts."""

    rows: list[Row]
    added: int
    """Words."""
    removed: int


def compared(parts: Iterable[Part]) -> Compared:
    """Pieces in reading order, as rows."""
    given = list(parts)
    return Compared(
        rows=_rows(given),
        added=_words(it for it in given if it.kind is PieceKind.ADDED),
        removed=_words(it for it in given if it.kind is PieceKind.REMOVED),
    )


def parts_of(pieces: Iterable[Piece], names: Names) -> list[Part]:
    """The pieces that projects tells."""
    return [
        Part(it.kind, it.text, names.side(it.by), names.organization(it.by))
        if it.by
        else Part(it.kind, it.text)
        for it in pieces
    ]


def parts_between(
    segments: Iterable[Segment], by: Mapping[PieceKind, OrganizationId | None], names: Names
) -> list[Part]:
    """The differences of two texts of which one is not sent yet; `by` tells whose each kind is."""
    return parts_of(
        (Piece(kind=PieceKind(it.kind), text=it.text, by=by.get(PieceKind(it.kind))) for it in segments),
        names,
    )


def as_stored(typed: str) -> str:
    """What was typed in a form, as it would be kept: lines end in one way, and nothing surrounds the text."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def _rows(parts: list[Part]) -> list[Row]:
    rows: list[Row] = []
    before: list[Part] = []
    after: list[Part] = []
    for part in parts:
        if part.kind is PieceKind.REMOVED:
            before.append(part)
            continue
        if part.kind is PieceKind.ADDED:
            after.append(part)
            continue
        # Only where both texts begin a new line do both begin a new row.
        first, *others = part.text.split("\n")
        before.append(replace(part, text=first))
        after.append(replace(part, text=first))
        for line in others:
            _end_row(rows, before, after)
            before, after = [replace(part, text=line)], [replace(part, text=line)]
    _end_row(rows, before, after)
    return rows


def _end_row(rows: list[Row], before: list[Part], after: list[Part]) -> None:
    changed = any(it.kind is not PieceKind.SAME for it in (*before, *after))
    before, after = [it for it in before if it.text], [it for it in after if it.text]
    if not changed and not "".join(it.text for it in after).strip():
        return
    if not changed and rows and not rows[-1].changed:
        rows[-1] = Row(False, [], [*rows[-1].after, Part(PieceKind.SAME, "\n"), *after])
        return
    rows.append(Row(changed, before if changed else [], after))


def _words(parts: Iterable[Part]) -> int:
    return sum(len(it.text.split()) for it in parts)
