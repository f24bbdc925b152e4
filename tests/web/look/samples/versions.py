"""Versions side by side: of an article, of the terms, of the whole text, and of an article that was taken out."""

from __future__ import annotations

from types import SimpleNamespace as View

from tests.web.look.samples.conventions import NEGOTIATION
from tests.web.look.samples.faces import ASSOCIATION, DAYS, HOSPITAL, added, changed, unchanged
from tests.web.look.samples.facts import convention
from tests.web.look.samples.people import at, nav
from tests.web.look.samples.terms_on_table import TERMS

PARKING = View(rows=[changed([], [added("L’établissement réserve une place.")])], added=4, removed=0)
CHOICES = [
    View(value=3, label="Version 3\N{NO-BREAK SPACE}: Odile Marchand, 16 novembre 2026 à 10 h 05"),
    View(value=2, label="Version 2\N{NO-BREAK SPACE}: Claire Vasseur, 9 novembre 2026 à 14 h"),
    View(value=1, label="Version 1\N{NO-BREAK SPACE}: texte du modèle, 2 novembre 2026 à 9 h"),
]
WHOLE = [
    View(value=41, label="Article 4, par Odile Marchand, 16 novembre 2026 à 10 h 05"),
    View(value=38, label="Conditions, par Claire Vasseur, 14 novembre 2026 à 16 h, votre dernière lecture"),
    View(value=1, label="Premier texte, par Claire Vasseur, 2 novembre 2026 à 9 h"),
]
FILE = View(name="planning-2027.pdf", size=123_456, media_type="application/pdf")


def _article(**values: object) -> tuple[str, dict[str, object]]:
    full = {
        "convention": convention(state="negotiating"),
        "may": NEGOTIATION,
        "article": View(number=4, title="Jours et horaires", url="/article"),
        "withdrawn": None,
        "versions_url": "/versions",
        "choices": CHOICES,
        "before": 1,
        "after": 3,
        "text": DAYS,
        "kept": "",
        "valeurs": {"avant": "1", "apres": "3"},
        "nav": nav("conventions"),
    }
    return "article_versions.html", {**full, **values}


PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "article-versions": _article(),
    "article-retire": _article(
        article=View(number=12, title="Stationnement", url=None),
        withdrawn=View(organization=ASSOCIATION, at=at("2026-11-20", "10:05")),
        choices=CHOICES[2:],
        before=1,
        after=1,
        text=View(rows=[unchanged("L’établissement réserve une place le mardi.")], added=0, removed=0),
        kept="L’établissement réserve deux places, le mardi et le jeudi.",
        erreurs={"_": "Cet article a été retiré."},
        valeurs={},
    ),
    "convention-versions": (
        "versions.html",
        {
            "convention": convention(state="negotiating"),
            "versions_url": "/versions",
            "choices": WHOLE,
            "valeurs": {"avant": "1", "apres": "41"},
            "changed": 2,
            "unchanged": 10,
            "terms": [line for line in TERMS.lines if line.before is not None],
            "terms_url": "/conditions",
            "annexes": [
                View(
                    number=1,
                    title="Planning",
                    before=None,
                    after=FILE,
                    withdrawn=False,
                    by=HOSPITAL,
                    url="#1",
                ),
                View(
                    number=2,
                    title="Charte",
                    before=FILE,
                    after=None,
                    withdrawn=True,
                    by=ASSOCIATION,
                    url="#2",
                ),
            ],
            "articles": [
                View(
                    number=4,
                    title="Jours et horaires",
                    state="changed",
                    by=[HOSPITAL, ASSOCIATION],
                    text=DAYS,
                    url="#4",
                ),
                View(
                    number=12, title="Stationnement", state="added", by=[ASSOCIATION], text=PARKING, url="#12"
                ),
            ],
            "next_url": "/versions?suite=20",
            "previous_url": None,
            "nav": nav("conventions"),
        },
    ),
    "conditions-versions": (
        "conditions_versions.html",
        {
            "convention": convention(state="negotiating"),
            "versions_url": "/versions",
            "choices": CHOICES,
            "valeurs": {"avant": "1", "apres": "3"},
            "before": 1,
            "after": 3,
            "side": "association",
            "lines": TERMS.lines,
            "nav": nav("conventions"),
        },
    ),
}
