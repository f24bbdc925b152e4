"""The page of the terms, and of an article to add."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.conventions import NEGOTIATION
from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import at, nav, yanis
from tests.web.look.samples.terms_on_table import TERMS


def _page(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(state="negotiating"),
        "terms": TERMS,
        "may": NEGOTIATION,
        "conflict": None,
        "kept": [],
        "renewals": [
            View(value="never", label="Elle s’arrête au dernier jour", hint=None),
            View(value="tacit", label="Elle se renouvelle, sauf si une partie y met fin", hint=None),
            View(value="express", label="Elle se renouvelle si toutes les parties le décident", hint=None),
        ],
        "promisers": [
            View(value="all", label="Toutes les parties"),
            View(value="1", label="Centre hospitalier de Bellerive"),
            View(value="2", label="Main tendue"),
        ],
        "rows": range(3),
        "valeurs": {
            "starts_on": "2027-01-01",
            "ends_on": "2028-12-31",
            "renewal": "tacit",
            "renewal_months": "12",
            "notice_months": "3",
            "meetings_per_year": "4",
            "reviews_per_year": "1",
            "means_text_0": "Une salle le mardi",
            "means_by_0": "1",
            "means_due_0": "2027-02-01",
        },
        "nav": nav("conventions"),
    }
    return "conditions.html", {**full, **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "article-nouveau": (
        "article_nouveau.html",
        {
            "convention": convention(state="negotiating"),
            "may": NEGOTIATION,
            "nav": nav("conventions"),
            "chosen": View(
                title="Assurance",
                text="Chaque partie est assurée en responsabilité civile. Assureur : [à compléter].",
            ),
            "offers": [
                View(
                    title="Confidentialité",
                    use="Protéger les personnes accompagnées, pendant et après.",
                    url="#",
                    chosen=False,
                ),
                View(title="Assurance", use="Savoir qui couvre qui avant un accident.", url="#", chosen=True),
            ],
        },
    ),
    "conditions": _page(),
    "conditions-conflit": _page(
        conflict=View(author=yanis, at=at("2026-11-23", "09:40"), lines=TERMS.lines, mine=TERMS.lines[2:4]),
        erreurs={"ends_on": "La date de fin doit suivre la date de début."},
    ),
}
