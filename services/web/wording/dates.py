"""Dates, times, numbers and plurals as French writes them: the filters of the templates."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

from shared.kit.clock import PARIS, today_in_paris

NBSP = "\N{NO-BREAK SPACE}"

_DAYS_NAMED_BY_WEEKDAY = 7


def local_day(value: date) -> date:
    """The calendar day of a date, or of an instant as seen from Paris."""
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value


def _written(value: date, before: str, after: str) -> Markup:
    """A date whose first of the month is 1er; the day sticks to its month."""
    day = local_day(value)
    number = Markup("1<sup>er</sup>") if day.day == 1 else str(day.day)
    weekday = format_date(day, before, locale="fr") + " " if before else ""
    return Markup("{}{}{}{}").format(weekday, number, NBSP, format_date(day, after, locale="fr"))


def date_longue(value: date) -> Markup:
    """27 novembre 2026"""
    return _written(value, "", "MMMM y")


def date_courte(value: date) -> Markup:
    """27 nov. 2026"""
    return _written(value, "", "MMM y")


def jour_mois(value: date, today: date | None = None) -> Markup:
    """27 novembre, or 27 novembre 2028 in another year"""
    return _written(value, "", "MMMM" + _year(value, today))


def jour_semaine(value: date, court: bool = False, today: date | None = None) -> Markup:
    """Vendredi 27 novembre, or vendredi 27 nov., with the year when it is not this one"""
    return _written(value, "EEEE", ("MMM" if court else "MMMM") + _year(value, today))


def mois_du_pave(value: date, today: date | None = None) -> str:
    """nov., or déc. 2028: under the number of a day"""
    return format_date(local_day(value), "MMM" + _year(value, today), locale="fr")


def _year(value: date, today: date | None) -> str:
    """The pattern of a year that goes without saying when it is this one."""
    return "" if local_day(value).year == (today or today_in_paris()).year else " y"


def motif(value: date, pattern: str) -> str:
    """Any Babel pattern, for the rare places that compose a date by hand."""
    return format_date(local_day(value), pattern, locale="fr")


def heure(value: datetime | time) -> str:
    """14 h 32, or 14 h"""
    local = value.astimezone(PARIS) if isinstance(value, datetime) and value.tzinfo else value
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")


def moment(value: datetime, today: date | None = None) -> Markup:
    """aujourd’hui à 14 h 32, hier à 9 h, vendredi à 14 h 32, 3 novembre, 3 novembre 2025"""
    day, today = local_day(value), today or today_in_paris()
    at = f" à{NBSP}{heure(value)}"
    days = (today - day).days
    if days == 0:
        return Markup("aujourd’hui{}").format(at)
    if days == 1:
        return Markup("hier{}").format(at)
    if 1 < days < _DAYS_NAMED_BY_WEEKDAY:
        return Markup("{}{}").format(format_date(day, "EEEE", locale="fr"), at)
    return jour_mois(day, today)


def plain_date(value: date) -> str:
    """1er janvier 2027: for sentences that are not HTML."""
    day = local_day(value)
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{format_date(day, 'MMMM y', locale='fr')}"


def nombre(value: float) -> str:
    """1 234,5"""
    return format_decimal(value, locale="fr").replace("\N{NARROW NO-BREAK SPACE}", NBSP)


def taille(size: int) -> str:
    """The size of a file: 12 ko, 1,4 Mo; decimal units, as operating systems show them."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}ko"
    return f"{nombre(round(size / 1_000_000, 1))}{NBSP}Mo"


def pluriel(count: int, singular: str, plural: str, nombre: bool = True) -> str:
    """1 article, 2 articles; with nombre=False the word alone. In French, zero is singular."""
    word = singular if abs(count) < 2 else plural
    return f"{count}{NBSP}{word}" if nombre else word


def duration(starts_on: date, ends_on: date) -> str:
    """1 an, 18 mois, 3 semaines: how long a term lasts, its last day included."""
    after = ends_on + timedelta(days=1)
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month - (after.day < starts_on.day)
    if months >= 12 and months % 12 == 0:
        return pluriel(months // 12, "an", "ans")
    if months:
        return f"{months}{NBSP}mois"
    return pluriel(max((after - starts_on).days, 1), "jour", "jours")


FILTERS: dict[str, Callable[..., str]] = {
    it.__name__: it
    for it in (
        date_longue,
        date_courte,
        jour_mois,
        jour_semaine,
        mois_du_pave,
        motif,
        heure,
        moment,
        nombre,
        pluriel,
        taille,
    )
}
