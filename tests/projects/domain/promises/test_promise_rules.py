"""What becomes of dated obligations: told, missed, kept, contested, postponed, released."""

from datetime import date, timedelta

import pytest

from services.projects.promises.domain import Promises, Rest
from shared.contracts.messages import Event
from shared.contracts.projects.promise_events import (
    ObligationContested,
    ObligationDue,
    ObligationKept,
    ObligationMissed,
    ObligationPostponed,
    ObligationsReleased,
    PromisesDated,
)
from shared.contracts.projects.promises import (
    ObligationNotDue,
    ObligationNotFound,
    ObligationNotOwed,
    ObligationState,
)
from shared.contracts.projects.refusals import (
    ConventionNotInForce,
    DateInFuture,
    DateOutsideConvention,
    NotAReferent,
)
from shared.contracts.projects.terms import PromisedMeans
from tests.projects.domain.promises.given import (
    ASSOCIATION,
    CLAIRE,
    ENDS_ON,
    HOSPITAL,
    KARIM,
    NOW,
    ODILE,
    TODAY,
    YANN,
    contested,
    dated,
    days,
    ids,
    kept,
    looked_at,
    now_in,
    promised,
    signed,
)

FIRST = date(2026, 7, 1)
DAY = timedelta(days=1)


def types(events: list[Event]) -> list[type[Event]]:
    return [type(it) for it in events]


def state(it: Promises, place: int, today: date = TODAY, *, resting: bool = False) -> ObligationState:
    return it.obligations[ids(it)[place]].state(today, resting=resting)


def test_days_are_made_once_when_the_convention_is_in_force() -> None:
    assert looked_at(signed(in_force=False)) == []
    it = signed()
    [made] = looked_at(it)
    assert isinstance(made, PromisesDated)
    assert (made.obligations, made.ends_on) == (4, ENDS_ON)
    assert looked_at(it) == []
    assert looked_at(signed(promised=promised(meetings_per_year=0))) == []


def test_what_was_due_before_all_had_signed_is_not_asked_for() -> None:
    it = signed()
    looked_at(it, date(2026, 8, 1))
    assert days(it)[0] == date(2026, 12, 31)


def test_an_obligation_is_told_a_month_before_and_missed_the_day_after() -> None:
    it = dated()
    assert looked_at(it, FIRST - timedelta(days=31)) == []
    assert types(looked_at(it, FIRST - timedelta(days=30))) == [ObligationDue]
    assert (state(it, 0, FIRST), state(it, 1, FIRST)) == (ObligationState.DUE, ObligationState.UPCOMING)
    assert looked_at(it, FIRST) == []
    assert state(it, 0, FIRST + DAY) is ObligationState.MISSED, "the day decides, before the calendar looks"
    assert types(looked_at(it, FIRST + DAY)) == [ObligationMissed]
    assert looked_at(it, FIRST + 2 * DAY) == []


def test_after_a_long_stop_what_passed_is_missed_without_having_been_told() -> None:
    it = dated()
    events = looked_at(it, date(2027, 6, 15))
    assert types(events) == [ObligationMissed, ObligationMissed, ObligationDue]


def test_what_comes_often_is_told_half_its_stretch_before() -> None:
    it = dated(promised=promised(meetings_per_year=52))
    first = it.obligations[ids(it)[0]]
    assert (first.due_on - first.tell_on) < timedelta(days=5)


def test_one_word_is_enough_and_the_others_is_kept_beside_it() -> None:
    it = dated()
    [event] = it.keep(kept(it, 0, TODAY), CLAIRE, now=NOW, today=TODAY)
    assert isinstance(event, ObligationKept)
    assert (event.organization_id, event.kept_on) == (HOSPITAL, TODAY)
    assert state(it, 0) is ObligationState.KEPT
    assert it.keep(kept(it, 0, TODAY), CLAIRE, now=NOW, today=TODAY) == []
    assert looked_at(it, FIRST + DAY) == [], "nobody is reminded of it"
    [event] = it.contest(contested(it, 0), ODILE, now=NOW, today=TODAY)
    assert isinstance(event, ObligationContested)
    assert state(it, 0) is ObligationState.DISPUTED
    assert it.contest(contested(it, 0), ODILE, now=NOW, today=TODAY) == []
    it.keep(kept(it, 0, TODAY), ODILE, now=NOW, today=TODAY)
    assert state(it, 0) is ObligationState.KEPT, "the last word of a party replaces its own only"
    assert len(it.obligations[ids(it)[0]].words) == 2


def test_what_was_missed_can_be_said_to_have_been_kept_and_the_other_way() -> None:
    it = dated()
    looked_at(it, FIRST + DAY)
    it.keep(kept(it, 0, FIRST), ODILE, now=NOW, today=FIRST + DAY)
    assert state(it, 0, FIRST + DAY) is ObligationState.KEPT
    it.contest(contested(it, 0), ODILE, now=NOW, today=FIRST + DAY)
    assert state(it, 0, FIRST + DAY) is ObligationState.MISSED


def test_nothing_is_missing_before_its_day() -> None:
    it = dated()
    with pytest.raises(ObligationNotDue):
        it.contest(contested(it, 0), CLAIRE, now=NOW, today=FIRST)
    it.contest(contested(it, 0), CLAIRE, now=NOW, today=FIRST + DAY)


def test_only_referents_of_the_parties_speak_of_days_that_have_been() -> None:
    it = dated()
    for somebody in (KARIM, YANN):
        with pytest.raises(NotAReferent):
            it.keep(kept(it, 0, TODAY), somebody, now=NOW, today=TODAY)
    with pytest.raises(DateInFuture):
        it.keep(kept(it, 0, TODAY + DAY), CLAIRE, now=NOW, today=TODAY)
    with pytest.raises(DateOutsideConvention):
        it.keep(kept(it, 0, date(2025, 12, 31)), CLAIRE, now=NOW, today=TODAY)
    unknown = kept(it, 0, TODAY).model_copy(update={"obligation_id": it.id})
    with pytest.raises(ObligationNotFound):
        it.keep(unknown, CLAIRE, now=NOW, today=TODAY)


def test_time_at_rest_does_not_count() -> None:
    it = dated()
    now_in(it, resting=True)
    assert looked_at(it, FIRST + 10 * DAY) == []
    assert state(it, 0, FIRST + 10 * DAY, resting=True) is ObligationState.DUE
    lifted = FIRST + 20 * DAY
    now_in(it, resting=False, rests=(Rest(FIRST - 5 * DAY, lifted),))
    events = looked_at(it, lifted)
    assert types(events) == [ObligationPostponed, ObligationDue]
    assert days(it)[0] == lifted + 30 * DAY
    assert it.obligations[ids(it)[0]].promised_for == FIRST
    assert types(looked_at(it, lifted + 31 * DAY)) == [ObligationMissed]


def test_a_rest_before_the_end_of_the_term_gives_no_day_beyond_it() -> None:
    it = dated()
    now_in(it, rests=(Rest(ENDS_ON - DAY, ENDS_ON),))
    assert ObligationPostponed not in types(looked_at(it, ENDS_ON + DAY))


def test_the_end_releases_what_was_not_due_and_misses_what_was() -> None:
    it = dated()
    now_in(it, in_force=False, over_on=date(2027, 1, 1))
    assert types(looked_at(it, date(2027, 1, 2))) == [ObligationMissed, ObligationMissed, ObligationsReleased]
    assert looked_at(it, date(2027, 1, 3)) == []
    released = next(one for one in it.obligations.values() if one.released_at)
    with pytest.raises(ObligationNotOwed):
        it.keep(
            kept(it, 0, TODAY).model_copy(update={"obligation_id": released.obligation_id}),
            CLAIRE,
            now=NOW,
            today=TODAY,
        )
    now_in(it, closed=True)
    with pytest.raises(ConventionNotInForce):
        it.keep(kept(it, 0, TODAY), CLAIRE, now=NOW, today=TODAY)


def test_a_renewal_promises_again_for_the_next_term() -> None:
    it = dated()
    now_in(it, ends_on=date(2028, 12, 31))
    made = looked_at(it, ENDS_ON)
    assert isinstance(made[0], PromisesDated)
    assert days(it)[-2:] == [date(2028, 7, 1), date(2028, 12, 31)]
    assert [it.obligations[one].title for one in ids(it)][-2:] == ["Réunion 1 sur 2", "Réunion 2 sur 2"]


def test_a_long_term_is_dated_as_it_goes_on() -> None:
    it = dated(ends_on=date(2046, 12, 31))
    assert it.dating is not None
    assert it.dating.more_on is not None
    assert days(it)[-1] < date(2029, 1, 10)
    assert PromisesDated in types(looked_at(it, it.dating.more_on))
    assert days(it)[-1] > date(2029, 1, 10)


def test_another_text_replaces_what_was_to_come_and_counts_what_was_done_ahead() -> None:
    it = dated()
    it.keep(kept(it, 1, TODAY), CLAIRE, now=NOW, today=TODAY)
    now_in(it, promised=promised(meetings_per_year=4))
    assert types(looked_at(it, date(2026, 2, 1))) == [ObligationsReleased, PromisesDated]
    assert len(ids(it)) == 8, "eight meetings, of which one was held"
    assert sum(it.obligations[one].kept for one in ids(it)) == 1


def test_a_shorter_term_owes_nothing_after_it() -> None:
    it = dated()
    now_in(it, ends_on=date(2026, 12, 31))
    looked_at(it, date(2026, 2, 1))
    assert days(it) == [date(2026, 7, 1), date(2026, 12, 31)]


def test_a_party_that_has_left_owes_nothing_any_more() -> None:
    training = PromisedMeans(text="Une formation", by=ASSOCIATION)
    it = dated(promised=promised(means=(training,)))
    now_in(it, parties=frozenset({HOSPITAL}))
    assert types(looked_at(it)) == [ObligationsReleased]
    assert len(ids(it)) == 4
