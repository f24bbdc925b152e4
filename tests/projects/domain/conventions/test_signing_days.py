"""The days before the last one to sign: who is reminded, when, and when not."""

from datetime import UTC, datetime, time, timedelta

from services.projects.conventions.domain.deadline import pass_day_of_signing
from shared.contracts.projects.events import SignatureDue
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    agreed,
    applied,
    sealed,
    sealed_in_order,
    signed_by,
)


def test_those_who_can_sign_are_reminded_twice_before_the_last_day() -> None:
    convention = sealed_in_order(HOSPITAL, ASSOCIATION)

    def told(days_before: int) -> list[SignatureDue]:
        events = pass_day_of_signing(convention, SIGN_BEFORE - timedelta(days=days_before))
        return [it for it in events if isinstance(it, SignatureDue)]

    assert told(8) == []
    assert [it.awaited for it in told(6)] == [(HOSPITAL,)]
    assert told(5) == []
    signed_by(convention, HUGO)
    assert [it.awaited for it in told(1)] == [(ASSOCIATION,)]
    assert told(0) == []


def test_a_text_sealed_for_tomorrow_is_not_reminded_of_at_once() -> None:
    convention = agreed()
    tomorrow = TODAY + timedelta(days=1)
    applied(convention, convention.seal(convention.version, tomorrow, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    assert pass_day_of_signing(convention, TODAY) == []


def test_a_text_sealed_a_moment_after_midnight_is_sealed_on_the_new_day() -> None:
    """23:30 in UTC is the next day in Paris, which is the day that the last one is counted from."""
    convention = agreed()
    evening = datetime.combine(TODAY, time(23, 30), UTC)
    tomorrow = TODAY + timedelta(days=1)
    last = tomorrow + timedelta(days=1)
    applied(
        convention, convention.seal(convention.version, last, COMPLETE, CLAIRE, now=evening, today=tomorrow)
    )
    assert pass_day_of_signing(convention, tomorrow) == []


def test_what_all_have_signed_has_no_last_day() -> None:
    convention = signed_by(sealed(), HUGO, ODILE)
    assert pass_day_of_signing(convention, SIGN_BEFORE + timedelta(days=1)) == []
