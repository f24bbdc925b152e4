"""A notice that reaches past the term: into the next one where that comes by itself, and nowhere else."""

from datetime import date, timedelta

import pytest

from services.projects.life.domain import Life, Speaker
from services.projects.life.domain.leaving import leave, pass_day
from services.projects.life.domain.rights import acts_of
from shared.contracts.identifiers import DepartureId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.leaving import LeaveConvention
from shared.contracts.projects.life import DecideRenewal
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import EndsBefore, NoticeTooShort, RenewalNotDue
from shared.contracts.projects.terms import Renewal
from shared.contracts.values import Side
from tests.projects.domain.life.lives import (
    ASSOCIATION,
    ENDS_ON,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    TODAY,
    applied,
    in_force,
    terms,
    to_terminate,
)

DECIDE_BY = date(2027, 2, 28)
TOO_LATE_TO_OBJECT = date(2027, 3, 20)
INTO_NEXT_TERM = date(2027, 6, 30)
NEXT = date(2028, 4, 30)


def tacit(months: int = 12, notice_months: int = 2) -> Life:
    return in_force(
        terms=terms(renewal=Renewal.TACIT, renewal_months=months, notice_months=notice_months),
        sides={HOSPITAL: Side.ESTABLISHMENT, ASSOCIATION: Side.ASSOCIATION},
    )


def names(events: list[Event]) -> list[str]:
    return [type(it).__name__ for it in events]


def noticed(life: Life, day: date = INTO_NEXT_TERM, today: date = TOO_LATE_TO_OBJECT) -> Life:
    applied(life, life.terminate(to_terminate(life, day), HUGO, now=NOW, today=today))
    return life


def test_whoever_can_object_no_more_gives_notice_into_the_term_that_comes() -> None:
    life = noticed(tacit())
    assert life.state is ConventionState.ACTIVE
    assert names(pass_day(life, ENDS_ON, NOW)) == []
    assert names(pass_day(life, ENDS_ON + timedelta(days=1), NOW)) == ["ConventionRenewed"]
    assert pass_day(life, INTO_NEXT_TERM - timedelta(days=1), NOW) == []
    assert names(pass_day(life, INTO_NEXT_TERM, NOW)) == ["ConventionTerminated"]


def test_after_a_long_stop_it_was_renewed_before_it_ended() -> None:
    events = pass_day(noticed(tacit()), date(2029, 1, 1), NOW)
    assert names(events) == ["ConventionRenewed", "ConventionTerminated"]


def test_its_day_is_one_of_the_next_term_after_the_delay() -> None:
    life = tacit()
    assert life.latest_end(TOO_LATE_TO_OBJECT) == NEXT
    with pytest.raises(EndsBefore) as caught:
        noticed(life, NEXT + timedelta(days=1))
    assert caught.value.fields == {"ends_on": NEXT}
    with pytest.raises(NoticeTooShort):
        noticed(life, date(2027, 5, 20))
    assert noticed(life, NEXT).notice


def test_a_delay_longer_than_the_terms_reaches_as_far_as_it_must() -> None:
    life = tacit(months=1, notice_months=6)
    earliest = life.earliest_end(today := date(2027, 4, 1))
    assert earliest <= life.latest_end(today) < earliest + timedelta(days=31)


@pytest.mark.parametrize("renewal", [Renewal.NEVER, Renewal.EXPRESS])
def test_where_it_does_not_go_on_by_itself_no_notice_outlasts_the_term(renewal: Renewal) -> None:
    months = None if renewal is Renewal.NEVER else 12
    life = in_force(terms=terms(renewal=renewal, renewal_months=months))
    with pytest.raises(EndsBefore) as caught:
        noticed(life)
    assert caught.value.fields == {"ends_on": ENDS_ON}


def test_nor_where_somebody_has_objected() -> None:
    life = tacit()
    no = DecideRenewal(convention_id=life.id, ends_on=ENDS_ON, agrees=False)
    applied(life, life.decide_renewal(no, ODILE, now=NOW, today=DECIDE_BY))
    with pytest.raises(EndsBefore):
        noticed(life)


def test_the_other_party_may_still_object_and_it_then_ends_with_its_term() -> None:
    life = noticed(tacit(), today=TODAY)
    assert Act.RENEW in acts_of(life.standing, ODILE)
    no = DecideRenewal(convention_id=life.id, ends_on=ENDS_ON, agrees=False)
    applied(life, life.decide_renewal(no, ODILE, now=NOW, today=DECIDE_BY))
    assert names(pass_day(life, date(2027, 8, 1), NOW)) == ["ConventionExpired"]


def test_a_notice_within_the_term_leaves_nothing_to_object_to() -> None:
    life = noticed(tacit(), date(2026, 12, 1), TODAY)
    assert Act.RENEW not in acts_of(life.standing, ODILE)
    no = DecideRenewal(convention_id=life.id, ends_on=ENDS_ON, agrees=False)
    with pytest.raises(RenewalNotDue):
        life.decide_renewal(no, ODILE, now=NOW, today=TODAY)


def test_a_party_leaves_alone_in_the_next_term_too() -> None:
    second = OrganizationId(new_id())
    life = tacit()
    life.parties |= {second}
    life.sides = {**life.sides, second: Side.ASSOCIATION}
    by = Speaker(PersonId(new_id()), second, referent=True, signatory=True)
    wanted = LeaveConvention(
        convention_id=life.id,
        departure_id=DepartureId(new_id()),
        effective_on=INTO_NEXT_TERM,
        reason="Nous partons.",
    )
    applied(life, leave(life, wanted, by, now=NOW, today=TOO_LATE_TO_OBJECT))
    assert names(pass_day(life, ENDS_ON + timedelta(days=1), NOW)) == ["RenewalDue", "ConventionRenewed"]
    assert names(pass_day(life, INTO_NEXT_TERM, NOW)) == ["PartyLeft"]
