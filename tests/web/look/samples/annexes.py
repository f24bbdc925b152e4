"""The annexes of a convention, and one of them."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import at, claire, nav, odile

PLANNING = View(name="Planning des permanences 2027.pdf", size=412_000, sha256="9f86d081884c7d65" * 4)
ARABIC = View(name="مخطط العمل.odt", size=1_430_000, sha256="1b4f0e9851971998" * 4)
KINDS = ".docx,.jpeg,.jpg,.ods,.odt,.pdf,.png,.xlsx"


def annex(number: int, title: str, **given: object) -> View:
    """An annex that both accept, if nothing else is said."""
    usual: dict[str, object] = {
        "id": f"x{number}",
        "number": number,
        "title": title,
        "revision": 2,
        "file": PLANNING,
        "withdrawn": False,
        "author": odile,
        "proposed_at": at("2026-11-19", "10:12"),
        "accepted_by_me": True,
        "accepted_by_other": True,
        "agreed_at": at("2026-11-20", "09:00"),
        "to_accept": False,
        "changed": False,
    }
    return View(**{**usual, **given})


SEVERAL = [
    annex(1, "Planning des permanences"),
    annex(
        2,
        "Charte de la personne hospitalisée",
        file=ARABIC,
        accepted_by_me=False,
        agreed_at=None,
        to_accept=True,
    ),
    annex(3, "Plan du service", file=None, author=claire, accepted_by_other=False, agreed_at=None),
    annex(4, "Ancien règlement", withdrawn=True, accepted_by_me=False, agreed_at=None, to_accept=True),
]


def _page(template: str, **values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(state="negotiating", sealed_hash=None),
        "may": {"propose", "accept", "comment"},
        "accept": KINDS,
        "megabytes": 50,
        "nav": nav("conventions"),
    }
    return template, {**full, **values}


_PAST = [
    View(revision=3, file=PLANNING, withdrawn=True, author=odile, at=at("2026-11-21", "09:30")),
    View(revision=2, file=PLANNING, withdrawn=False, author=claire, at=at("2026-11-19", "10:12")),
    View(revision=1, file=None, withdrawn=False, author=claire, at=at("2026-11-19", "10:10")),
]

PAGES = {
    "annexes": _page("annexes.html", annexes=SEVERAL),
    "annexes-aucune": _page("annexes.html", annexes=[]),
    "annexes-refus": _page(
        "annexes.html",
        annexes=SEVERAL[:1],
        erreurs={"file": "Ce fichier dépasse 50\u00a0Mo. Choisissez-en un plus léger."},
        valeurs={"title": "Plan du service"},
    ),
    "annexe": _page("annexe.html", annex=SEVERAL[1], past=_PAST),
    "annexe-signee": _page(
        "annexe.html", convention=convention(state="partly_signed"), annex=SEVERAL[0], past=_PAST[1:]
    ),
}
