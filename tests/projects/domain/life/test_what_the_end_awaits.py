"""What the last day of a convention waits for, from whom: an answer on what follows, and the last duties."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.projects.life.domain.awaiting import Ending, awaited_from, awaited_from_side
from services.projects.life.domain.renewal import Term
from shared.contracts.projects.awaiting import AwaitedKind
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Renewal
from tests.projects.domain.life.lives import (
    ASSOCIATION,
    CLAIRE,
    ENDS_ON,
    HOSPITAL,
    HUGO,
    KARIM,
    ODILE,
    YANN,
    terms,
)

DUE_ON = date(2026, 12, 30)
RENEW, CLOSE = AwaitedKind.DECIDE_RENEWAL, AwaitedKind.DO_LAST_DUTIES
OVER = ENDS_ON + timedelta(days=30)


def ending(renewal: Renewal = Renewal.EXPRESS, **given: Any) -> Ending:
    months = None if renewal is Renewal.NEVER else 12
    fields: dict[str, Any] = {
        "state": ConventionState.ACTIVE,
        "term": Term(ENDS_ON, terms(renewal=renewal, renewal_months=months)),
        "parties": frozenset({HOSPITAL, ASSOCIATION}),
    }
    return Ending(**(fields | given))


def ended(**given: Any) -> Ending:
    fields: dict[str, Any] = {
        "state": ConventionState.EXPIRED,
        "duties_left": {HOSPITAL: 3, ASSOCIATION: 0},
    }
    return ending(**(fields | given))


def test_an_express_renewal_awaits_those_who_sign_of_each_party_that_has_not_answered() -> None:
    it = ending(decided=frozenset({ASSOCIATION}))
    assert awaited_from(it, HUGO, DUE_ON) is RENEW
    for nobody in (CLAIRE, KARIM, ODILE, YANN):
        assert awaited_from(it, nobody, DUE_ON) is None
    assert awaited_from_side(it, HOSPITAL, DUE_ON) is RENEW
    assert awaited_from_side(it, ASSOCIATION, DUE_ON) is None
    assert awaited_from_side(it, YANN.organization_id, DUE_ON) is None


def test_it_awaits_from_the_day_on_which_it_is_told_to_its_last_day() -> None:
    it = ending()
    days = (DUE_ON - timedelta(days=1), DUE_ON, ENDS_ON, ENDS_ON + timedelta(days=1))
    assert [awaited_from(it, HUGO, day) for day in days] == [None, RENEW, RENEW, None]
    suspended = ending(state=ConventionState.SUSPENDED)
    assert awaited_from(suspended, HUGO, DUE_ON) is RENEW


@pytest.mark.parametrize(
    "it",
    [
        ending(Renewal.TACIT),
        ending(Renewal.NEVER),
        ending(noticed=True),
        ending(decided=frozenset({ASSOCIATION}), objected=True),
    ],
    ids=["goes on by itself", "never goes on", "notice was given", "one said no"],
)
def test_nothing_awaits_where_no_answer_would_change_what_follows(it: Ending) -> None:
    assert awaited_from(it, HUGO, DUE_ON) is None
    assert awaited_from_side(it, HOSPITAL, DUE_ON) is None


def test_the_last_duties_await_whoever_may_do_them_of_a_party_that_has_some_left() -> None:
    for state in (ConventionState.EXPIRED, ConventionState.TERMINATED):
        it = ended(state=state)
        assert [awaited_from(it, who, OVER) for who in (CLAIRE, HUGO)] == [CLOSE, CLOSE]
        for nobody in (KARIM, ODILE, YANN):
            assert awaited_from(it, nobody, OVER) is None
        assert awaited_from_side(it, HOSPITAL, OVER) is CLOSE
        assert awaited_from_side(it, ASSOCIATION, OVER) is None


def test_while_a_notice_runs_nobody_is_pressed_to_do_them() -> None:
    it = ended(state=ConventionState.ACTIVE, noticed=True)
    assert awaited_from(it, CLAIRE, DUE_ON) is None
    assert awaited_from_side(it, HOSPITAL, DUE_ON) is None
