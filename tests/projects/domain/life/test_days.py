"""Months as the law counts them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.life.domain.days import months_after


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 3, 2), 2, date(2026, 5, 2)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2026, 10, 15), 14, date(2027, 12, 15)),
    ],
)
def test_a_delay_ends_on_the_day_of_the_same_number_or_the_last_of_its_month(
    day: date, months: int, after: date
) -> None:
    assert months_after(day, months) == after


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_it_never_leaves_its_month_nor_goes_back(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day <= day.day
    assert after >= day or months == 0
