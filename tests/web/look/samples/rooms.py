"""Rooms: messages, tasks, what was found."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace as View

from tests.web.look.samples.people import CONVENTION, TODAY, at, claire, nav, odile, yanis

URL = f"/conventions/{CONVENTION}/salles"
ABOUT = {"id": CONVENTION, "title": "Écoute en oncologie"}
SHARED = View(
    kind="shared",
    name="Salle commune",
    url=f"{URL}/commune",
    version=7,
    may_write=True,
    observes=False,
    files=2,
    convention=ABOUT,
)
PRIVATE = View(
    kind="private",
    name="Salle privée",
    url=f"{URL}/privee",
    version=4,
    may_write=True,
    observes=False,
    files=0,
    convention=ABOUT,
)
DOERS = [
    {"value": "personne", "label": "Personne en particulier"},
    {"value": "1:2", "label": "Claire Vasseur (vous)"},
    {"value": "1:", "label": "Centre hospitalier de Bellerive"},
    {"value": "3:", "label": "Main tendue"},
]


def tabs(current: str, unread: int = 2) -> list[View]:
    return [
        View(
            name="Salle commune",
            url=f"{URL}/commune",
            unread=unread,
            open_tasks=2,
            current=current == "commune",
        ),
        View(name="Salle privée", url=f"{URL}/privee", unread=0, open_tasks=1, current=current == "privee"),
    ]


def task(title: str, doer: View | None, due: int | None, done: bool = False) -> View:
    return View(
        id=title,
        title=title,
        url=f"{URL}/commune/taches/1",
        doer=doer,
        due_on=TODAY + timedelta(days=due) if due is not None else None,
        late=due is not None and due < 0 and not done,
        done_at=at(TODAY) if done else None,
        done_by=odile if done else None,
    )


CLAIRE = View(name="Claire Vasseur", organization=claire.organization, side=claire.side, is_me=True)
ASSOCIATION = View(name="Main tendue", organization="Main tendue", side="association", is_me=False)
TASKS = [
    task("Réserver la salle de réunion du deuxième étage", CLAIRE, -2),
    task("Envoyer la liste des douze bénévoles", ASSOCIATION, 6),
    task("Relire la plaquette", None, None),
]
MESSAGES = [
    View(
        author=odile,
        at=at(TODAY, "09:12"),
        text="Bonjour Claire,\nnos bénévoles peuvent venir le mardi ou le jeudi. Que préférez-vous ?",
        is_new=True,
    ),
    View(author=yanis, at=at(TODAY - timedelta(days=1)), text="La salle est libre le jeudi.", is_new=True),
    View(
        author=claire,
        at=at(TODAY - timedelta(days=9)),
        text="Bienvenue dans notre salle commune.",
        is_new=False,
    ),
]
FILES = [
    View(
        url=f"{URL}/commune/fichiers/1",
        file=View(name="Affiche de la journée des bénévoles.pdf", size=1_240_000, sha256="ab" * 32),
        author=odile,
        at=at(TODAY, "09:20"),
        is_new=True,
        may_remove=False,
    ),
    View(
        url=f"{URL}/commune/fichiers/2",
        file=View(name="planning-janvier.ods", size=48_000, sha256="cd" * 32),
        author=claire,
        at=at(TODAY - timedelta(days=2)),
        is_new=False,
        may_remove=True,
    ),
]
READERS = [
    View(name="Centre hospitalier de Bellerive", side="establishment", is_mine=True, observes=False),
    View(name="Main tendue", side="association", is_mine=False, observes=False),
]
FUNDER = View(name="Agence régionale de santé", side="third_party", is_mine=True, observes=True)


def _room(room: View, **given: object) -> dict[str, object]:
    return {
        "nav": nav("conventions"),
        "room": room,
        "tabs": tabs("privee" if room is PRIVATE else "commune"),
        "readers": READERS[:1] if room is PRIVATE else READERS,
        "messages": MESSAGES,
        "tasks": TASKS,
        "files": [] if room is PRIVATE else FILES,
        "doers": DOERS,
        "nobody": "personne",
        "next_url": "#",
        **given,
    }


def _files(room: View, **given: object) -> dict[str, object]:
    return {
        "nav": nav("conventions"),
        "room": room,
        "files": FILES,
        "count": 2,
        "accept": ".docx,.pdf",
        "megabytes": 50,
        "next_url": "#",
        **given,
    }


def _task(it: View, **given: object) -> dict[str, object]:
    return {
        "nav": nav("conventions"),
        "room": SHARED,
        "task": it,
        "revision": 2,
        "added_at": at(TODAY - timedelta(days=4)),
        "added_by": odile,
        "doers": DOERS,
        "given": "1:2",
        **given,
    }


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "salle-commune": ("salle.html", _room(SHARED)),
    "salle-privee": ("salle.html", _room(PRIVATE, messages=MESSAGES[1:], next_url=None)),
    "salle-vide": (
        "salle.html",
        _room(PRIVATE, messages=[], tasks=[], next_url=None, tabs=tabs("privee", unread=0)),
    ),
    "salle-lecture": (
        "salle.html",
        _room(
            View(**{**vars(SHARED), "may_write": False, "observes": True}),
            tabs=tabs("commune")[:1],
            readers=[*READERS, FUNDER],
            doers=[],
        ),
    ),
    "salle-erreur": (
        "salle.html",
        _room(
            SHARED,
            erreurs={
                "text": "Remplissez ce champ.",
                "doer": "Choisissez une personne de votre organisation.",
            },
            valeurs={"text": "", "title": "Réserver", "doer": "3:"},
        ),
    ),
    "fichiers": ("fichiers.html", _files(SHARED)),
    "fichiers-vide": ("fichiers.html", _files(PRIVATE, files=[], count=0, next_url=None)),
    "fichiers-erreur": (
        "fichiers.html",
        _files(SHARED, erreurs={"file": "Ce fichier est vide. Choisissez-en un autre."}),
    ),
    "fichier-retirer": (
        "fichier_retirer.html",
        {"nav": nav("conventions"), "room": SHARED, "file": FILES[1]},
    ),
    "tache": ("tache.html", _task(TASKS[0])),
    "tache-faite": ("tache.html", _task(task("Imprimer les badges", ASSOCIATION, -1, done=True))),
    "tache-erreur": (
        "tache.html",
        _task(
            TASKS[0],
            erreurs={"_": "Quelqu’un a modifié la tâche. Relisez-la ci-dessous, puis envoyez de nouveau."},
            valeurs={"title": "Réserver la petite salle", "doer": "1:", "due_on": "2026-12-01"},
        ),
    ),
    "taches-faites": (
        "taches_faites.html",
        {
            "nav": nav("conventions"),
            "room": SHARED,
            "tasks": [task("Imprimer les badges", ASSOCIATION, None, done=True)],
            "next_url": "#",
        },
    ),
    "taches-faites-vide": (
        "taches_faites.html",
        {"nav": nav("conventions"), "room": PRIVATE, "tasks": [], "next_url": None},
    ),
    "salles-recherche": (
        "salles_recherche.html",
        {
            "nav": nav("conventions"),
            "convention": ABOUT,
            "tabs": tabs(""),
            "observes": False,
            "asked": True,
            "valeurs": {"texte": "bénévoles"},
            "found": [
                View(
                    kind="message",
                    room="Salle commune",
                    url=f"{URL}/commune",
                    text=MESSAGES[0].text,
                    author=odile,
                    at=MESSAGES[0].at,
                ),
                View(
                    kind="task",
                    room="Salle privée",
                    url=f"{URL}/privee/taches/1",
                    text="Accueillir les bénévoles",
                    author=claire,
                    at=at(TODAY - timedelta(days=3)),
                ),
                View(
                    kind="file",
                    room="Salle commune",
                    url=FILES[0].url,
                    text=FILES[0].file.name,
                    author=odile,
                    at=FILES[0].at,
                ),
            ],
        },
    ),
    "salles-recherche-vide": (
        "salles_recherche.html",
        {
            "nav": nav("conventions"),
            "convention": ABOUT,
            "tabs": tabs(""),
            "observes": True,
            "asked": True,
            "valeurs": {"texte": "zèbre"},
            "found": [],
        },
    ),
}
