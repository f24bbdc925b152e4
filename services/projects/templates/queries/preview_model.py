"""A model of the house, whole, before a convention or a template starts from it."""

from services.projects.conventions.public import MODELS
from shared.contracts.projects.own_templates import ArticleView, ModelPreview, PreviewModel, UsualTerms
from shared.contracts.projects.refusals import TemplateNotFound
from shared.contracts.projects.terms import Renewal


def preview_model(query: PreviewModel) -> ModelPreview:
    """Its articles and its usual terms.

    Raises:
        TemplateNotFound: there is no such model.
    """
    model = MODELS.get(query.template)
    if model is None:
        raise TemplateNotFound
    return ModelPreview(
        template=model.name,
        title=model.title,
        regime=model.regime,
        articles=tuple(
            ArticleView(title=it.title, text=it.text, required=it.required, reason=it.reason)
            for it in model.articles
        ),
        terms=UsualTerms(
            renewal=model.renewal if model.renewal_months else Renewal.NEVER,
            renewal_months=model.renewal_months,
            notice_months=model.notice_months,
            meetings_per_year=model.meetings_per_year,
            reviews_per_year=model.reviews_per_year,
        ),
    )
