"""A signed convention in its life: suspended, ending, closed; and the acts that lead there."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from services.web.wording.life import STEPS
from tests.web.look.samples.people import CONVENTION, PROJECT, at, claire, nav, odile

BOTH = [("establishment", "Centre hospitalier de Bellerive"), ("association", "Main tendue")]


def _convention(**values: object) -> View:
    full = {
        "id": CONVENTION,
        "title": "Écoute en oncologie",
        "state": "active",
        "sentence": "La convention est en vigueur jusqu’au 31\N{NO-BREAK SPACE}décembre 2028",
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2028, 12, 31),
        "earliest_end": date(2027, 3, 23),
        "latest_end": date(2028, 12, 31),
        "closed_at": None,
    }
    return View(**{**full, **values})


def _duties(done: int) -> list[View]:
    return [
        View(
            step=step,
            title=title,
            why=why,
            sides=[
                View(side=side, organization=name, done=place < done - shift)
                for shift, (side, name) in enumerate(BOTH)
            ],
            mine_to_do=place >= done,
        )
        for place, (step, (title, why)) in enumerate(STEPS.items())
    ]


def _renewal(*, tacit: bool) -> View:
    return View(
        tacit=tacit,
        due_on=date(2028, 7, 31),
        decide_by=date(2028, 9, 30),
        next_ends_on=date(2029, 12, 31),
        answers=[
            View(side=side, organization=name, agrees=None if shift else True)
            for shift, (side, name) in enumerate(BOTH)
        ],
        refused=False,
        open=True,
    )


def _life(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": _convention(),
        "may": {"suspend", "terminate"},
        "suspensions": [],
        "notice": None,
        "departures": [],
        "may_leave": False,
        "may_take_back": False,
        "renewal": None,
        "duties": [],
        "projects": [],
        "mediation": None,
        "may_mediate": True,
        "nav": nav("conventions"),
    }
    return "vie.html", {**full, **values}


def _act(template: str, **values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": _convention(),
        "answers": None,
        "made_id": "m",
        "renewal": _renewal(tacit=True),
        "nav": nav("conventions"),
    }
    return template, {**full, **values}


SUSPENSION = View(
    id="s",
    person=claire,
    reason="Le service d’oncologie est fermé pour travaux jusqu’au printemps.",
    at=at("2026-11-20"),
    resumes_on=date(2027, 3, 1),
    lifted_at=None,
    is_mine=True,
)
LIFTED = View(
    id="t",
    person=odile,
    reason="Trop peu de bénévoles formés cet été.",
    at=at("2026-07-02"),
    resumes_on=None,
    lifted_at=at("2026-09-01"),
    is_mine=False,
)
NOTICE = View(
    person=odile,
    reason="L’association cesse ses permanences dans la région.",
    at=at("2026-11-21", "10:00"),
    effective_on=date(2027, 3, 1),
)
LEAVING = View(
    person=odile,
    reason="Nos bénévoles rejoignent une association voisine.",
    at=at("2026-11-21", "10:00"),
    effective_on=date(2027, 3, 1),
    left=False,
)
LEFT = View(
    person=claire,
    reason="Le service ferme.",
    at=at("2026-07-02"),
    effective_on=date(2026, 10, 1),
    left=True,
)

PAGES = {
    "vie-departs": _life(may={"suspend"}, may_leave=True, departures=[LEFT, LEAVING]),
    "quitter": _act("quitter.html"),
    "quitter-verifier": _act(
        "quitter.html",
        answers=View(reason=LEAVING.reason, effective_on=date(2027, 3, 1)),
        erreurs={"password": "Ce mot de passe n’est pas le bon. Rien n’est fait."},
    ),
    "vie": _life(renewal=_renewal(tacit=True), may={"suspend", "terminate", "renew"}),
    "vie-a-reconduire": _life(renewal=_renewal(tacit=False), may={"suspend", "terminate", "renew"}),
    "reconduire": _act("reconduire.html", renewal=_renewal(tacit=False)),
    "reconduire-verifier": _act("reconduire.html", answers=View(agrees=False, ends_on=date(2028, 12, 31))),
    "vie-suspendue": _life(
        convention=_convention(state="suspended", sentence="La convention est suspendue"),
        may={"lift", "terminate"},
        suspensions=[SUSPENSION, LIFTED],
    ),
    "retirer-annonce": _act("retirer_annonce.html", notice=NOTICE, termination_id="t"),
    "retirer-annonce-rien": _act("retirer_annonce.html", notice=None, termination_id=None),
    "vie-fin-annoncee": _life(
        may_take_back=True,
        mediation=View(sentence="Une médiation est en cours", lasts=True),
        may_mediate=False,
        convention=_convention(sentence="La convention prend fin le 1er\N{NO-BREAK SPACE}mars 2027"),
        may={"suspend", "close"},
        notice=NOTICE,
        duties=_duties(3),
        projects=[
            View(
                project_id=PROJECT,
                title="Permanence du mardi",
                state="running",
                open_milestones=2,
                last_due_on=date(2027, 5, 4),
            )
        ],
    ),
    "suspendre": _act("suspendre.html"),
    "suspendre-verifier": _act(
        "suspendre.html", answers=View(reason=SUSPENSION.reason, resumes_on=date(2027, 3, 1))
    ),
    "mettre-fin": _act("mettre_fin.html"),
    "mettre-fin-verifier": _act(
        "mettre_fin.html",
        answers=View(reason=NOTICE.reason, effective_on=date(2027, 3, 1)),
        erreurs={"password": "Ce mot de passe n’est pas le bon. Rien n’est fait."},
    ),
}
