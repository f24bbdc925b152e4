"""Promises made in memory, for tests of their rules."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.projects.promises.domain import Promised, Promises, Setting, Speaker
from shared.contracts.identifiers import (
    ConventionId,
    ObligationId,
    OrganizationId,
    PersonId,
    PromisesId,
    new_id,
)
from shared.contracts.messages import Event
from shared.contracts.projects.promises import ContestObligation, KeepObligation

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TODAY = date(2026, 1, 5)
STARTS_ON, ENDS_ON = date(2026, 1, 1), date(2027, 12, 31)

HOSPITAL = OrganizationId(new_id())
ASSOCIATION = OrganizationId(new_id())

CLAIRE = Speaker(PersonId(new_id()), HOSPITAL, referent=True)
KARIM = Speaker(PersonId(new_id()), HOSPITAL, referent=False)
ODILE = Speaker(PersonId(new_id()), ASSOCIATION, referent=True)
YANN = Speaker(PersonId(new_id()), OrganizationId(new_id()), referent=True)


def promised(**given: Any) -> Promised:
    """Two meetings a year, if nothing else is given."""
    fields: dict[str, Any] = {"meetings_per_year": 2, "reviews_per_year": 0, "means": ()}
    return Promised(**(fields | given))


def setting(**given: Any) -> Setting:
    """In force for two years."""
    fields: dict[str, Any] = {
        "parties": frozenset({HOSPITAL, ASSOCIATION}),
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "promised": promised(),
        "in_force": True,
    }
    return Setting(**(fields | given))


def signed(**given: Any) -> Promises:
    """Signed, and not yet looked at."""
    return Promises(PromisesId(new_id()), ConventionId(new_id()), 0, setting(**given))


def looked_at(it: Promises, today: date = TODAY) -> list[Event]:
    """A look of the calendar, stored."""
    events = it.pass_day(today, NOW, lambda: ObligationId(new_id()))
    it.version += len(events)
    return events


def dated(**given: Any) -> Promises:
    """With its days."""
    it = signed(**given)
    looked_at(it)
    return it


def now_in(it: Promises, **given: Any) -> None:
    """The convention has moved."""
    it.setting = replace(it.setting, **given)


def ids(it: Promises) -> list[ObligationId]:
    """The obligations that are owed, by their day."""
    owed = [one for one in it.obligations.values() if one.released_at is None]
    return [one.obligation_id for one in sorted(owed, key=lambda one: one.due_on)]


def days(it: Promises) -> list[date]:
    """Their days."""
    return [it.obligations[one].due_on for one in ids(it)]


def kept(it: Promises, place: int, on: date) -> KeepObligation:
    """It was kept on that day."""
    return KeepObligation(convention_id=it.convention_id, obligation_id=ids(it)[place], kept_on=on)


def contested(it: Promises, place: int, remark: str = "Personne n'est venu.") -> ContestObligation:
    """It was not."""
    return ContestObligation(convention_id=it.convention_id, obligation_id=ids(it)[place], remark=remark)
