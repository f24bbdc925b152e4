"""A convention in each state that looks different, one article, and its signature."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.articles import CLAUSES, DAYS, PENDING, WHOLE
from tests.web.look.samples.faces import DAYS as TWO_DAYS
from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import CONVENTION, at, claire, nav, odile, yanis
from tests.web.look.samples.promises import BRIEF
from tests.web.look.samples.rooms import tabs
from tests.web.look.samples.terms_on_table import AGREED_TERMS, TERMS

SIGNED_BY_ODILE = View(person_name="Odile Marchand", capacity="présidente", signed_at=at("2026-11-20"))
SIGNED_AT = at("2026-11-23", "09:04")
SIGNED_BY_CLAIRE = View(person_name="Claire Vasseur", capacity="par délégation", signed_at=SIGNED_AT)


def bellerive(**values: object) -> View:
    return View(
        **{
            "side": "establishment",
            "name": "Centre hospitalier de Bellerive",
            "organization_id": "1",
            "is_mine": True,
            "has_referent": True,
            "has_signatory": True,
            "vacant": False,
            "accepted": 11,
            "signature": None,
            **values,
        }
    )


def main_tendue(**values: object) -> View:
    return View(
        **{
            "side": "association",
            "name": "Main tendue",
            "organization_id": "2",
            "is_mine": False,
            "has_referent": True,
            "has_signatory": True,
            "vacant": False,
            "accepted": 11,
            "signature": SIGNED_BY_ODILE,
            **values,
        }
    )


def souffle(**values: object) -> View:
    """A second association."""
    return main_tendue(**{"name": "Souffle", "organization_id": "3", "signature": None, **values})


def steps(current: int) -> list[View]:
    """The life of a convention, at its step number `current`."""
    plan = [
        ("Rédaction", "", date(2026, 10, 12), None),
        ("Négociation", "depuis le ", date(2026, 11, 2), None),
        ("Signature", "avant le ", date(2026, 11, 27), None),
        ("En vigueur", "", date(2027, 1, 1), None),
        ("Bilan", "", None, "novembre 2027"),
    ]
    states = ["done"] * current + ["current"] + ["ahead"] * 5
    return [
        View(name=name, state=state, before=before, when=when, text=text)
        for (name, before, when, text), state in zip(plan, states, strict=False)
    ]


COMMENTS = [
    View(
        author=odile,
        at=at("2026-11-20", "14:35"),
        article=None,
        url=None,
        text="C’est signé de notre côté. Les douze bénévoles sont prêts pour janvier.",
    ),
    View(
        author=claire,
        at=at("2026-11-17", "09:12"),
        article=4,
        url="#",
        text="Merci, les trois jours conviennent au service.",
    ),
]
ODILE_ACCEPTED = View(name="Odile Marchand", state="accepted")
REFERENTS = [
    View(
        side="establishment",
        organization="Centre hospitalier de Bellerive",
        is_mine=True,
        people=[View(name="Claire Vasseur", state="accepted"), View(name="Yanis Belkacem", state="proposed")],
    ),
    View(side="association", organization="Main tendue", is_mine=False, people=[ODILE_ACCEPTED]),
]
NEGOTIATION = {"propose", "accept", "comment", "invite"}


def page(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(),
        "steps": steps(2),
        "view": "changes",
        "terms": AGREED_TERMS,
        "terms_to_accept": None,
        "clauses": CLAUSES,
        "to_accept": [],
        "parties": [bellerive(), main_tendue()],
        "total": 11,
        "may": {"propose", "comment", "sign", "refuse"},
        "changes": View(
            since=at("2026-11-03"),
            modified=3,
            unchanged=8,
            withdrawn=[View(title="Stationnement", url="#12")],
            annexes=1,
        ),
        "referents": REFERENTS,
        "comments": COMMENTS,
        "projects": [],
        "rooms": tabs(""),
        "last_refusal": None,
        "amended": None,
        "abandoned": None,
        "amendment_changes": False,
        "changed_annexes": (),
        "nav": nav("conventions"),
        "live_url": f"/evenements?convention={CONVENTION}",
    }
    return "convention.html", {"annexes": [], "promises": None, **full, **values}


def article_page(**values: object) -> tuple[str, dict[str, object]]:
    text = "".join(segment.text for segment in DAYS if segment.kind != "removed")
    full = {
        "convention": convention(state="negotiating"),
        "clause": View(**{**vars(PENDING[0]), "text": text}),
        "may": NEGOTIATION,
        "comments": COMMENTS[::-1],
        "conflict": None,
        "nav": nav("conventions"),
        "neighbours": View(
            previous=View(url="#", label="Article 3. Missions"), next=View(url="#", label="Article 5. Lieux")
        ),
    }
    return "article.html", {**full, **values}


def _sign(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(),
        "parties": [bellerive(), main_tendue()],
        "total": 11,
        "signatory": View(
            name="Claire Vasseur",
            function="cheffe du service d’oncologie",
            side="establishment",
            organization="Centre hospitalier de Bellerive",
        ),
        "nav": nav("conventions"),
    }
    return "signer.html", {**full, **values}


PAGES = {
    "convention": page(),
    "convention-brouillon": page(
        convention=convention(state="draft", sealed_hash=None),
        steps=steps(0),
        view="text",
        clauses=WHOLE,
        changes=None,
        parties=[bellerive(accepted=0), main_tendue(accepted=0, signature=None, has_referent=False)],
        may={"propose", "comment", "invite"},
        comments=[],
    ),
    "convention-negociation": page(
        convention=convention(state="negotiating", sealed_hash=None),
        steps=steps(1),
        terms=TERMS,
        terms_to_accept=2,
        clauses=PENDING,
        to_accept=[View(id="c4", revision=3), View(id="c11", revision=2)],
        parties=[bellerive(accepted=9), main_tendue(accepted=10, signature=None)],
        may=NEGOTIATION,
        last_refusal=View(
            person=odile, at=at("2026-11-21", "10:00"), reason="Le samedi n’est pas encore sûr."
        ),
    ),
    "convention-en-vigueur": page(
        convention=convention(state="active"),
        steps=steps(3),
        view="text",
        clauses=WHOLE,
        promises=BRIEF,
        may={"propose_project"},
        parties=[bellerive(signature=SIGNED_BY_CLAIRE), main_tendue()],
        projects=[View(title="Permanence du mardi", url="#")],
    ),
    "convention-a-trois": page(
        convention=convention(state="partly_signed"),
        parties=[bellerive(), main_tendue(), souffle()],
    ),
    "article": article_page(),
    "article-conflit": article_page(
        conflict=View(author=yanis, at=at("2026-11-23", "09:40"), segments=DAYS, mine=TWO_DAYS),
        valeurs={"text": "Les bénévoles viennent quand ils le souhaitent."},
    ),
    "signer": _sign(),
    "signer-erreur": _sign(
        erreurs={
            "read": "Cochez la case pour dire que vous acceptez le texte.",
            "password": "Ce mot de passe n’est pas le bon. Rien n’est signé.",
        },
        valeurs={"capacity": "Par délégation du directeur"},
    ),
}
