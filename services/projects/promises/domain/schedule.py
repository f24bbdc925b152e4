"""Which days the promises of a text fall on.

« Quatre réunions par an » says how often, not when: they are spread evenly over the term, and each is due by the last day of
its stretch. What is promised at all is owed at least once in a term, however short.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.promises import ObligationKind
from shared.contracts.projects.terms import PromisedMeans, Terms

_DAYS_OF_A_YEAR = 365.25

# Named in the language of the text that promises them, like its articles.
_MEETING, _REVIEW = "Réunion {} sur {}", "Bilan croisé {} sur {}"


@dataclass(frozen=True, slots=True)
class Promised:
    """The part of the terms that is owed on days."""

    meetings_per_year: int
    reviews_per_year: int
    means: tuple[PromisedMeans, ...]

    @staticmethod
    def by(terms: Terms) -> "Promised":
        """What these terms promise."""
        return Promised(terms.meetings_per_year, terms.reviews_per_year, terms.means)


@dataclass(frozen=True, slots=True)
class Planned:
    """An obligation that is to be dated."""

    kind: ObligationKind
    title: str
    owed_by: OrganizationId | None
    begins_on: date
    due_on: date


def planned(promised: Promised, first: date, last: date) -> list[Planned]:
    """What is owed from the first to the last day of a term, by its day."""
    found = [
        *_regular(ObligationKind.MEETING, _MEETING, promised.meetings_per_year, first, last),
        *_regular(ObligationKind.REVIEW, _REVIEW, promised.reviews_per_year, first, last),
        *_means(promised.means, first, last),
    ]
    return sorted(found, key=lambda it: it.due_on)


def _regular(kind: ObligationKind, title: str, per_year: int, first: date, last: date) -> Iterator[Planned]:
    if not per_year:
        return
    days = (last - first).days + 1
    total = max(1, int(per_year * days / _DAYS_OF_A_YEAR + 0.5))
    for place in range(total):
        begins, ends = place * days // total, (place + 1) * days // total
        yield Planned(
            kind,
            title.format(place + 1, total),
            None,
            first + timedelta(days=begins),
            first + timedelta(days=max(ends, begins + 1) - 1),
        )


def _means(means: tuple[PromisedMeans, ...], first: date, last: date) -> Iterator[Planned]:
    """Those without a day are owed by the end of each term; a day names one term, and is not promised again."""
    for it in means:
        due_on = it.due_on or last
        if first <= due_on <= last:
            yield Planned(ObligationKind.MEANS, it.text, it.by, first, due_on)
