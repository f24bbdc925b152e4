"""Templates: the lists, one of them whole, written, shared."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.people import at, claire, nav, yanis

URL = "/modeles/0193595e-6d5a-7c34-a1a5-3c1b8f1d2e40"
MAIN_TENDUE = View(name="Main tendue", side="association")
BELLERIVE = View(name="Centre hospitalier de Bellerive", side="establishment")
FILIERE = View(name="Filière des maladies rares du foie", side="third_party")
LAW = "modèle de l’annexe 11-1 du CSP, pris pour l’article L1112-5"


def item(title: str, **given: object) -> View:
    fields: dict[str, object] = {
        "title": title,
        "url": URL,
        "use": "",
        "regime": "Article L1112-5 du code de la santé publique",
        "articles": 12,
        "required": 11,
        "owner": None,
        "revision": 3,
        "shared": "gardé pour vous",
        "changed_at": at("2026-11-20"),
    }
    return View(**(fields | given))


OWN = [
    item(
        "Permanences d’écoute",
        use="Pour une permanence hebdomadaire dans un service de jour.",
        shared="partagé avec des organisations choisies",
    ),
    item("Ateliers de lecture", articles=1, required=0, revision=1),
]
SHARED = [
    item("Éducation thérapeutique", owner=FILIERE, use="Pour co-construire un programme.", required=0),
    item("Bénévoles en soins palliatifs", owner=MAIN_TENDUE),
]
HOUSE = [
    item("Intervention de bénévoles à l’hôpital", articles=11),
    item("Projets menés ensemble", regime="Droit commun des contrats", articles=10, required=0),
]
ARTICLES = [
    View(
        title="Préparation du personnel",
        text="L’établissement s’engage à préparer son personnel à l’intervention des bénévoles.",
        required=True,
        reason=LAW,
    ),
    View(
        title="Jours et horaires",
        text="La permanence a lieu [à compléter], dans la salle [à compléter].",
        required=False,
        reason="",
    ),
]
TERMS = [
    ("À l’échéance", "Renouvelée pour 12 mois, sauf si une partie y met fin"),
    ("Préavis", "2 mois"),
    ("Réunions", "4 fois par an"),
    ("Bilans croisés", "1 fois par an"),
]


def template(**given: object) -> View:
    fields: dict[str, object] = {
        "id": "1",
        "url": URL,
        "title": "Permanences d’écoute",
        "use": "Pour une permanence hebdomadaire dans un service de jour.",
        "regime": "Article L1112-5 du code de la santé publique",
        "articles": ARTICLES,
        "terms": TERMS,
        "revision": 3,
        "newest": 3,
        "author": yanis,
        "owner": BELLERIVE,
        "is_mine": True,
        "changed_at": at("2026-11-20"),
        "sharing": "named",
        "shared": "partagé avec des organisations choisies",
        "readers": [MAIN_TENDUE, FILIERE],
        "origin": None,
        "convention_url": "/conventions/1",
        "begun": 2,
        "archived_at": None,
        "may": {"draft", "change", "share", "copy", "archive"},
    }
    return View(**(fields | given))


THEIRS = template(
    is_mine=False,
    owner=MAIN_TENDUE,
    author=None,
    readers=[],
    convention_url=None,
    begun=0,
    may={"draft", "copy"},
)
COPIED = template(
    sharing="private",
    shared="gardé pour vous",
    readers=[],
    origin=View(owner=MAIN_TENDUE, revision=2, newer=4, url=URL),
    convention_url=None,
)
VALUES = {
    "title": "Permanences d’écoute",
    "use": "",
    "base": "volunteers_in_hospital",
    "rows": "2",
    "title_0": "Préparation du personnel",
    "text_0": ARTICLES[0].text,
    "rank_0": "1",
    "title_1": "Jours et horaires",
    "text_1": ARTICLES[1].text,
    "rank_1": "2",
    "renewal": "tacit",
    "renewal_months": "12",
    "notice_months": "2",
    "meetings_per_year": "4",
    "reviews_per_year": "1",
}
WRITING: dict[str, object] = {
    "nav": nav("conventions"),
    "modele": None,
    "convention": None,
    "models": [
        View(value="volunteers_in_hospital", label="Intervention de bénévoles à l’hôpital"),
        View(value="partnership", label="Projets menés ensemble"),
    ],
    "regime": "Article L1112-5 du code de la santé publique",
    "rows": [
        View(index=0, required=True, reason=LAW, is_new=False),
        View(index=1, required=False, reason="", is_new=False),
    ],
    "renewals": [
        View(value="never", label="Elle s’arrête au dernier jour", hint=None),
        View(value="tacit", label="Elle se renouvelle, sauf si une partie y met fin", hint=None),
    ],
    "library": [View(value="insurance", label="Assurance")],
    "naming": [],
    "conflict": None,
    "valeurs": VALUES,
}
CHANGING = {
    **WRITING,
    "modele": View(url=URL, title="Permanences d’écoute", newest=4, may_change=True, sharing="named"),
}
SHARING: dict[str, object] = {
    "nav": nav("conventions"),
    "modele": template(),
    "choices": [
        {"value": "private", "label": "Votre organisation seulement", "hint": "Personne d’autre ne le voit."},
        {
            "value": "named",
            "label": "Des organisations que vous choisissez",
            "hint": "Elles lisent la plus récente.",
        },
        {"value": "everyone", "label": "Toutes les organisations d’Entente", "hint": "Chacune peut le lire."},
    ],
    "readers": [
        View(organization_id="1", name="Main tendue", side="association", chosen=True),
        View(
            organization_id="2", name="Filière des maladies rares du foie", side="third_party", chosen=False
        ),
    ],
    "searched": "",
    "found": 0,
    "valeurs": {"sharing": "named"},
}
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "modeles": (
        "modeles.html",
        {"nav": nav("conventions"), "archived": False, "own": OWN, "shared": SHARED, "house": HOUSE},
    ),
    "modeles-debut": (
        "modeles.html",
        {"nav": nav("conventions"), "archived": False, "own": [], "shared": [], "house": HOUSE},
    ),
    "modeles-archives": (
        "modeles.html",
        {"nav": nav("conventions"), "archived": True, "own": OWN[:1], "shared": [], "house": HOUSE},
    ),
    "modeles-sans-archives": (
        "modeles.html",
        {"nav": nav("conventions"), "archived": True, "own": [], "shared": [], "house": HOUSE},
    ),
    "modele": ("modele.html", {"nav": nav("conventions"), "modele": template()}),
    "modele-autre": ("modele.html", {"nav": nav("conventions"), "modele": THEIRS}),
    "modele-copie": ("modele.html", {"nav": nav("conventions"), "modele": COPIED}),
    "modele-ancien": ("modele.html", {"nav": nav("conventions"), "modele": template(revision=2)}),
    "modele-archive": (
        "modele.html",
        {"nav": nav("conventions"), "modele": template(archived_at=at("2026-11-21"), may={"restore"})},
    ),
    "modele_maison": (
        "modele_maison.html",
        {
            "nav": nav("conventions"),
            "model": {
                "name": "volunteers_in_hospital",
                "title": "Intervention de bénévoles à l’hôpital",
                "regime": "Article L1112-5 du code de la santé publique",
                "articles": ARTICLES,
                "terms": TERMS,
            },
        },
    ),
    "modele_versions": (
        "modele_versions.html",
        {
            "nav": nav("conventions"),
            "modele": {"title": "Permanences d’écoute", "url": URL},
            "revisions": [
                View(
                    number=2,
                    title="Permanences d’écoute",
                    articles=12,
                    author=claire,
                    at=at("2026-11-20"),
                    url=URL,
                ),
                View(number=1, title="Écoute", articles=11, author=yanis, at=at("2026-11-02"), url=URL),
            ],
        },
    ),
    "modele_depart": (
        "modele_depart.html",
        {
            "nav": nav("conventions"),
            "starts": View(
                models=[item(it.title, url="/modeles/maison/x", articles=it.articles) for it in HOUSE],
                conventions=[View(title="Écoute en oncologie", url="/modeles/nouveau?convention=1")],
                blank_url="/modeles/nouveau?depart=vide",
            ),
        },
    ),
    "modele_ecrire": ("modele_ecrire.html", {**WRITING, "convention": "1", "naming": ["Jours et horaires"]}),
    "modele_ecrire-erreur": (
        "modele_ecrire.html",
        {**CHANGING, "erreurs": {"text_1": "Remplissez ce champ.", "renewal_months": "Indiquez une durée."}},
    ),
    "modele_ecrire-conflit": (
        "modele_ecrire.html",
        {
            **CHANGING,
            "conflict": View(
                author=yanis,
                at=at("2026-11-22"),
                articles=[
                    View(
                        title="Jours et horaires",
                        segments=[
                            View(kind="same", text="La permanence a lieu "),
                            View(kind="removed", text="le lundi"),
                            View(kind="added", text="le mardi"),
                        ],
                    )
                ],
            ),
        },
    ),
    "modele_partage": ("modele_partage.html", SHARING),
    "modele_partage-reserve": (
        "modele_partage.html",
        {**SHARING, "modele": template(may={"draft", "change", "copy", "archive"})},
    ),
    "modele_partage_verifier": (
        "modele_partage_verifier.html",
        {
            "nav": nav("conventions"),
            "modele": template(),
            "command": View(revision=3, sharing=View(value="named"), organization_ids=["1"]),
            "choice": "Des organisations que vous choisissez",
            "readers": [MAIN_TENDUE],
            "gone": [FILIERE],
        },
    ),
}
