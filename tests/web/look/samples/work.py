"""Projects, milestones, indicators and their measures."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, INDICATOR, PROJECT, TODAY, at, nav

UNDER = View(
    id=CONVENTION,
    title="Écoute en oncologie",
    starts_on=date(2026, 1, 1),
    ends_on=date(2027, 12, 31),
    state="active",
)
FRAMED = View(
    id=PROJECT,
    version=3,
    title="Permanence du mardi",
    state="framed",
    convention=UNDER,
    aim="Une bénévole formée écoute les patients et leurs proches, chaque mardi après-midi.",
)
RUNNING = View(**{**vars(FRAMED), "state": "running"})
COLLEAGUES = [
    View(person_id="1", name="Claire Vasseur", function="cheffe du service d’oncologie", is_me=True),
    View(person_id="2", name="Yanis Belkacem", function="chargé des relations", is_me=False),
]


def leads(mine: str | None, other: str | None) -> list[View]:
    return [
        View(side="establishment", organization="Centre hospitalier de Bellerive", is_mine=True, name=mine),
        View(side="association", organization="Main tendue", is_mine=False, name=other),
    ]


def milestone(
    number: int, title: str, due_on: date, reached_on: date | None = None, *, late: bool = False
) -> View:
    return View(id=f"m{number}", title=title, due_on=due_on, reached_on=reached_on, late=late)


MILESTONES = [
    milestone(1, "Formation des 12 bénévoles", date(2026, 11, 15), date(2026, 11, 12)),
    milestone(2, "Ouverture de la permanence", date(2026, 12, 1)),
    milestone(3, "Premier point avec l’équipe soignante", date(2027, 2, 2)),
]


def measure(number: int, on: date, numerator: int, denominator: int | None, **values: object) -> View:
    full = {
        "organization": "Main tendue",
        "side": "association",
        "recorded_at": at(on, f"1{number}:00"),
        "corrected": False,
        "reason": "",
    }
    return View(
        id=f"v{number}", measured_on=on, numerator=numerator, denominator=denominator, **{**full, **values}
    )


def indicator(**values: object) -> View:
    full = {
        "id": INDICATOR,
        "version": 4,
        "title": "Compréhension de la brochure",
        "state": "agreed",
        "target": 80,
        "numerator": "Lecteurs qui ont compris",
        "denominator": "Lecteurs interrogés",
        "awaits_me": False,
        "source": "Test de lecture mené par Main tendue",
        "project": View(id=PROJECT, title="Permanence du mardi"),
        "measures": [
            measure(1, date(2026, 8, 31), 21, 40),
            measure(2, date(2026, 9, 30), 29, 45, corrected=True),
            measure(3, date(2026, 9, 30), 31, 45, reason="deux réponses oubliées"),
            measure(4, date(2026, 10, 31), 42, 50),
        ],
    }
    return View(**{**full, **values})


HOURS = indicator(
    id="i2",
    title="Heures de présence",
    numerator="Heures de présence des bénévoles",
    denominator=None,
    target=None,
    source="Cahier de permanence",
    measures=[measure(1, date(2026, 9, 30), 1180, None), measure(2, date(2026, 10, 31), 1264, None)],
)
PROPOSED = indicator(
    id="i3",
    title="Bénévoles présents après un an",
    state="proposed",
    measures=[],
    awaits_me=True,
    target=None,
)
SINGLE = indicator(
    id="i4", title="Retours de questionnaires", measures=[measure(1, date(2026, 10, 31), 18, 60)]
)
BOTH = [
    View(side="establishment", organization="Centre hospitalier de Bellerive", is_mine=True, accepted=True),
    View(side="association", organization="Main tendue", is_mine=False, accepted=True),
]


def _project(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "nav": nav("projets"),
        "today": TODAY,
        "project": RUNNING,
        "may": {"name_lead", "plan", "propose_indicator"},
        "leads": leads("Claire Vasseur", "Odile Marchand"),
        "colleagues": COLLEAGUES,
        "milestones": MILESTONES,
        "indicators": [indicator(), PROPOSED],
    }
    return "projet.html", {**full, **values}


def _indicator(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "nav": nav("indicateurs"),
        "today": TODAY,
        "indicator": indicator(),
        "project": View(id=PROJECT, title="Permanence du mardi"),
        "parties": BOTH,
        "may": {"measure"},
        "correcting": None,
    }
    return "indicateur.html", {**full, **values}


def _line(**values: object) -> View:
    full = {
        "id": PROJECT,
        "title": "Permanence du mardi",
        "state": "running",
        "convention_title": "Écoute en oncologie",
        "others": [View(name="Main tendue", side="association")],
        "next_milestone": View(title="Ouverture de la permanence", due_on=date(2026, 12, 1), late=False),
    }
    return View(**{**full, **values})


STARTABLE = [View(convention_id=CONVENTION, title="Écoute en oncologie")]
PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "projets": (
        "projets.html",
        {
            "nav": nav("projets"),
            "startable": STARTABLE,
            "projects": [
                _line(),
                _line(id="2", title="Guide du retour à domicile", state="framed", next_milestone=None),
            ],
        },
    ),
    "projets-vide": ("projets.html", {"nav": nav("projets"), "startable": STARTABLE, "projects": []}),
    "projet_nouveau": (
        "projet_nouveau.html",
        {"nav": nav("projets"), "convention": UNDER, "colleagues": COLLEAGUES},
    ),
    "projet_nouveau-refus": (
        "projet_nouveau.html",
        {
            "nav": nav("projets"),
            "convention": View(**{**vars(UNDER), "state": "ready"}),
            "colleagues": COLLEAGUES,
        },
    ),
    "projet": _project(),
    "projet-a-demarrer": _project(project=FRAMED, may={"name_lead", "start"}, milestones=[], indicators=[]),
    "projet-a-nommer": _project(
        project=FRAMED, may={"name_lead"}, milestones=[], indicators=[], leads=leads(None, "Odile Marchand")
    ),
    "projet-en-retard": _project(
        milestones=[milestone(2, "Ouverture de la permanence", date(2026, 11, 10), late=True)],
        indicators=[SINGLE],
        erreurs={"due_on-m2": "La date est hors de la convention."},
        valeurs={"due_on-m2": "2031-01-01"},
    ),
    "indicateurs": (
        "indicateurs.html",
        {"nav": nav("indicateurs"), "indicators": [indicator(), HOURS, PROPOSED]},
    ),
    "indicateurs-vide": ("indicateurs.html", {"nav": nav("indicateurs"), "indicators": []}),
    "indicateur": _indicator(),
    "indicateur-correction": _indicator(correcting=indicator().measures[-1]),
    "indicateur-propose": _indicator(
        indicator=PROPOSED,
        may={"accept_indicator"},
        parties=[BOTH[1], View(**{**vars(BOTH[0]), "accepted": False})],
    ),
    "indicateur_nouveau": (
        "indicateur_nouveau.html",
        {"nav": nav("indicateurs"), "project": View(id=PROJECT, title="Permanence du mardi")},
    ),
}
