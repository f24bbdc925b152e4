"""The models that a convention can start from."""

from services.projects.conventions.domain.templates import MODELS
from services.projects.conventions.domain.templates.model import PREAMBLE_TITLE
from shared.contracts.projects.queries import Templates, TemplateView


def list_templates() -> Templates:
    """Every model, with the titles of its clauses."""
    return Templates(
        templates=tuple(
            TemplateView(
                template=model.name,
                title=model.title,
                regime=model.regime,
                clause_titles=(PREAMBLE_TITLE, *(article.title for article in model.articles)),
            )
            for model in MODELS.values()
        )
    )
