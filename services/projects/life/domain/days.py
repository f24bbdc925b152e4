"""Delays counted in months, as the law counts them."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month where it has no such day.

    Articles 641 and 642 of the Code de procédure civile: a delay in months ends on the day that bears the same number, at the
    end of that day.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
