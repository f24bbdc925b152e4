"""What a model of convention is made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from services.projects.conventions.domain.party import Party
from shared.contracts.projects.terms import Renewal, Terms

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
    renewal: Renewal = Renewal.TACIT
    """How it goes on after its last day, where it does."""
    renewal_months: int | None = None
    """How long each renewal lasts; None where the model ends on its last day."""
    notice_months: int = 0
    meetings_per_year: int = 0
    reviews_per_year: int = 0

    def usual_terms(self, starts_on: date, ends_on: date) -> Terms:
        """The terms with which a convention starts: what the articles of the model say, in figures."""
        return Terms(
            starts_on=starts_on,
            ends_on=ends_on,
            renewal=self.renewal if self.renewal_months else Renewal.NEVER,
            renewal_months=self.renewal_months,
            notice_months=self.notice_months,
            meetings_per_year=self.meetings_per_year,
            reviews_per_year=self.reviews_per_year,
        )

    def clauses_for(self, parties: Iterable[Party]) -> Iterator[tuple[int, ModelClause]]:
        """The numbered clauses with which a convention between these parties starts."""
        yield 0, ModelClause(title=PREAMBLE_TITLE, text=self.preamble(parties))
        yield from enumerate(self.articles, start=1)
