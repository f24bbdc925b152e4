"""From the directory to the receipt: lists and steps around a convention."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import at, nav

MINE = View(name="Centre hospitalier de Bellerive", side="establishment")
OTHER = View(organization_id="2", name="Main tendue", side="association", city="Bellerive")
TEMPLATES = [
    View(
        value="volunteers_in_hospital",
        label="Bénévoles dans un établissement de santé",
        hint="Article L1112-5 du code de la santé publique. 11 articles, dont 11 que ce cadre demande.",
        url="/modeles/maison/volunteers_in_hospital",
    ),
    View(
        value="0193595e-6d5a-7c34-a1a5-3c1b8f1d2e40:3",
        label="Permanences d’écoute",
        hint="De Main tendue, version 3. 12 articles, dont 11 que ce cadre demande.",
        url="/modeles/0193595e-6d5a-7c34-a1a5-3c1b8f1d2e40",
    ),
]


def _in_conventions(**values: object) -> dict[str, object]:
    return {"nav": nav("conventions"), "convention": convention(), **values}


NEW = {"nav": nav("conventions"), "other": OTHER, "mine": MINE, "templates": TEMPLATES}
SIDES = [
    View(
        organization_id="1",
        organization="Centre hospitalier de Bellerive",
        side="establishment",
        is_mine=True,
        vacant=False,
        stands_in=False,
        missing=False,
        mandates=[
            View(
                id="1",
                name="Yanis Belkacem",
                function="chargé des relations avec les usagers",
                state="accepted",
                is_me=False,
                by_own=True,
                proposed_at=at("2026-11-02"),
                may_delegate=True,
                handing_over=False,
                delegations=[
                    View(
                        id="1",
                        name="Lucie Ferrand",
                        starts_on=date(2026, 12, 21),
                        ends_on=date(2027, 1, 3),
                        may_end=True,
                    )
                ],
                email="yanis.belkacem@bellerive.example",
            ),
            View(
                id="2",
                name="Claire Vasseur",
                function="cheffe du service d’oncologie",
                state="proposed",
                is_me=True,
                by_own=True,
                proposed_at=at("2026-11-20"),
                may_delegate=False,
                handing_over=False,
                delegations=[],
                email="claire.vasseur@bellerive.example",
            ),
        ],
    ),
    View(
        organization_id="2",
        organization="Main tendue",
        side="association",
        is_mine=False,
        vacant=False,
        stands_in=False,
        missing=True,
        mandates=[],
    ),
]
ASKED = View(
    organization_id="2",
    organization="Main tendue",
    side="association",
    is_mine=False,
    vacant=False,
    stands_in=False,
    missing=True,
    mandates=[
        View(
            id="4",
            name="Paul Ferrand",
            function="",
            state="proposed",
            is_me=False,
            by_own=False,
            proposed_at=at("2026-11-20"),
            may_delegate=False,
            handing_over=False,
            delegations=[],
            email=None,
        )
    ],
)
VACANT = View(
    organization_id="2",
    organization="Main tendue",
    side="association",
    is_mine=False,
    vacant=True,
    stands_in=True,
    missing=True,
    mandates=[
        View(
            id="3",
            name="Odile Marchand",
            function="",
            state="ended",
            is_me=False,
            proposed_at=at("2025-11-20"),
            may_delegate=False,
            handing_over=False,
            delegations=[],
            email=None,
        )
    ],
)
REFERENTS = _in_conventions(
    sides=SIDES,
    may={"invite"},
    may_resign=False,
    may_name=True,
    members=[View(person_id="3", name="Lucie Ferrand", function="cadre de santé")],
)
PROBLEMS = [
    View(text="Main tendue n’a pas accepté l’article 4.", url="#", label="Ouvrir l’article 4"),
    View(text="L’article 9 n’est pas complet.", url="#", label="Compléter l’article 9"),
    View(text="Personne ne peut signer pour Main tendue.", url="#", label="Voir les référents"),
]
SEAL = _in_conventions(
    problems=[],
    total=11,
    parties=[MINE, OTHER],
    suggested=date(2026, 12, 15),
    orders=[
        View(
            value="",
            label="Libre",
            hint="Chaque partie signe quand elle veut, la dernière rend la convention active.",
        ),
        View(value="1 2", label="Centre hospitalier de Bellerive, puis Main tendue", hint=None),
        View(value="2 1", label="Main tendue, puis Centre hospitalier de Bellerive", hint=None),
    ],
)
SIGNATURES = [
    View(
        organization="Main tendue",
        side="association",
        is_mine=False,
        person_name="Odile Marchand",
        capacity="présidente",
        signed_at=at("2026-11-20"),
        means="Identité confirmée par mot de passe",
    ),
    View(
        organization="Centre hospitalier de Bellerive",
        side="establishment",
        is_mine=True,
        person_name="Claire Vasseur",
        capacity="par délégation du directeur",
        signed_at=at("2026-11-23", "09:04"),
        means="Identité confirmée par mot de passe",
    ),
]
RECEIPT = _in_conventions(
    convention=convention(state="active", activated_at=at("2026-11-23", "09:04")),
    awaited=[],
    signatures=SIGNATURES,
    just_signed=True,
)


def _happened(who: str, side: str, text: str, time: str, **values: object) -> View:
    return View(
        **{
            "who": who,
            "side": side,
            "text": text,
            "object": None,
            "url": None,
            "detail": None,
            "at": at("2026-11-20", time),
            **values,
        }
    )


DAYS = [
    View(
        date=date(2026, 11, 20),
        entries=[
            _happened(
                "Odile Marchand", "association", "a signé pour Main tendue", "14:32", detail="Présidente."
            ),
            _happened(
                "Yanis Belkacem",
                "establishment",
                "a scellé le texte",
                "11:10",
                detail="À signer avant le 27 novembre.",
            ),
            _happened("Odile Marchand", "association", "a accepté", "10:55", object="l’article 7", url="#"),
        ],
    ),
    View(
        date=date(2026, 11, 1),
        entries=[_happened("Claire Vasseur", "establishment", "a commencé la convention", "09:00")],
    ),
]
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "convention_nouvelle": ("convention_nouvelle.html", dict(NEW)),
    "convention_nouvelle-erreur": (
        "convention_nouvelle.html",
        {
            **NEW,
            "valeurs": {"title": "Écoute", "aim": "", "starts_on": "2027-01-01", "ends_on": "2026-12-31"},
            "erreurs": {
                "aim": "Dites le but en une phrase.",
                "ends_on": "Le dernier jour vient avant le premier.",
                "template": "Choisissez un modèle.",
            },
        },
    ),
    "convention_nouvelle-seule": ("convention_nouvelle.html", {**NEW, "other": None}),
    "convention_verifier": (
        "convention_verifier.html",
        {
            "nav": nav("conventions"),
            "answers": View(
                with_id="2",
                with_name="Main tendue",
                with_side="association",
                title="Écoute en oncologie",
                aim="Douze bénévoles formés tiennent une permanence d’écoute.",
                starts_on=date(2027, 1, 1),
                ends_on=date(2028, 12, 31),
                template="volunteers_in_hospital",
                template_title=TEMPLATES[0].label,
            ),
        },
    ),
    "referents": ("referents.html", REFERENTS),
    "referents-invitation": (
        "referents.html",
        {**REFERENTS, "sides": [SIDES[0], ASKED], "may_resign": False},
    ),
    "referents-vacant": ("referents.html", {**REFERENTS, "sides": [SIDES[0], VACANT], "may_resign": True}),
    "sceller": ("sceller.html", SEAL),
    "sceller-problemes": ("sceller.html", {**SEAL, "problems": PROBLEMS}),
    "recu": ("recu.html", RECEIPT),
    "recu-attente": (
        "recu.html",
        {
            **RECEIPT,
            "signatures": SIGNATURES[:1],
            "awaited": [MINE],
            "just_signed": False,
            "convention": convention(activated_at=None),
        },
    ),
    "refuser": ("refuser.html", _in_conventions(signed_by=["Main tendue"])),
    "historique": ("historique.html", _in_conventions(days=DAYS, next_url="#", private=False)),
}
