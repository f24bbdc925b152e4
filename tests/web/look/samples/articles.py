"""Articles of a convention: as they stand, with changes, awaiting acceptance."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.people import at, claire, odile


def part(kind: str, text: str) -> View:
    return View(kind=kind, text=text)


def clause(number: int, title: str, segments: list[View], author: View | None, **values: object) -> View:
    full = {
        "id": f"c{number}",
        "revision": 3,
        "modified": True,
        "proposed_at": at("2026-11-16"),
        "reason": "",
        "accepted_by_me": True,
        "accepted_by_other": True,
        "agreed_at": at("2026-11-17"),
        "comments": 0,
    }
    named = {
        "number": number,
        "title": title,
        "may_withdraw": False,
        "withdrawn": False,
        "is_new": False,
        "side": author.side if author else "third_party",
    }
    return View(segments=segments, author=author, **{**named, **full, **values})


DAYS = [
    part("same", "Les bénévoles interviennent dans le service d’oncologie "),
    part("removed", "les mardis et jeudis"),
    part("same", " "),
    part("added", "les mardis, jeudis et samedis"),
    part("same", ", de 14 h à 18 h, après accord du cadre de santé présent."),
]
TRAINING = [
    part("same", "Chaque bénévole suit une formation à l’hygiène et à l’écoute de "),
    part("removed", "quatre"),
    part("same", " "),
    part("added", "six"),
    part("same", " heures avant sa première visite"),
    part("added", ", prise en charge par l’établissement"),
    part("same", ". Un badge nominatif lui est remis."),
]
REVIEW = [
    part(
        "added",
        "Les deux parties se réunissent chaque année en novembre pour relire ensemble les indicateurs.",
    )
]
CLAUSES = [
    clause(4, "Jours et horaires", DAYS, odile, comments=2),
    clause(7, "Formation et accueil", TRAINING, claire),
    clause(11, "Bilan annuel", REVIEW, odile),
]
PENDING = [
    clause(4, "Jours et horaires", DAYS, odile, accepted_by_me=False, agreed_at=None, comments=2),
    clause(7, "Formation et accueil", TRAINING, claire, accepted_by_other=False, agreed_at=None),
    clause(11, "Bilan annuel", REVIEW, odile, accepted_by_me=False, agreed_at=None),
]
TO_GO = clause(
    12,
    "Stationnement",
    [part("removed", "Une place de stationnement est réservée aux bénévoles, le temps de leur permanence.")],
    odile,
    withdrawn=True,
    accepted_by_me=False,
    agreed_at=None,
)
WHOLE = [
    clause(
        1,
        "Objet",
        [
            part(
                "same",
                "La présente convention fixe le cadre de l’intervention auprès des patients.",
            )
        ],
        None,
        modified=False,
        reason="article L1112-5",
    ),
    clause(
        2,
        "Engagements de l’association",
        [
            part(
                "same",
                "L’association s’engage :\n– à choisir et à former ses "
                "bénévoles ;\n– à respecter la charte de l’établissement ;\n– à garder le secret de ce qu’ils "
                "apprennent.",
            )
        ],
        None,
        modified=False,
    ),
    *CLAUSES,
]
