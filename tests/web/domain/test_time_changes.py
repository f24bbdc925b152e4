"""Days and hours on the nights when France changes its clocks: 25 October 2026 (back) and 28 March 2027 (forward)."""

from datetime import UTC, date, datetime

import pytest

from services.notifications.delivery.composing import french_moment
from services.web.wording.dates import NBSP, duration, heure, local_day, moment
from services.web.wording.versions import moment_in_words


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026 if month > 6 else 2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (utc(10, 24, 21, 59), date(2026, 10, 24)),
        (utc(10, 24, 22), date(2026, 10, 25)),
        # The day of the change has twenty-five hours.
        (utc(10, 25, 22, 59), date(2026, 10, 25)),
        (utc(10, 25, 23), date(2026, 10, 26)),
        (utc(3, 27, 22, 59), date(2027, 3, 27)),
        (utc(3, 27, 23), date(2027, 3, 28)),
        # And that one twenty-three.
        (utc(3, 28, 21, 59), date(2027, 3, 28)),
        (utc(3, 28, 22), date(2027, 3, 29)),
    ],
)
def test_a_day_begins_and_ends_at_midnight_in_paris(instant: datetime, day: date) -> None:
    assert local_day(instant) == day


def test_the_hour_that_comes_twice_is_written_as_clocks_show_it() -> None:
    assert heure(utc(10, 25, 0, 30)) == heure(utc(10, 25, 1, 30)) == f"2{NBSP}h{NBSP}30"
    # The machine's form beside it still tells which one it was.
    assert utc(10, 25, 0, 30).isoformat() != utc(10, 25, 1, 30).isoformat()


def test_the_hour_that_does_not_come_is_never_written() -> None:
    assert heure(utc(3, 28, 0, 59)) == f"1{NBSP}h{NBSP}59"
    assert heure(utc(3, 28, 1)) == f"3{NBSP}h"


def test_yesterday_is_the_day_before_however_long_it_was() -> None:
    assert moment(utc(10, 24, 22, 30), date(2026, 10, 26)) == f"hier à{NBSP}0{NBSP}h{NBSP}30"
    assert moment(utc(3, 27, 23, 30), date(2027, 3, 29)) == f"hier à{NBSP}0{NBSP}h{NBSP}30"
    assert moment(utc(3, 28, 21, 59), date(2027, 3, 28)) == f"aujourd’hui à{NBSP}23{NBSP}h{NBSP}59"


def test_a_term_counts_days_of_law_not_hours() -> None:
    assert duration(date(2026, 10, 25), date(2026, 10, 25)) == f"1{NBSP}jour"
    assert duration(date(2027, 3, 28), date(2027, 4, 27)) == f"1{NBSP}mois"


def test_e_mails_and_lists_of_versions_tell_the_same_hour() -> None:
    assert moment_in_words(utc(3, 28, 1)) == f"28{NBSP}mars 2027 à{NBSP}3{NBSP}h"
    assert "3" in french_moment(utc(3, 28, 1))
    assert "28" in french_moment(utc(3, 28, 1))
