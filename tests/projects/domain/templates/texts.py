"""Texts of templates, for tests of the rules and of the service."""

from typing import Any

from services.projects.conventions.domain.templates import MODELS
from services.projects.templates.domain import Regime
from shared.contracts.projects.own_templates import TemplateArticle, TemplateText, UsualTerms
from shared.contracts.projects.terms import Renewal

LAW = Regime(
    "volunteers_in_hospital",
    tuple(it.title for it in MODELS["volunteers_in_hospital"].articles if it.required),
)
FREE = Regime("partnership", ())


def text(**given: Any) -> TemplateText:
    """A text that no law frames."""
    fields: dict[str, Any] = {
        "title": "Permanences d'écoute",
        "use": "Pour une permanence hebdomadaire.",
        "base": "partnership",
        "articles": (
            TemplateArticle(title="Objet", text="Une permanence, le mardi."),
            TemplateArticle(title="Moyens", text="Une salle : [à compléter]."),
        ),
        "terms": UsualTerms(renewal=Renewal.EXPRESS, renewal_months=12, notice_months=3, meetings_per_year=4),
    }
    return TemplateText(**(fields | given))


def legal(**given: Any) -> TemplateText:
    """A text that answers to article L1112-5, with an article of one's own at the end."""
    articles = [
        TemplateArticle(title=it.title, text=it.text) for it in MODELS["volunteers_in_hospital"].articles
    ]
    articles.append(TemplateArticle(title="Stationnement", text="Une place est réservée le mardi."))
    return text(**({"base": "volunteers_in_hospital", "articles": tuple(articles)} | given))
