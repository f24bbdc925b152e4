"""The inbox and the directory."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as View

from tests.web.look.samples.people import at, nav


def _notice(**values: object) -> View:
    full = {
        "id": "1",
        "text": None,
        "side": "association",
        "at": at("2026-11-20"),
        "read": False,
        "due": None,
        "urgent": False,
        "action": None,
        "url": "#",
        "delivery": "Courriel envoyé",
    }
    return View(**{**full, **values})


NOTICES = [
    _notice(
        title="Votre signature est attendue : « Écoute en oncologie »",
        text="Main tendue a signé.",
        due=date(2026, 11, 27),
        urgent=True,
        action="Relire et signer",
    ),
    _notice(
        title="2 articles attendent votre accord : « Lecture en pédiatrie »",
        action="Lire et répondre",
        read=True,
        at=at("2026-11-18", "09:20"),
        text="Les Passeurs de mots ont proposé un texte.",
    ),
]
NEWS = [
    _notice(title="Le jalon « Formation des 12 bénévoles » est atteint", at=at("2026-11-12")),
    _notice(title="Main tendue a commenté l’article 7", read=True, at=at("2026-11-10"), delivery=None),
]


def _inbox(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "nav": nav("boite"),
        "drawer": "to_do",
        "counts": View(to_do=2, to_read=1),
        "notices": NOTICES,
        "next_url": None,
        "live_url": "/evenements",
    }
    return "boite.html", {**full, **values}


ORGANIZATIONS = [
    View(
        organization_id="1",
        name="Centre hospitalier de Bellerive",
        side="establishment",
        kind="Centre hospitalier",
        city="Bellerive",
        postal_code="03700",
        has_members=True,
    ),
    View(
        organization_id="2",
        name="Main tendue",
        side="association",
        kind="",
        city="Vichy",
        postal_code="03200",
        has_members=False,
    ),
    View(
        organization_id="3",
        name="Institut régional du cancer, site de Bellerive-sur-Allier",
        side="establishment",
        kind="Centre de lutte contre le cancer",
        city="Bellerive-sur-Allier",
        postal_code="03700",
        has_members=False,
    ),
]


def _directory(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "nav": nav("annuaire"),
        "q": "bellerive",
        "side": "",
        "results": ORGANIZATIONS,
        "total": 43,
        "previous_url": None,
        "next_url": "/annuaire?q=bellerive&page=2",
    }
    return "annuaire.html", {**full, **values}


def _organization(**values: object) -> tuple[str, dict[str, object]]:
    facts = View(
        organization_id="2",
        name="Main tendue",
        side="association",
        kind="Association d’usagers agréée",
        purpose="Écouter et accompagner les personnes touchées par un cancer et leurs proches.",
        finess=None,
        siren="812345675",
        rna="W031001234",
        street="12 rue des Tilleuls",
        postal_code="03200",
        city="Vichy",
        has_members=False,
    )
    full = {
        "nav": nav("annuaire"),
        "organization": facts,
        "may_propose": True,
        "conventions": [View(title="Écoute en oncologie", url="#", state="partly_signed")],
    }
    return "organisation.html", {**full, **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "boite": _inbox(),
    "boite-a-lire": _inbox(drawer="to_read", notices=NEWS, next_url="/boite?tiroir=a-lire&avant=1"),
    "boite-vide": _inbox(drawer="to_read", notices=[], counts=View(to_do=0, to_read=0)),
    "annuaire": _directory(),
    "annuaire-vide": _directory(q="xylophone", results=[], total=0, next_url=None),
    "organisation": _organization(),
}
