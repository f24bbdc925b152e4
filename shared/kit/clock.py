"""What time it is, at the edge. Rules receive the time as a value, so that tests choose it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today_in_paris() -> date:
    """The present day where deadlines of French law are counted."""
    return datetime.now(PARIS).date()
