"""The filters that templates use, in French. A reference for the ones that the web service provides."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\N{NO-BREAK SPACE}"


def local_day(value: date) -> date:
    """The calendar day of a date, or of an instant as seen from Paris."""
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value


def in_words(value: date, pattern: str) -> Markup:
    """A date by a Babel pattern; the first of a month is written 1er. The day sticks to its month."""
    day = local_day(value)
    number = "1<sup>er</sup>" if day.day == 1 else str(day.day)
    weekday, _, rest = pattern.rpartition("d" + NBSP)
    before = format_date(day, weekday, locale="fr") if weekday else ""
    return Markup("{}{}{}{}").format(before, Markup(number), NBSP, format_date(day, rest, locale="fr"))


def date_longue(value: date) -> Markup:
    """27 novembre 2026"""
    return in_words(value, f"d{NBSP}MMMM y")


def date_courte(value: date) -> Markup:
    """27 nov. 2026"""
    return in_words(value, f"d{NBSP}MMM y")


def jour_mois(value: date) -> Markup:
    """27 novembre"""
    return in_words(value, f"d{NBSP}MMMM")


def jour_semaine(value: date, court: bool = False) -> Markup:
    """vendredi 27 novembre, or vendredi 27 nov."""
    return in_words(value, f"EEEE d{NBSP}{'MMM' if court else 'MMMM'}")


def motif(value: date, pattern: str) -> str:
    """Any Babel pattern, for what composes a date by hand: the square of a calendar, the points of a chart."""
    return format_date(local_day(value), pattern, locale="fr")


def heure(value: datetime) -> str:
    """14 h 32, or 14 h"""
    local = value.astimezone(PARIS) if isinstance(value, datetime) and value.tzinfo else value
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")


def moment(value: datetime, today: date) -> Markup:
    """aujourd’hui à 14 h 32, hier à 9 h, vendredi à 14 h 32, 3 novembre, 3 novembre 2025"""
    day = local_day(value)
    at = Markup(f" à{NBSP}{heure(value)}")
    match (today - day).days:
        case 0:
            return Markup("aujourd’hui") + at
        case 1:
            return Markup("hier") + at
        case days if 1 < days < 7:
            return Markup(escape(format_date(day, "EEEE", locale="fr"))) + at
        case _:
            return jour_mois(day) if day.year == today.year else date_longue(day)


def nombre(value: float) -> str:
    """1 234,5"""
    return format_decimal(value, locale="fr").replace("\N{NARROW NO-BREAK SPACE}", NBSP)


def pluriel(count: int, singular: str, plural: str, nombre: bool = True) -> str:
    """1 article, 2 articles; with nombre=False the word alone. In French, zero is singular."""
    word = singular if abs(count) < 2 else plural
    return f"{count}{NBSP}{word}" if nombre else word


def in_days(today: date, days: int) -> date:
    """A date near today, for samples."""
    return today + timedelta(days=days)
