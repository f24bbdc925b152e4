"""Documents as tagged PDF (PDF/UA-1): a convention, sealed once its text is, and the pack for whoever takes over.

What people wrote is passed as data, never as markup.
"""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services.web.documents.evidence import Attached
from services.web.documents.pack import PrintedPack
from services.web.documents.seal_key import SealKey

if TYPE_CHECKING:
    from services.web.documents.press import Press

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

    def __init__(self, key: SealKey) -> None:
        """Seal with this key what is to be sealed."""
        self._key = key
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._made: Press | None = None

    async def print_convention(
        self, convention: PrintedConvention, dated: datetime, attached: Attached | None
    ) -> bytes:
        """The PDF. With the sealed text and its evidence attached, it bears the seal of this installation."""
        data = asdict(convention)
        return await self._alone(lambda press: press.print_convention(data, attached, dated))

    async def print_pack(self, pack: PrintedPack, dated: datetime) -> bytes:
        """The PDF of a hand-over pack. It bears no seal: it is what stands at that moment, for one side's reader."""
        data = asdict(pack)
        return await self._alone(lambda press: press.print_pack(data, dated))

    async def _alone(self, work: Callable[["Press"], bytes]) -> bytes:
        async with self._turn:
            return await asyncio.to_thread(lambda: work(self._press()))

    def _press(self) -> "Press":
        if self._made is None:
            # Fonts and cryptography are 30 MB, which an installation takes when somebody first asks for a document.
            from services.web.documents.press import Press

            self._made = Press(self._key)
        return self._made
