"""Who plays in the samples, and when."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace as View
from zoneinfo import ZoneInfo

TODAY = date(2026, 11, 23)
PARIS = ZoneInfo("Europe/Paris")
CONVENTION = "0193595e-6d5a-7c34-a1a5-3c1b8f1d2e10"
PROJECT = "0193595e-6d5a-7c34-a1a5-3c1b8f1d2e20"
INDICATOR = "0193595e-6d5a-7c34-a1a5-3c1b8f1d2e30"
HASH = "3f5a0c1be2d94476a8c05d17b0a2f6d3c4e98e11f7265ab09dd3418c7e60a9bd"

claire = View(
    name="Claire Vasseur", organization="Centre hospitalier de Bellerive", side="establishment", is_me=True
)
yanis = View(
    name="Yanis Belkacem", organization="Centre hospitalier de Bellerive", side="establishment", is_me=False
)
odile = View(name="Odile Marchand", organization="Main tendue", side="association", is_me=False)


def nav(current: str) -> View:
    return View(current=current, conventions_awaiting=1, unread=3)


def at(day: date | str, time: str = "14:32") -> datetime:
    """An instant of Paris."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=PARIS)
