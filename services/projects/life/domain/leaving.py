"""A party leaves alone, with the notice that the text promises; the convention lives on for the others.

Its notice says either that it leaves or that the convention ends, never as it likes: where both kinds of organisations
remain without it, it does not end the convention for them. So those who stay never find themselves alone on one day.
"""

from datetime import date, datetime

from services.projects.life.domain.life import Life
from services.projects.life.domain.notices import Departure
from services.projects.life.domain.rights import IN_FORCE, Speaker, why_not_leave
from shared.contracts.messages import Event
from shared.contracts.projects.leaving import DepartureNotified, LeaveConvention, PartyLeft
from shared.contracts.projects.refusals import EndsBefore, NoticeTooShort


def leave(life: Life, wanted: LeaveConvention, by: Speaker, *, now: datetime, today: date) -> list[Event]:
    """Give notice. Asked again with the same id, nothing happens.

    Raises:
        NotASignatory, ConventionNotInForce, AlreadyTerminating, AlreadyLeaving, ConventionWouldEnd: it may not.
        EndsBefore, NoticeTooShort: not on that day.
    """
    mine = life.departures.get(by.organization_id)
    if mine and mine.departure_id == wanted.departure_id:
        return []
    if refusal := why_not_leave(life.standing, by):
        raise refusal
    if wanted.effective_on > (latest := life.latest_end(today)):
        raise EndsBefore(ends_on=latest)
    if wanted.effective_on < (earliest := life.earliest_end(today)):
        raise NoticeTooShort(earliest=earliest)
    life.departures[by.organization_id] = Departure(
        departure_id=wanted.departure_id,
        organization_id=by.organization_id,
        person_id=by.person_id,
        reason=wanted.reason,
        means=wanted.means,
        effective_on=wanted.effective_on,
        notified_at=now,
    )
    return [
        DepartureNotified(
            convention_id=life.id, organization_id=by.organization_id, effective_on=wanted.effective_on
        )
    ]


def pass_day(life: Life, today: date, now: datetime) -> list[Event]:
    """What happens by itself until this day: who leaves first leaves, then what concerns all of them."""
    return [*_let_leave(life, today), *life.pass_day(today, now)]


def _let_leave(life: Life, today: date) -> list[Event]:
    events: list[Event] = []
    for it in sorted(life.departures.values(), key=lambda it: (it.effective_on, it.organization_id)):
        ended_before = life.notice is not None and life.notice.effective_on <= it.effective_on
        # In a term that somebody has objected to meanwhile, there is nothing left to leave.
        goes_on = life.term.holds_until(it.effective_on) or life.term.goes_on_by_itself(life.decisions)
        if life.state not in IN_FORCE or it.effective_on > today or ended_before or not goes_on:
            continue
        del life.departures[it.organization_id]
        events += life.go_on_without(it.organization_id)
        events.append(
            PartyLeft(convention_id=life.id, organization_id=it.organization_id, left_on=it.effective_on)
        )
    return events
