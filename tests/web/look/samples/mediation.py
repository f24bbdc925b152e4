"""Mediation: to ask for, asked, running, over."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, at, claire, nav, odile


def _answers(*, both: bool) -> list[View]:
    return [
        View(side="establishment", organization="Centre hospitalier de Bellerive", accepts=True),
        View(side="association", organization="Main tendue", accepts=both),
    ]


def _proposal(part: str, text: str, *, both: bool, mine: bool = False) -> View:
    return View(
        part=part,
        revision=1,
        text=text,
        person=claire,
        at=at("2026-11-20"),
        answers=_answers(both=both),
        mine_to_accept=mine,
    )


def _mediation(state: str, sentence: str, **values: object) -> View:
    full: dict[str, object] = {
        "id": "m",
        "state": state,
        "sentence": sentence,
        "person": odile,
        "at": at("2026-11-20"),
        "reason": "Les deux formations promises n’ont pas eu lieu, et nous n’en comprenons pas la raison.",
        "obligation_url": f"/conventions/{CONVENTION}/engagements/o",
        "mediator": _proposal(
            "mediator", "Anne Lebrun, médiatrice agréée par l’ARS, 02\N{NO-BREAK SPACE}00", both=False
        ),
        "agreement": None,
        "meets_on": None,
        "left_by": None,
        "end_reason": None,
        "ended_at": None,
    }
    return View(**{**full, **values})


MEDIATOR = _proposal("mediator", "Anne Lebrun, médiatrice agréée par l’ARS", both=True)
AGREEMENT = _proposal("agreement", "Trois formations par an, dans les locaux de l’hôpital.", both=False)
OVER = [
    _mediation(
        "agreed",
        "La médiation a abouti à un accord",
        mediator=MEDIATOR,
        agreement=AGREEMENT,
        ended_at=at("2026-09-01"),
    ),
    _mediation(
        "ended",
        "La médiation a pris fin sans accord",
        left_by=odile,
        end_reason="Nous préférons en parler directement.",
        ended_at=at("2026-06-01"),
    ),
]


def _page(**values: object) -> tuple[str, dict[str, object]]:
    full: dict[str, object] = {
        "convention": View(convention_id=CONVENTION, title="Écoute en oncologie"),
        "lasting": None,
        "past": [],
        "may_ask": False,
        "may_act": False,
        "made_id": "m",
        "obligation_id": "",
        "nav": nav("conventions"),
    }
    return "mediation.html", {**full, **values}


PAGES = {
    "mediation": _page(may_ask=True, past=OVER),
    "mediation-demandee": _page(
        lasting=_mediation(
            "asked",
            "Une médiation est demandée",
            mediator=_proposal("mediator", "Anne Lebrun, médiatrice", both=False, mine=True),
        ),
        may_act=True,
        erreurs={"end_reason": "Dites pourquoi."},
        valeurs={"end_reason": ""},
    ),
    "mediation-en-cours": _page(
        lasting=_mediation(
            "running",
            "Une médiation est en cours, rendez-vous le 3\N{NO-BREAK SPACE}décembre 2026",
            mediator=MEDIATOR,
            agreement=AGREEMENT,
            meets_on=date(2026, 12, 3),
        ),
        may_act=True,
    ),
}
