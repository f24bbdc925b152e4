"""A party leaves alone; those who stay never find themselves without an establishment or an association."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.life.domain import Life, Speaker
from services.projects.life.domain.leaving import leave, pass_day
from services.projects.life.domain.rights import IN_FORCE, acts_of, why_not_leave
from shared.contracts.identifiers import ConventionId, DepartureId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.leaving import (
    AlreadyLeaving,
    ConventionWouldEnd,
    LeaveConvention,
    OthersRemain,
)
from shared.contracts.projects.life import DecideRenewal
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AlreadyTerminating,
    EndsBefore,
    NotASignatory,
    NoticeTooShort,
)
from shared.contracts.projects.terms import Renewal
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side
from tests.projects.domain.life.lives import (
    ASSOCIATION,
    ENDS_ON,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    TODAY,
    applied,
    in_force,
    terms,
    to_suspend,
    to_terminate,
)

SECOND = OrganizationId(new_id())
LEILA = Speaker(PersonId(new_id()), SECOND, referent=True, signatory=True)
SIDES = {HOSPITAL: Side.ESTABLISHMENT, ASSOCIATION: Side.ASSOCIATION, SECOND: Side.ASSOCIATION}
EARLIEST = date(2026, 5, 3)


def of_three(**given: Any) -> Life:
    """A hospital and two associations, with a notice of two months."""
    return in_force(**({"parties": frozenset(SIDES), "sides": SIDES} | given))


def to_leave(life: Life, effective_on: date = EARLIEST, **given: Any) -> LeaveConvention:
    fields: dict[str, Any] = {
        "convention_id": life.id,
        "departure_id": DepartureId(new_id()),
        "effective_on": effective_on,
        "reason": "Nous rejoignons une autre association.",
    }
    return LeaveConvention(**(fields | given))


def names(events: list[Event]) -> list[str]:
    return [type(it).__name__ for it in events]


def test_it_leaves_on_its_day_and_the_convention_lives_on() -> None:
    life = of_three()
    assert life.earliest_end(TODAY) == EARLIEST
    events = leave(life, wanted := to_leave(life), LEILA, now=NOW, today=TODAY)
    assert names(events) == ["DepartureNotified"]
    assert leave(life, wanted, LEILA, now=NOW, today=TODAY) == []
    assert pass_day(life, EARLIEST - timedelta(days=1), NOW) == []
    assert names(pass_day(life, EARLIEST, NOW)) == ["PartyLeft"]
    assert life.parties == {HOSPITAL, ASSOCIATION}
    assert life.state is ConventionState.ACTIVE
    assert pass_day(life, EARLIEST, NOW) == []


def test_whoever_is_needed_cannot_leave_alone_and_whoever_is_not_cannot_end_it_for_all() -> None:
    life = of_three()
    with pytest.raises(ConventionWouldEnd):
        leave(life, to_leave(life), HUGO, now=NOW, today=TODAY)
    with pytest.raises(OthersRemain):
        life.terminate(to_terminate(life, EARLIEST), LEILA, now=NOW, today=TODAY)
    assert Act.TERMINATE in acts_of(life.standing, HUGO)
    assert Act.TERMINATE not in acts_of(life.standing, LEILA)


def test_once_one_leaves_the_other_of_its_side_is_needed() -> None:
    life = of_three()
    applied(life, leave(life, to_leave(life), LEILA, now=NOW, today=TODAY))
    with pytest.raises(ConventionWouldEnd):
        leave(life, to_leave(life), ODILE, now=NOW, today=TODAY)
    with pytest.raises(AlreadyLeaving):
        leave(life, to_leave(life), LEILA, now=NOW, today=TODAY)
    assert names(life.terminate(to_terminate(life, EARLIEST), ODILE, now=NOW, today=TODAY)) == [
        "TerminationNotified"
    ]


def test_two_parties_end_it_as_before() -> None:
    life = in_force(sides={HOSPITAL: Side.ESTABLISHMENT, ASSOCIATION: Side.ASSOCIATION})
    with pytest.raises(ConventionWouldEnd):
        leave(life, to_leave(life), ODILE, now=NOW, today=TODAY)
    assert life.terminate(to_terminate(life, EARLIEST), ODILE, now=NOW, today=TODAY)


@pytest.mark.parametrize(
    ("day", "refusal"), [(EARLIEST - timedelta(days=1), NoticeTooShort), (ENDS_ON + timedelta(1), EndsBefore)]
)
def test_it_leaves_with_the_notice_that_the_text_promises(day: date, refusal: type[Refusal]) -> None:
    life = of_three()
    with pytest.raises(refusal):
        leave(life, to_leave(life, day), LEILA, now=NOW, today=TODAY)


def test_only_whoever_signs_lets_a_party_leave_and_not_from_what_ends() -> None:
    life = of_three()
    with pytest.raises(NotASignatory):
        leave(life, to_leave(life), KARIM, now=NOW, today=TODAY)
    applied(life, life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY))
    with pytest.raises(AlreadyTerminating):
        leave(life, to_leave(life), LEILA, now=NOW, today=TODAY)


def test_what_it_had_suspended_holds_no_more() -> None:
    life = of_three()
    applied(life, leave(life, to_leave(life), LEILA, now=NOW, today=TODAY))
    applied(life, life.suspend(to_suspend(life), LEILA, now=NOW, today=TODAY))
    assert names(pass_day(life, EARLIEST, NOW)) == ["SuspensionLifted", "PartyLeft"]
    assert life.state is ConventionState.ACTIVE


def test_the_others_yes_is_enough_once_it_has_left() -> None:
    life = of_three(terms=terms(renewal=Renewal.EXPRESS, renewal_months=12))
    last_weeks = date(2027, 3, 1)
    applied(life, leave(life, to_leave(life, ENDS_ON), LEILA, now=NOW, today=TODAY))
    for by in (HUGO, ODILE):
        yes = DecideRenewal(convention_id=life.id, ends_on=ENDS_ON, agrees=True)
        applied(life, life.decide_renewal(yes, by, now=NOW, today=last_weeks))
    assert names(pass_day(life, ENDS_ON, NOW)) == ["ConventionRenewed", "PartyLeft"]


def test_a_convention_that_ended_before_its_day_lets_nobody_leave() -> None:
    life = of_three()
    applied(life, leave(life, to_leave(life, date(2026, 9, 1)), LEILA, now=NOW, today=TODAY))
    applied(life, life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY))
    assert names(pass_day(life, date(2026, 10, 1), NOW)) == ["ConventionTerminated"]
    assert SECOND in life.parties


ORGANIZATIONS = [OrganizationId(new_id()) for _ in range(6)]


@given(
    sides=st.lists(st.sampled_from([Side.ESTABLISHMENT, Side.ASSOCIATION]), min_size=6, max_size=6),
    acts=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400), st.booleans()), max_size=12),
    days=st.lists(st.integers(0, 500), max_size=6),
)
def test_whoever_leaves_whenever_those_who_stay_are_of_both_kinds(
    sides: list[Side], acts: list[tuple[int, int, bool]], days: list[int]
) -> None:
    """Whatever is announced for whatever day, in whatever order: while it is in force both kinds are bound by it."""
    known = dict(zip(ORGANIZATIONS, [Side.ESTABLISHMENT, Side.ASSOCIATION, *sides[2:]], strict=True))
    life = in_force(id=ConventionId(new_id()), parties=frozenset(known), sides=known)
    for which, after, leaving in acts:
        by = Speaker(PersonId(new_id()), ORGANIZATIONS[which], referent=False, signatory=True)
        day = EARLIEST + timedelta(days=after)
        try:
            if leaving:
                applied(life, leave(life, to_leave(life, day), by, now=NOW, today=TODAY))
            else:
                applied(life, life.terminate(to_terminate(life, day), by, now=NOW, today=TODAY))
        except Refusal:
            pass
        if leaving:
            may_end = Act.TERMINATE in acts_of(life.standing, by)
            assert not (may_end and why_not_leave(life.standing, by) is None)
    for day in sorted(days):
        pass_day(life, TODAY + timedelta(days=day), NOW)
        if life.state in IN_FORCE:
            assert {known[it] for it in life.parties} == {Side.ESTABLISHMENT, Side.ASSOCIATION}
