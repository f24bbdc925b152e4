"""A convention that is amended, an amendment in each state that looks different, and the acts around it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.articles import TO_GO
from tests.web.look.samples.conventions import (
    CLAUSES,
    NEGOTIATION,
    PENDING,
    SIGNED_BY_CLAIRE,
    WHOLE,
    article_page,
    bellerive,
    main_tendue,
    page,
)
from tests.web.look.samples.conventions import PAGES as OF_CONVENTIONS
from tests.web.look.samples.facts import convention
from tests.web.look.samples.partnerships import RECEIPT
from tests.web.look.samples.people import CONVENTION, HASH, at, nav
from tests.web.look.samples.terms_on_table import TERMS

NUMBER = "n°\N{NO-BREAK SPACE}2"
TITLE = f"Avenant {NUMBER}\N{NO-BREAK SPACE}: les permanences du samedi"
REASON = "Les familles viennent surtout le samedi. Le service ouvre une salle ce jour-là."


def _listed(**values: object) -> View:
    full = {
        "url": "#",
        "number": 2,
        "title": TITLE,
        "reason": REASON,
        "state": "negotiating",
        "open": True,
        "author": "Main tendue",
        "proposed_at": at("2026-11-02"),
        "effective_on": date(2027, 3, 1),
        "signed_at": None,
        "in_force_at": None,
        "replaced": False,
        "abandoned_by": None,
        "abandoned_at": None,
        "why_abandoned": "",
        "has_document": False,
    }
    return View(**{**full, **values})


OPEN = _listed()
IN_FORCE = _listed(
    number=1,
    title="Avenant n°\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}: douze bénévoles",
    reason="Deux bénévoles de plus ont été formés.",
    state="in_force",
    open=False,
    effective_on=None,
    signed_at=at("2026-06-03"),
    in_force_at=at("2026-06-03"),
    has_document=True,
)
ABANDONED = _listed(
    number=1,
    title="Avenant n°\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}: les horaires d’été",
    state="abandoned",
    open=False,
    effective_on=None,
    abandoned_by="Centre hospitalier de Bellerive",
    abandoned_at=at("2026-05-20"),
    why_abandoned="L’été, le service reste ouvert comme avant.",
)
BASE_TITLE = "Écoute en oncologie"
AMENDED = View(
    title=BASE_TITLE, amendments=[OPEN, IN_FORCE, ABANDONED], open=OPEN, in_force=IN_FORCE, text_in_force=HASH
)
NEVER_AMENDED = View(title=BASE_TITLE, amendments=[], open=None, in_force=None, text_in_force=HASH)


def _steps(current: int) -> list[View]:
    plan = [
        ("Négociation", "depuis le ", date(2026, 11, 2)),
        ("Signature", "avant le ", date(2026, 12, 15)),
        ("En attente de sa date", "", None),
        ("En vigueur", "au plus tôt le ", date(2027, 3, 1)),
    ]
    states = ["done"] * current + ["current"] + ["ahead"] * 4
    return [
        View(name=name, state=state, before=before, when=when, text=None)
        for (name, before, when), state in zip(plan, states, strict=False)
    ]


def _amendment(**values: object) -> View:
    amends = View(convention_id=CONVENTION, number=2, effective_on=date(2027, 3, 1))
    return convention(**{"title": TITLE, "aim": REASON, "amends": amends, "state": "negotiating", **values})


def _amendment_page(**values: object) -> tuple[str, dict[str, object]]:
    return page(
        **{
            "convention": _amendment(sealed_hash=None),
            "steps": _steps(0),
            "view": "amendment",
            "changes": None,
            "terms": None,
            "parties": [bellerive(), main_tendue(signature=None)],
            "may": {*NEGOTIATION - {"invite"}, "abandon"},
            "rooms": [],
            "amended": AMENDED,
            "amendment_changes": True,
            "clauses": PENDING,
            "to_accept": [View(id="c4", revision=3)],
            **values,
        }
    )


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "convention-amendee": page(
        convention=convention(state="active"),
        view="text",
        clauses=WHOLE,
        may={"propose_project"},
        parties=[bellerive(signature=SIGNED_BY_CLAIRE), main_tendue()],
        amended=AMENDED,
    ),
    "convention-jamais-amendee": page(
        convention=convention(state="active"),
        view="text",
        clauses=WHOLE,
        may={"amend"},
        parties=[bellerive(signature=SIGNED_BY_CLAIRE), main_tendue()],
        amended=NEVER_AMENDED,
    ),
    "avenant": _amendment_page(terms=TERMS, changed_annexes=(1,)),
    "avenant-retrait": _amendment_page(clauses=[PENDING[0], TO_GO], to_accept=[View(id="c12", revision=2)]),
    "article-retrait": article_page(
        convention=_amendment(sealed_hash=None),
        clause=View(**{**vars(TO_GO), "text": TO_GO.segments[0].text}),
        comments=[],
    ),
    "article-a-retirer": article_page(
        convention=_amendment(sealed_hash=None),
        clause=View(
            **{**vars(PENDING[1]), "text": "Chaque bénévole suit une formation.", "may_withdraw": True}
        ),
        comments=[],
    ),
    "avenant-neuf": _amendment_page(
        view="text",
        clauses=WHOLE,
        to_accept=[],
        amendment_changes=False,
        may={"propose", "comment", "abandon"},
    ),
    "avenant-en-vigueur": _amendment_page(
        convention=_amendment(state="in_force"),
        steps=_steps(3),
        clauses=CLAUSES,
        to_accept=[],
        may=set(),
        parties=[bellerive(signature=SIGNED_BY_CLAIRE), main_tendue()],
    ),
    "avenant-abandonne": _amendment_page(
        convention=_amendment(state="abandoned", sealed_hash=None),
        steps=[_steps(1)[0], View(name="Abandonné", state="current", before="", when=None, text=None)],
        abandoned=ABANDONED,
        clauses=CLAUSES,
        to_accept=[],
        may=set(),
    ),
    "avenants": (
        "avenants.html",
        {
            "convention": convention(state="active"),
            "may": set(),
            "amended": AMENDED,
            "nav": nav("conventions"),
        },
    ),
    "avenants-aucun": (
        "avenants.html",
        {
            "convention": convention(state="active"),
            "may": {"amend"},
            "amended": NEVER_AMENDED,
            "nav": nav("conventions"),
        },
    ),
    "avenant-nouveau": (
        "avenant_nouveau.html",
        {
            "convention": convention(state="active"),
            "number": 2,
            "title": TITLE,
            "made_id": CONVENTION,
            "nav": nav("conventions"),
            "erreurs": {"effective_on": "Choisissez une date à partir de demain."},
        },
    ),
    "signer-avenant": ("signer.html", {**OF_CONVENTIONS["signer"][1], "convention": _amendment()}),
    "recu-avenant": ("recu.html", {**RECEIPT, "convention": _amendment(state="signed")}),
    "avenant-abandonner": (
        "abandonner.html",
        {"convention": _amendment(), "signed_by": [], "answers": None, "nav": nav("conventions")},
    ),
    "avenant-abandonner-verifier": (
        "abandonner.html",
        {
            "convention": _amendment(),
            "signed_by": ["Main tendue"],
            "answers": View(reason="Le service garde ses jours."),
            "nav": nav("conventions"),
        },
    ),
}
