"""Who takes part in a convention, and proposing one more."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.conventions import bellerive, main_tendue
from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import at, nav, odile

AGENCY = View(
    organization_id="7", name="Agence régionale de santé", side="third_party", city="Lyon", has_members=True
)
SOUFFLE = View(organization_id="3", name="Souffle", side="association", city="Bellerive", has_members=False)


def _coming(**values: object) -> View:
    return View(
        **{
            "id": "9",
            "name": "Souffle",
            "side": "association",
            "role": "Partie",
            "interest": "",
            "author": odile,
            "at": at("2026-11-20"),
            "awaits": ["Centre hospitalier de Bellerive"],
            "observes": False,
            "may_accept": True,
            "may_end": True,
            **values,
        }
    )


OBSERVING = _coming(
    name="Agence régionale de santé",
    side="third_party",
    role="Financeur",
    interest="Nous finançons la formation des bénévoles et lisons le bilan annuel.",
    awaits=[],
    observes=True,
    may_accept=False,
)


def _page(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(state="negotiating", sealed_hash=None),
        "parties": [bellerive(), main_tendue(signature=None)],
        "waiting": [_coming()],
        "observing": [OBSERVING],
        "may_propose": ["party", "observer", "funder"],
        "may_take_back": [],
        "q": "",
        "found": None,
        "nav": nav("conventions"),
    }
    return "parties.html", {**full, **values}


ROLES = [
    {"value": "party", "label": "Partie", "hint": "Elle négocie, accepte et signe comme les autres."},
    {"value": "observer", "label": "Observateur", "hint": "Elle lit la salle commune, et rien d’autre."},
    {
        "value": "funder",
        "label": "Financeur",
        "hint": "Elle lit la salle commune. Ce qu’elle finance est dit à tous.",
    },
]


def _adding(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(state="negotiating", sealed_hash=None),
        "organization": SOUFFLE,
        "roles": ROLES,
        "answers": None,
        "made_id": "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f",
        "nav": nav("conventions"),
    }
    return "partie_nouvelle.html", {**full, **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "parties": _page(q="souffle", found=[SOUFFLE, AGENCY]),
    "parties-silencieuse": _page(
        parties=[
            bellerive(),
            main_tendue(signature=None),
            main_tendue(organization_id="3", name="Souffle", has_referent=False, signature=None),
        ],
        waiting=[],
        observing=[],
        may_take_back=["3"],
    ),
    "parties-lecture": _page(waiting=[], observing=[], may_propose=[]),
    "partie-nouvelle": _adding(),
    "partie-nouvelle-erreur": _adding(
        erreurs={"interest": "Dites ce que cette organisation finance et ce qu’elle en attend."},
        valeurs={"role": "funder"},
    ),
    "partie-nouvelle-verifier": _adding(
        answers={"role": "Partie", "means": "Elle négocie, accepte et signe comme les autres."},
        valeurs={"role": "party", "interest": ""},
    ),
}
