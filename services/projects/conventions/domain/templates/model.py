"""What a model of convention is made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from services.projects.conventions.domain.party import Party

PREAMBLE_TITLE = "Parties"


@dataclass(frozen=True, slots=True)
class ModelClause:
    """A clause of a model. A clause that its regime requires says which text requires it."""

    title: str
    text: str
    required: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its articles, numbered from 1, after a preamble (number 0) that names the parties."""

    name: str
    title: str
    regime: str
    preamble: Callable[[Iterable[Party]], str]
    articles: tuple[ModelClause, ...]

    def clauses_for(self, parties: Iterable[Party]) -> Iterator[tuple[int, ModelClause]]:
        """The numbered clauses with which a convention between these parties starts."""
        yield 0, ModelClause(title=PREAMBLE_TITLE, text=self.preamble(parties))
        yield from enumerate(self.articles, start=1)
