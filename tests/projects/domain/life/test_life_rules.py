"""Suspension, notice, end and last duties, by examples."""

from datetime import date, timedelta

import pytest

from services.projects.life.domain import Speaker
from services.projects.life.domain.rights import acts_of
from shared.contracts.identifiers import SuspensionId, new_id
from shared.contracts.projects.events import (
    ClosingStep,
    ClosingStepDone,
    ConventionClosed,
    ConventionExpired,
    ConventionSuspended,
    ConventionTerminated,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AlreadySuspended,
    AlreadyTerminating,
    ConventionNotEnding,
    ConventionNotInForce,
    DateNotInFuture,
    EndsBefore,
    NotAReferent,
    NotASignatory,
    NoticeTooShort,
    SuspensionNotFound,
)
from tests.projects.domain.life.lives import (
    ASSOCIATION,
    CLAIRE,
    ENDS_ON,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    TODAY,
    YANN,
    in_force,
    terms,
    to_suspend,
    to_terminate,
)

# Two months from 2 March run out on 2 May at midnight: that day it still holds.
EARLIEST = date(2026, 5, 3)


def test_each_party_suspends_and_lifts_for_itself() -> None:
    life = in_force()
    hers, his = to_suspend(life), to_suspend(life)
    assert life.suspend(hers, ODILE, now=NOW, today=TODAY) == [
        ConventionSuspended(convention_id=life.id, organization_id=ASSOCIATION, resumes_on=None)
    ]
    assert life.state is ConventionState.SUSPENDED
    with pytest.raises(SuspensionNotFound):
        life.lift(hers.suspension_id, HUGO)
    life.suspend(his, HUGO, now=NOW, today=TODAY)
    assert life.lift(hers.suspension_id, ODILE) == [
        SuspensionLifted(convention_id=life.id, organization_id=ASSOCIATION, resumed=False)
    ]
    assert life.state is ConventionState.SUSPENDED
    assert life.lift(his.suspension_id, HUGO) == [
        SuspensionLifted(convention_id=life.id, organization_id=HOSPITAL, resumed=True)
    ]
    assert life.state is ConventionState.ACTIVE


def test_asking_twice_suspends_once_and_one_suspension_a_party_is_enough() -> None:
    life = in_force()
    wanted = to_suspend(life)
    life.suspend(wanted, ODILE, now=NOW, today=TODAY)
    assert life.suspend(wanted, ODILE, now=NOW, today=TODAY) == []
    with pytest.raises(AlreadySuspended):
        life.suspend(to_suspend(life), ODILE, now=NOW, today=TODAY)
    with pytest.raises(SuspensionNotFound):
        life.lift(SuspensionId(new_id()), ODILE)


@pytest.mark.parametrize("by", [CLAIRE, KARIM, YANN])
def test_only_a_signatory_of_a_party_binds_it(by: Speaker) -> None:
    life = in_force()
    for act in (
        lambda: life.suspend(to_suspend(life), by, now=NOW, today=TODAY),
        lambda: life.terminate(to_terminate(life, EARLIEST), by, now=NOW, today=TODAY),
    ):
        with pytest.raises(NotASignatory):
            act()


@pytest.mark.parametrize(
    "state", [ConventionState.NEGOTIATING, ConventionState.PARTLY_SIGNED, ConventionState.EXPIRED]
)
def test_what_does_not_hold_is_neither_suspended_nor_ended(state: ConventionState) -> None:
    life = in_force(state=state)
    with pytest.raises(ConventionNotInForce):
        life.suspend(to_suspend(life), ODILE, now=NOW, today=TODAY)
    with pytest.raises(ConventionNotInForce):
        life.terminate(to_terminate(life, EARLIEST), ODILE, now=NOW, today=TODAY)
    assert life.pass_day(date(2030, 1, 1), NOW) == []


def test_a_suspension_with_a_day_ends_on_that_day() -> None:
    life = in_force()
    day = TODAY + timedelta(days=10)
    with pytest.raises(DateNotInFuture):
        life.suspend(to_suspend(life, resumes_on=TODAY), ODILE, now=NOW, today=TODAY)
    with pytest.raises(EndsBefore):
        life.suspend(to_suspend(life, resumes_on=ENDS_ON + timedelta(days=1)), ODILE, now=NOW, today=TODAY)
    life.suspend(to_suspend(life, resumes_on=day), ODILE, now=NOW, today=TODAY)
    assert life.pass_day(day - timedelta(days=1), NOW) == []
    assert life.pass_day(day, NOW) == [
        SuspensionLifted(convention_id=life.id, organization_id=ASSOCIATION, resumed=True)
    ]
    assert life.pass_day(day, NOW) == []


def test_it_holds_on_its_last_day_and_no_longer() -> None:
    life = in_force()
    assert life.pass_day(ENDS_ON, NOW) == []
    assert life.pass_day(ENDS_ON + timedelta(days=40), NOW) == [
        ConventionExpired(convention_id=life.id, ended_on=ENDS_ON)
    ]
    assert (life.state, life.ended_at) == (ConventionState.EXPIRED, NOW)
    assert life.pass_day(ENDS_ON + timedelta(days=41), NOW) == []


def test_a_notice_takes_the_time_that_the_text_promises() -> None:
    life = in_force()
    with pytest.raises(NoticeTooShort) as short:
        life.terminate(to_terminate(life, EARLIEST - timedelta(days=1)), ODILE, now=NOW, today=TODAY)
    assert short.value.fields == {"earliest": EARLIEST}
    with pytest.raises(EndsBefore):
        life.terminate(to_terminate(life, ENDS_ON + timedelta(days=1)), ODILE, now=NOW, today=TODAY)
    wanted = to_terminate(life, EARLIEST)
    assert life.terminate(wanted, ODILE, now=NOW, today=TODAY) == [
        TerminationNotified(convention_id=life.id, organization_id=ASSOCIATION, effective_on=EARLIEST)
    ]
    assert life.terminate(wanted, ODILE, now=NOW, today=TODAY) == []
    with pytest.raises(AlreadyTerminating):
        life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY)
    assert life.state is ConventionState.ACTIVE
    assert life.pass_day(EARLIEST - timedelta(days=1), NOW) == []
    assert life.pass_day(EARLIEST, NOW) == [
        ConventionTerminated(convention_id=life.id, organization_id=ASSOCIATION, effective_on=EARLIEST)
    ]
    assert life.state is ConventionState.TERMINATED


def test_without_a_promised_notice_the_end_is_tomorrow_at_the_soonest() -> None:
    life = in_force(terms=terms(notice_months=0))
    with pytest.raises(NoticeTooShort):
        life.terminate(to_terminate(life, TODAY), ODILE, now=NOW, today=TODAY)
    assert life.terminate(to_terminate(life, TODAY + timedelta(days=1)), ODILE, now=NOW, today=TODAY)


def test_a_suspended_convention_ends_all_the_same() -> None:
    life = in_force()
    life.suspend(to_suspend(life), ODILE, now=NOW, today=TODAY)
    life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY)
    assert [type(it) for it in life.pass_day(date(2028, 1, 1), NOW)] == [ConventionTerminated]


def test_it_is_closed_once_it_has_ended_and_each_side_has_done_all() -> None:
    life = in_force()
    with pytest.raises(ConventionNotEnding):
        life.complete(ClosingStep.RETURN_ACCESS, CLAIRE, NOW)
    life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY)
    with pytest.raises(NotAReferent):
        life.complete(ClosingStep.RETURN_ACCESS, KARIM, NOW)
    assert life.complete(ClosingStep.RETURN_ACCESS, CLAIRE, NOW) == [
        ClosingStepDone(convention_id=life.id, organization_id=HOSPITAL, step=ClosingStep.RETURN_ACCESS)
    ]
    assert life.complete(ClosingStep.RETURN_ACCESS, HUGO, NOW) == []
    life.pass_day(EARLIEST, NOW)
    for step in ClosingStep:
        life.complete(step, CLAIRE, NOW)
    told = [life.complete(step, ODILE, NOW) for step in ClosingStep]
    done = [it[0] for it in told]
    assert [it.last for it in done if isinstance(it, ClosingStepDone)] == [False] * (len(done) - 1) + [True]
    assert told[-1][-1] == ConventionClosed(convention_id=life.id)
    assert life.closed_at == NOW


def test_duties_all_done_during_the_notice_close_it_on_the_day_of_its_end() -> None:
    life = in_force()
    life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY)
    for step in ClosingStep:
        life.complete(step, CLAIRE, NOW)
        life.complete(step, ODILE, NOW)
    assert life.closed_at is None
    assert [type(it) for it in life.pass_day(EARLIEST, NOW)] == [ConventionTerminated, ConventionClosed]


def test_the_end_names_who_has_done_everything_during_the_notice() -> None:
    life = in_force()
    life.terminate(to_terminate(life, EARLIEST), HUGO, now=NOW, today=TODAY)
    for step in ClosingStep:
        life.complete(step, CLAIRE, NOW)
    (ended,) = life.pass_day(EARLIEST, NOW)
    assert isinstance(ended, ConventionTerminated)
    assert ended.ready == (HOSPITAL,)


def test_what_one_may_do_follows_from_where_it_stands() -> None:
    life = in_force()
    assert acts_of(life.standing, HUGO) == (Act.SUSPEND, Act.TERMINATE)
    assert acts_of(life.standing, CLAIRE) == ()
    life.suspend(to_suspend(life), HUGO, now=NOW, today=TODAY)
    assert acts_of(life.standing, HUGO) == (Act.LIFT, Act.TERMINATE)
    assert acts_of(life.standing, ODILE) == (Act.SUSPEND, Act.TERMINATE)
    life.terminate(to_terminate(life, EARLIEST), ODILE, now=NOW, today=TODAY)
    assert acts_of(life.standing, HUGO) == (Act.LIFT, Act.CLOSE)
    assert acts_of(life.standing, CLAIRE) == (Act.CLOSE,)
    assert acts_of(life.standing, YANN) == ()
