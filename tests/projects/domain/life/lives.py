"""Signed conventions made in memory, for tests of the rules of their life."""

from datetime import UTC, date, datetime
from typing import Any

from services.projects.life.domain import Life, Speaker
from shared.contracts.identifiers import (
    ConventionId,
    OrganizationId,
    PersonId,
    SuspensionId,
    TerminationId,
    new_id,
)
from shared.contracts.messages import Event
from shared.contracts.projects.life import SuspendConvention, TerminateConvention
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Terms

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ENDS_ON = date(2027, 4, 30)

HOSPITAL = OrganizationId(new_id())
ASSOCIATION = OrganizationId(new_id())

CLAIRE = Speaker(PersonId(new_id()), HOSPITAL, referent=True, signatory=False)
HUGO = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=True)
KARIM = Speaker(PersonId(new_id()), HOSPITAL, referent=False, signatory=False)
ODILE = Speaker(PersonId(new_id()), ASSOCIATION, referent=True, signatory=True)
YANN = Speaker(PersonId(new_id()), OrganizationId(new_id()), referent=True, signatory=True)


def in_force(**given: Any) -> Life:
    """Signed by both, with a notice of two months."""
    fields: dict[str, Any] = {
        "id": ConventionId(new_id()),
        "version": 30,
        "state": ConventionState.ACTIVE,
        "parties": frozenset({HOSPITAL, ASSOCIATION}),
        "starts_on": date(2026, 1, 1),
        "ends_on": ENDS_ON,
        "terms": terms(),
    }
    return Life(**(fields | given))


def terms(**given: Any) -> Terms:
    """A notice of two months, and no renewal."""
    fields: dict[str, Any] = {"starts_on": date(2026, 1, 1), "ends_on": ENDS_ON, "notice_months": 2}
    return Terms(**(fields | given))


def to_suspend(life: Life, **given: Any) -> SuspendConvention:
    """The service is closed for a while."""
    fields: dict[str, Any] = {
        "convention_id": life.id,
        "suspension_id": SuspensionId(new_id()),
        "reason": "Travaux.",
    }
    return SuspendConvention(**(fields | given))


def to_terminate(life: Life, effective_on: date, **given: Any) -> TerminateConvention:
    """Somebody gives notice."""
    fields: dict[str, Any] = {
        "convention_id": life.id,
        "termination_id": TerminationId(new_id()),
        "effective_on": effective_on,
        "reason": "L'association cesse ses permanences.",
    }
    return TerminateConvention(**(fields | given))


def applied(life: Life, events: list[Event]) -> list[Event]:
    """What saving does to the version."""
    life.version += len(events)
    return events
