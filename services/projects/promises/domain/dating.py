"""Giving its days to what is promised: at first, as a long term goes on, at each renewal, and when the text changes.

What was due before anybody could be told is not asked for.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from services.projects.promises.domain.schedule import Planned, Promised, planned
from services.projects.promises.domain.setting import Setting

# Conventions of the field hold one to three years. What is promised weekly for thirty is dated as time goes by.
DATED_AHEAD = timedelta(days=3 * 366)
_DATED_AGAIN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Dating:
    """From what days were made, and how far."""

    first: date
    last: date
    """The first and the last day of the term."""
    until: date
    """The last day that was looked at: earlier than `last` in a long term."""
    promised: Promised

    @property
    def more_on(self) -> date | None:
        """When further days are to be made; None when the whole term has its days."""
        return None if self.until >= self.last else self.until - _DATED_AGAIN


@dataclass(frozen=True, slots=True)
class Dated:
    """What a look at the calendar makes."""

    dating: Dating
    coming: list[Planned]
    """Those that are new, by their day."""
    replaces: bool
    """Whether they take the place of those that were to come."""


def dated(known: Dating | None, setting: Setting, today: date) -> Dated:
    """The days that are to be made today."""
    promised, last = setting.promised, setting.ends_on
    ahead = min(last, today + DATED_AHEAD)
    replaces = known is not None and (promised != known.promised or last < known.last)
    if known is None or replaces:
        first = known.first if known else setting.starts_on
        coming = _between(planned(promised, first, last), today, ahead)
        return Dated(Dating(first, last, ahead, promised), coming, replaces)
    morrow = known.until + timedelta(days=1)
    if last == known.last:
        until = max(known.until, ahead)
        coming = _between(planned(promised, known.first, last), morrow, until)
        return Dated(Dating(known.first, last, until, promised), coming, replaces=False)
    # It goes on: the term that ends keeps its days, and the next one begins on the morrow.
    first, until = known.last + timedelta(days=1), max(known.last, ahead)
    coming = [
        *_between(planned(promised, known.first, known.last), morrow, known.last),
        *_between(planned(promised, first, last), max(first, today), until),
    ]
    return Dated(Dating(first, last, until, promised), coming, replaces=False)


def _between(wanted: list[Planned], since: date, until: date) -> list[Planned]:
    return [it for it in wanted if since <= it.due_on <= until]
