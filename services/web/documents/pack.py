"""What a newcomer takes over, in sections of lines: the same for the page and for the document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackLine:
    """One thing to know. `url` leads to it, on the page only."""

    text: str
    detail: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PackSection:
    """A part of the pack, with what it says when it has nothing to tell."""

    title: str
    lines: list[PackLine]
    empty: str


@dataclass(frozen=True, slots=True)
class PrintedPack:
    """All that the document shows; `status` says when it was made."""

    title: str
    aim: str
    status: str
    sections: list[PackSection]
