"""The models that a convention can start from, and the clauses to add to it."""

from services.projects.conventions.domain.templates import LIBRARY, MODELS
from services.projects.conventions.domain.templates.model import PREAMBLE_TITLE
from shared.contracts.projects.templates import ClauseLibrary, LibraryClauseView, Templates, TemplateView


def list_templates() -> Templates:
    """Every model, with the titles of its clauses."""
    return Templates(
        templates=tuple(
            TemplateView(
                template=model.name,
                title=model.title,
                regime=model.regime,
                clause_titles=(PREAMBLE_TITLE, *(article.title for article in model.articles)),
                required=sum(article.required for article in model.articles),
            )
            for model in MODELS.values()
        )
    )


def list_library_clauses() -> ClauseLibrary:
    """Every clause of the library."""
    return ClauseLibrary(
        clauses=tuple(
            LibraryClauseView(name=it.name, title=it.title, text=it.text, use=it.use) for it in LIBRARY
        )
    )
