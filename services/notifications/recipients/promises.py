"""Who hears what becomes of a dated obligation."""

from collections.abc import Iterable, Iterator

from services.notifications.recipients.circle import Circle, Hearing, Rule, referents
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.promise_events import (
    ObligationContested,
    ObligationDue,
    ObligationKept,
    ObligationMissed,
    ObligationPostponed,
    ObligationsReleased,
)


def _those_who_owe_it(
    event: ObligationDue, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The party that promised it; every party where they promised it together."""
    owing = circle.among([event.owed_by]) if event.owed_by else circle.parties
    yield from referents(owing, NoticeKind.OBLIGATION_DUE)


def _everybody(_event: ObligationMissed, circle: Circle, _acting: OrganizationId | None) -> Iterator[Hearing]:
    """Whoever owes it, and whoever waits for it, can say what became of it."""
    yield from referents(circle.parties, NoticeKind.OBLIGATION_MISSED)


def _the_others(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: referents(circle.others(acting), kind)


def _nobody(_event: Event, _circle: Circle, _acting: OrganizationId | None) -> Iterable[Hearing]:
    return ()


OF_PROMISES: dict[type[Event], Rule] = {
    ObligationDue: _those_who_owe_it,
    ObligationMissed: _everybody,
    ObligationKept: _the_others(NoticeKind.OBLIGATION_KEPT),
    ObligationContested: _the_others(NoticeKind.OBLIGATION_CONTESTED),
    # These settle what was asked; the suspension, the end or the amendment that caused them was told.
    ObligationPostponed: _nobody,
    ObligationsReleased: _nobody,
}
"""Merged into the table of all events."""
