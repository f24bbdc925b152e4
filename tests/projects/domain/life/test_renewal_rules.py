"""How a term goes on: never, by itself, or because everybody says so."""

from datetime import date, timedelta

import pytest

from services.projects.life.domain import Life
from services.projects.life.domain.rights import acts_of
from shared.contracts.projects.events import (
    ConventionExpired,
    ConventionRenewed,
    RenewalDecided,
    RenewalDue,
    TerminationNotified,
)
from shared.contracts.projects.life import DecideRenewal
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import (
    NotASignatory,
    RenewalDecidedAlready,
    RenewalNotDue,
    RenewalTooLate,
    TermChanged,
)
from shared.contracts.projects.terms import Renewal
from tests.projects.domain.life.lives import (
    CLAIRE,
    ENDS_ON,
    HUGO,
    NOW,
    ODILE,
    TODAY,
    in_force,
    terms,
    to_terminate,
)

DUE_ON = date(2026, 12, 30)
DECIDE_BY = date(2027, 2, 28)
NEXT = date(2028, 4, 30)


def renewing(renewal: Renewal) -> Life:
    return in_force(terms=terms(renewal=renewal, renewal_months=12))


def answer(life: Life, *, agrees: bool, ends_on: date = ENDS_ON) -> DecideRenewal:
    return DecideRenewal(convention_id=life.id, ends_on=ends_on, agrees=agrees)


def test_a_tacit_renewal_is_told_in_time_and_goes_on_by_itself() -> None:
    life = renewing(Renewal.TACIT)
    assert life.pass_day(DUE_ON - timedelta(days=1), NOW) == []
    told = RenewalDue(convention_id=life.id, renewal=Renewal.TACIT, ends_on=ENDS_ON, decide_by=DECIDE_BY)
    assert life.pass_day(DUE_ON, NOW) == [told]
    assert life.pass_day(ENDS_ON, NOW) == []
    assert life.pass_day(ENDS_ON + timedelta(days=1), NOW) == [
        ConventionRenewed(convention_id=life.id, renewal=Renewal.TACIT, ends_on=NEXT)
    ]


def test_after_a_long_stop_every_term_that_passed_was_renewed() -> None:
    life = renewing(Renewal.TACIT)
    events = life.pass_day(date(2030, 1, 1), NOW)
    assert [it.ends_on for it in events if isinstance(it, ConventionRenewed)] == [
        NEXT,
        date(2029, 4, 30),
        date(2030, 4, 30),
    ]
    assert life.pass_day(date(2030, 1, 1), NOW) == []


@pytest.mark.parametrize(
    ("ends_on", "months", "last_days"),
    [
        (date(2027, 8, 30), 6, [date(2028, 2, 28), date(2028, 8, 30), date(2029, 2, 27), date(2029, 8, 30)]),
        (date(2027, 1, 30), 1, [date(2027, 2, 27), date(2027, 3, 30), date(2027, 4, 29), date(2027, 5, 30)]),
        (date(2027, 2, 28), 12, [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28)]),
        (
            date(2027, 12, 31),
            3,
            [date(2028, 3, 31), date(2028, 6, 30), date(2028, 9, 30), date(2028, 12, 31)],
        ),
    ],
)
def test_a_short_month_does_not_move_the_terms_that_follow_it(
    ends_on: date, months: int, last_days: list[date]
) -> None:
    life = in_force(
        ends_on=ends_on, terms=terms(ends_on=ends_on, renewal=Renewal.TACIT, renewal_months=months)
    )
    events = life.pass_day(last_days[-1], NOW)
    assert [it.ends_on for it in events if isinstance(it, ConventionRenewed)] == last_days


def test_past_the_last_day_to_object_a_notice_too_would_outlast_the_term() -> None:
    life = renewing(Renewal.TACIT)
    assert life.earliest_end(DECIDE_BY) <= ENDS_ON + timedelta(days=1)
    assert life.earliest_end(date(2027, 3, 1)) == ENDS_ON + timedelta(days=2)


def test_one_objection_in_time_lets_it_end_on_its_last_day() -> None:
    life = renewing(Renewal.TACIT)
    with pytest.raises(NotASignatory):
        life.decide_renewal(answer(life, agrees=False), CLAIRE, now=NOW, today=TODAY)
    with pytest.raises(RenewalNotDue):
        life.decide_renewal(answer(life, agrees=True), HUGO, now=NOW, today=TODAY)
    with pytest.raises(RenewalTooLate):
        life.decide_renewal(answer(life, agrees=False), HUGO, now=NOW, today=DECIDE_BY + timedelta(days=1))
    no = answer(life, agrees=False)
    assert [type(it) for it in life.decide_renewal(no, HUGO, now=NOW, today=DECIDE_BY)] == [RenewalDecided]
    assert life.decide_renewal(no, HUGO, now=NOW, today=DECIDE_BY) == []
    assert life.pass_day(ENDS_ON, NOW) == []
    assert [type(it) for it in life.pass_day(ENDS_ON + timedelta(days=1), NOW)] == [ConventionExpired]


def test_an_express_renewal_needs_a_yes_of_each_party_once_they_are_asked() -> None:
    life = renewing(Renewal.EXPRESS)
    with pytest.raises(RenewalNotDue):
        life.decide_renewal(answer(life, agrees=True), HUGO, now=NOW, today=DUE_ON - timedelta(days=1))
    with pytest.raises(TermChanged):
        life.decide_renewal(answer(life, agrees=True, ends_on=NEXT), HUGO, now=NOW, today=DUE_ON)
    life.decide_renewal(answer(life, agrees=True), HUGO, now=NOW, today=DUE_ON)
    with pytest.raises(RenewalDecidedAlready):
        life.decide_renewal(answer(life, agrees=False), HUGO, now=NOW, today=DUE_ON)
    last = life.decide_renewal(answer(life, agrees=True), ODILE, now=NOW, today=ENDS_ON)
    assert last[-1] == ConventionRenewed(convention_id=life.id, renewal=Renewal.EXPRESS, ends_on=NEXT)
    assert life.decisions == {}


def test_an_express_renewal_that_nobody_confirms_ends() -> None:
    life = renewing(Renewal.EXPRESS)
    life.decide_renewal(answer(life, agrees=True), HUGO, now=NOW, today=DUE_ON)
    events = life.pass_day(ENDS_ON + timedelta(days=1), NOW)
    assert [type(it) for it in events] == [RenewalDue, ConventionExpired]


def test_what_ends_anyway_is_not_renewed() -> None:
    never = in_force()
    assert Act.RENEW not in acts_of(never.standing, HUGO)
    life = renewing(Renewal.TACIT)
    given = life.terminate(to_terminate(life, DUE_ON), ODILE, now=NOW, today=TODAY)
    assert isinstance(given[0], TerminationNotified)
    assert Act.RENEW not in acts_of(life.standing, HUGO)
    assert not [it for it in life.pass_day(date(2030, 1, 1), NOW) if isinstance(it, ConventionRenewed)]
