"""What the words of every refusal are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.web.wording.dates import plain_date


@dataclass(frozen=True, slots=True)
class Words:
    """How a refusal is told."""

    title: str
    sentence: str | Callable[[dict[str, Any]], str]


STATES = {
    "draft": "à l’état de projet",
    "negotiating": "en négociation",
    "ready": "scellée, prête à être signée",
    "partly_signed": "signée en partie",
    "active": "en vigueur",
    "suspended": "suspendue",
    "expired": "arrivée à son terme",
    "terminated": "dénoncée",
    "signed": "signé par toutes les parties",
    "in_force": "en vigueur",
    "abandoned": "abandonné",
    "accepted": "acceptée",
    "declined": "refusée",
    "ended": "terminée",
    "withdrawn": "retirée",
    "proposed": "proposée",
    "framed": "en préparation",
    "running": "en cours",
    "paused": "en pause",
}


def day_of(value: object) -> str:
    """« 1er mars 2027 », from a date or as JSON writes it."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value).date() if "T" in value else date.fromisoformat(value)
    return plain_date(value) if isinstance(value, date) else "une autre date"


def state_of(fields: dict[str, Any]) -> str:
    """« en vigueur »: the state that came with a refusal."""
    return STATES.get(str(fields.get("state", "")), "dans un autre état")
