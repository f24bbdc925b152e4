"""What a convention promises: obligations in every state, and one of them with the words of both sides."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, at, claire, nav, odile

URL = f"/conventions/{CONVENTION}/engagements"


def _said(person: View | None, **values: object) -> View:
    ours = person is claire
    full: dict[str, object] = {
        "side": "establishment" if ours else "association",
        "organization": "Centre hospitalier de Bellerive" if ours else "Main tendue",
        "is_mine": ours,
        "person": person,
        "at": at("2026-11-20") if person else None,
        "kept": True,
        "kept_on": date(2026, 11, 19) if person else None,
        "remark": None,
    }
    return View(**{**full, **values})


SILENT = _said(None)
AGREES = _said(claire)
DISAGREES = _said(odile, kept=False, kept_on=None, remark="Une seule formation sur les deux a eu lieu.")


def _obligation(title: str, state: str, state_name: str, due_on: date, **values: object) -> View:
    full: dict[str, object] = {
        "id": "o",
        "url": f"{URL}/o",
        "title": title,
        "state": state,
        "state_name": state_name,
        "by": "Les parties ensemble",
        "side": None,
        "begins_on": date(2026, 7, 1),
        "due_on": due_on,
        "promised_for": None,
        "late": state == "missed",
        "said": [],
        "spoken": [],
    }
    return View(**{**full, **values})


DISPUTED = _obligation(
    "Deux formations à l’écoute",
    "disputed",
    "en désaccord",
    date(2026, 11, 1),
    by="Main tendue",
    side="association",
    said=[AGREES, DISAGREES],
    spoken=[AGREES, DISAGREES],
)
MISSED = _obligation("Réunion 1 sur 4", "missed", "échéance passée", date(2026, 11, 15), said=[SILENT])
DUE = _obligation(
    "Un bureau pour les permanences, deux jours par semaine",
    "due",
    "bientôt dû",
    date(2026, 12, 3),
    by="Centre hospitalier de Bellerive",
    side="establishment",
    promised_for=date(2026, 10, 1),
    said=[SILENT],
)
UPCOMING = _obligation("Bilan croisé 1 sur 2", "upcoming", "à venir", date(2027, 12, 31), said=[SILENT])
KEPT = _obligation("Réunion de lancement", "kept", "tenu", date(2026, 10, 1), said=[AGREES], spoken=[AGREES])
RELEASED = _obligation("Réunion 4 sur 4", "released", "plus dû", date(2028, 12, 31))

BRIEF = View(
    url=URL,
    numbers="1\N{NO-BREAK SPACE}tenu, 1\N{NO-BREAK SPACE}bientôt dû, 3\N{NO-BREAK SPACE}à venir",
    next=[DISPUTED, DUE, UPCOMING],
)


def _convention(*, resting: bool = False) -> View:
    return View(convention_id=CONVENTION, title="Écoute en oncologie", resting=resting)


def _all(**values: object) -> tuple[str, dict[str, object]]:
    full: dict[str, object] = {
        "convention": _convention(),
        "numbers": BRIEF.numbers,
        "may_say": True,
        "to_settle": [DISPUTED, MISSED, DUE],
        "upcoming": [UPCOMING],
        "kept": [KEPT],
        "released": [RELEASED],
        "nav": nav("conventions"),
    }
    return "engagements.html", {**full, **values}


def _one(obligation: View, **values: object) -> tuple[str, dict[str, object]]:
    full: dict[str, object] = {
        "convention": _convention(),
        "obligation": obligation,
        "may_keep": True,
        "may_contest": True,
        "nav": nav("conventions"),
    }
    return "engagement.html", {**full, **values}


PAGES = {
    "engagements": _all(),
    "engagements-suspendus": _all(convention=_convention(resting=True), may_say=False, to_settle=[]),
    "engagements-vides": _all(numbers="", to_settle=[], upcoming=[], kept=[], released=[]),
    "engagement": _one(DISPUTED),
    "engagement-refuse": _one(
        MISSED,
        erreurs={"kept_on": "Choisissez une date jusqu’à aujourd’hui.", "missing": "Dites ce qui manque."},
        valeurs={"kept_on": "2027-01-02", "missing": ""},
    ),
}
