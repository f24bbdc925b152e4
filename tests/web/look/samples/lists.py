"""The list of conventions: whole, searched, without an answer, empty."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, at, nav

LINES = [
    View(
        id=CONVENTION,
        title="Écoute en oncologie",
        state="partly_signed",
        awaits_me=True,
        others=[View(name="Main tendue", side="association")],
        sign_before=date(2026, 11, 27),
        urgent=True,
        late=False,
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
        changed_at=at("2026-11-20"),
    ),
    View(
        id="2",
        title="Lecture en pédiatrie",
        state="negotiating",
        awaits_me=False,
        urgent=False,
        late=False,
        sign_before=None,
        others=[View(name="Les Passeurs de mots", side="association")],
        starts_on=date(2027, 2, 1),
        ends_on=date(2028, 1, 31),
        changed_at=at("2026-11-18"),
    ),
    View(
        id="3",
        title="Guide du retour à domicile",
        state="active",
        awaits_me=False,
        urgent=False,
        late=False,
        sign_before=None,
        others=[View(name="Vivre avec", side="association")],
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        changed_at=at("2026-10-02"),
    ),
]
LISTED: dict[str, object] = {
    "nav": nav("conventions"),
    "q": "",
    "conventions": LINES,
    "total": 3,
    "continued": False,
    "next_url": None,
    "may_start": True,
    "observed": [],
}
OBSERVED = [
    View(
        id="4",
        title="Ateliers d’écriture en néphrologie",
        parties=[
            View(name="Clinique des Pins", side="establishment"),
            View(name="Souffle", side="association"),
        ],
        admission_id="9",
        role="Financeur",
        interest="Nous finançons le matériel des ateliers.",
        may_end=True,
    )
]
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "conventions": ("conventions.html", dict(LISTED)),
    "conventions-cherchees": (
        "conventions.html",
        {**LISTED, "q": "oncologie bellerive", "total": 312, "continued": True, "next_url": "#"},
    ),
    "conventions-introuvables": ("conventions.html", {**LISTED, "q": "zèbre", "conventions": [], "total": 0}),
    "conventions-observees": ("conventions.html", {**LISTED, "observed": OBSERVED}),
    "conventions-vide": ("conventions.html", {**LISTED, "conventions": [], "total": 0}),
}
