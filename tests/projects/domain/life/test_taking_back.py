"""A notice that the convention ends is taken back by whoever gave it, before anybody acts on it."""

from datetime import timedelta

import pytest

from services.projects.life.domain import Life
from services.projects.life.domain.rights import why_not_take_back
from services.projects.life.domain.taking_back import take_back_notice
from shared.contracts.identifiers import TerminationId, new_id
from shared.contracts.projects.events import ClosingStep, ConventionRenewed, RenewalDue
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotInForce, NotASignatory
from shared.contracts.projects.taking_back import DutiesBegun, TerminationNotFound, TerminationWithdrawn
from shared.contracts.projects.terms import Renewal
from tests.projects.domain.life.lives import (
    ASSOCIATION,
    CLAIRE,
    ENDS_ON,
    HUGO,
    NOW,
    ODILE,
    TODAY,
    YANN,
    applied,
    in_force,
    terms,
    to_terminate,
)

DAY = TODAY + timedelta(days=100)


def ending(**given: object) -> Life:
    """The association gave notice."""
    life = in_force(**given)
    applied(life, life.terminate(to_terminate(life, DAY), ODILE, now=NOW, today=TODAY))
    return life


def notice_of(life: Life) -> TerminationId:
    assert life.notice is not None
    return life.notice.termination_id


def test_whoever_gave_notice_takes_it_back_and_the_convention_goes_on() -> None:
    life = ending()
    assert take_back_notice(life, notice_of(life), ODILE, today=TODAY) == [
        TerminationWithdrawn(convention_id=life.id, organization_id=ASSOCIATION, effective_on=DAY)
    ]
    assert life.notice is None
    assert life.pass_day(DAY, NOW) == []
    assert life.state is ConventionState.ACTIVE
    again = life.terminate(to_terminate(life, DAY), HUGO, now=NOW, today=TODAY)
    assert len(again) == 1, "another notice may follow, of any party"


def test_nobody_takes_back_what_another_party_said() -> None:
    life = ending()
    with pytest.raises(TerminationNotFound):
        take_back_notice(life, notice_of(life), HUGO, today=TODAY)
    with pytest.raises(NotASignatory):
        take_back_notice(life, notice_of(life), CLAIRE, today=TODAY)
    with pytest.raises(NotASignatory):
        take_back_notice(life, notice_of(life), YANN, today=TODAY)
    with pytest.raises(TerminationNotFound):
        take_back_notice(life, TerminationId(new_id()), ODILE, today=TODAY)
    assert life.notice is not None


def test_there_has_to_be_a_notice() -> None:
    life = in_force()
    with pytest.raises(TerminationNotFound):
        take_back_notice(life, TerminationId(new_id()), ODILE, today=TODAY)


@pytest.mark.parametrize("by", [ODILE, CLAIRE])
def test_once_somebody_has_done_a_last_duty_the_notice_stands(by: object) -> None:
    life = ending()
    assert why_not_take_back(life.standing, ODILE) is None
    applied(life, life.complete(ClosingStep.RETURN_ACCESS, ODILE if by is ODILE else CLAIRE, NOW))
    with pytest.raises(DutiesBegun):
        take_back_notice(life, notice_of(life), ODILE, today=TODAY)


def test_on_its_day_it_is_too_late_even_before_the_clock_has_looked() -> None:
    life = ending()
    wanted = notice_of(life)
    with pytest.raises(ConventionNotInForce):
        take_back_notice(life, wanted, ODILE, today=DAY)
    applied(life, life.pass_day(DAY, NOW))
    with pytest.raises(ConventionNotInForce):
        take_back_notice(life, wanted, ODILE, today=DAY)


def test_what_the_notice_had_stopped_goes_on_as_the_terms_say() -> None:
    life = ending(terms=terms(renewal=Renewal.TACIT, renewal_months=12))
    applied(life, take_back_notice(life, notice_of(life), ODILE, today=TODAY))
    told, renewed = life.pass_day(ENDS_ON + timedelta(days=1), NOW)
    assert isinstance(told, RenewalDue)
    assert isinstance(renewed, ConventionRenewed)
