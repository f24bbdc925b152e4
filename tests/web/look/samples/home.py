"""Accueil, full and empty and half broken."""

from __future__ import annotations

from datetime import date, time
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, TODAY, at, nav

TASKS = [
    View(
        title="Signer la convention « Écoute en oncologie »",
        url=f"/conventions/{CONVENTION}/signer",
        why="Main tendue a signé mardi. Il ne manque que votre signature.",
        why_side="association",
        due=date(2026, 11, 20),
        urgent=True,
        late=True,
        minutes=3,
        action="Relire et signer",
    ),
    View(
        title="Compléter l’indicateur « Heures de présence » d’octobre",
        url="#",
        why_side="establishment",
        why="Le relevé d’octobre n’est pas encore saisi.",
        due=date(2026, 11, 30),
        urgent=False,
        late=False,
        minutes=4,
        action="Saisir le relevé",
    ),
    View(
        title="Répondre à une proposition sur « Lecture en pédiatrie »",
        url="#",
        why_side="association",
        why="Les Passeurs de mots proposent un nouvel article 4.",
        due=date(2026, 12, 4),
        urgent=False,
        late=False,
        minutes=5,
        action="Lire et répondre",
    ),
    View(
        title="Accepter d’être référente de « Guide du retour à domicile »",
        url="#",
        why_side="establishment",
        why="Le directeur vous a désignée.",
        due=None,
        urgent=False,
        late=False,
        minutes=1,
        action="Répondre",
    ),
]
DECISIONS = [
    View(
        title="Dire si la convention « Lecture en pédiatrie » continue",
        url="#",
        why="Elle arrive à son terme. Elle continue si chaque partie, Les Passeurs de mots aussi, le dit.",
        why_side="association",
        due=date(2026, 11, 28),
        urgent=True,
        late=False,
        minutes=3,
        action="Lire et répondre",
    ),
    View(
        title="Clore la convention « Visites à domicile »",
        url="#",
        why="Elle a pris fin. Votre organisation a encore 5 derniers pas à faire.",
        why_side="association",
        due=None,
        urgent=False,
        late=False,
        minutes=None,
        action="Voir ce qu’il reste à faire",
    ),
    View(
        title="Dire oui ou non à 1 organisation de plus pour « Écoute en oncologie »",
        url="#",
        why="Main tendue le propose. Il faut l’accord de chaque partie.",
        why_side="association",
        due=None,
        urgent=False,
        late=False,
        minutes=2,
        action="Lire et répondre",
    ),
]
WAITING = [
    View(
        who="Main tendue",
        side="association",
        text="doit accepter l’indicateur « Heures de présence »",
        reminder=date(2026, 11, 26),
    ),
    View(
        who="Les Passeurs de mots",
        side="association",
        text="doit nommer son référent",
        reminder=date(2026, 12, 1),
    ),
]
DATES = [
    View(
        date=date(2026, 11, 24),
        from_time=time(14),
        to_time=time(15),
        title="Point mensuel avec Main tendue",
        url="#",
        detail="salle Camus ou en visio",
    ),
    View(
        date=date(2026, 11, 27),
        from_time=None,
        to_time=None,
        title="Fin du délai de signature",
        url="#",
        detail="Écoute en oncologie",
    ),
    View(
        date=date(2026, 12, 8),
        from_time=None,
        to_time=None,
        title="Jalon : douze bénévoles formés",
        url="#",
        detail="Lecture en pédiatrie",
    ),
]
NEWS = [
    View(
        who="Odile Marchand",
        side="association",
        text="a signé",
        object="Écoute en oncologie",
        url="#",
        detail=None,
        at=at("2026-11-20"),
    ),
    View(
        who="Yanis Belkacem",
        side="establishment",
        text="a commenté l’article 7 de",
        object="Lecture en pédiatrie",
        url="#",
        detail=None,
        at=at("2026-11-20", "10:05"),
    ),
    View(
        who="Service d’oncologie",
        side="establishment",
        text="a atteint le jalon",
        object="Formation des 12 bénévoles",
        url="#",
        detail=None,
        at=at("2026-11-12"),
    ),
]


def _page(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "today": TODAY,
        "first_name": "Claire",
        "tasks": TASKS,
        "waiting": WAITING,
        "dates": DATES,
        "news": NEWS,
        "can_start": True,
        "nav": nav("accueil"),
        "live_url": "/evenements",
    }
    return "accueil.html", {**full, **values}


PAGES = {
    "accueil": _page(),
    "accueil-decisions": _page(tasks=DECISIONS),
    "accueil-vide": _page(tasks=[], waiting=[]),
    "accueil-premier-jour": _page(
        tasks=[],
        waiting=[],
        dates=[],
        news=[],
        live_url=None,
        flash=View(text="Bienvenue. Votre compte est prêt.", url=None, label=None, refused=False),
    ),
    "accueil-refus": _page(
        waiting=[],
        flash=View(
            text="Cet acte revient aux référents de la convention.", url=None, label=None, refused=True
        ),
    ),
    "accueil-panne": _page(
        tasks=None, dates=None, nav=View(current="accueil", conventions_awaiting=None, unread=None)
    ),
}
