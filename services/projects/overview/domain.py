"""How lists of several modules become one. Pure functions."""

from collections.abc import Iterable
from datetime import date

from shared.contracts.projects.queries import Awaited, Dated


def most_urgent(*lists: Iterable[Awaited], limit: int) -> tuple[Awaited, ...]:
    """The acts with the nearest day first, then those without a day; among equals, what has waited longest."""
    acts = [act for acts in lists for act in acts]
    return tuple(sorted(acts, key=lambda act: (act.due_on or date.max, act.since))[:limit])


def next_days(*lists: Iterable[Dated], limit: int) -> tuple[Dated, ...]:
    """The nearest days of all the lists."""
    days = [day for days in lists for day in days]
    return tuple(sorted(days, key=lambda day: day.on)[:limit])
