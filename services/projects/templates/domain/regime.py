"""What a template's text has to hold, whoever writes it."""

from dataclasses import dataclass

from shared.contracts.projects.own_templates import RequiredArticlesMissing, TemplateText, TemplateTooLong
from shared.contracts.projects.refusals import RenewalUnclear
from shared.contracts.projects.terms import Renewal

MOST_CHARACTERS = 200_000
"""Sixty pages: a text that long still fits in one form and one message."""


@dataclass(frozen=True, slots=True)
class Regime:
    """A legal regime, by the model that answers to it."""

    base: str
    required: tuple[str, ...]
    """Titles of the articles that it asks for. Their words can be adapted; under another title nobody would find them."""

    def check(self, text: TemplateText) -> None:
        """Pass if the text answers to the regime and holds together.

        Raises:
            RequiredArticlesMissing, TemplateTooLong, RenewalUnclear: it does not.
        """
        titles = {it.title for it in text.articles}
        if missing := [it for it in self.required if it not in titles]:
            raise RequiredArticlesMissing(titles=missing)
        if sum(len(it.text) for it in text.articles) > MOST_CHARACTERS:
            raise TemplateTooLong(most=MOST_CHARACTERS)
        if (text.terms.renewal is Renewal.NEVER) != (text.terms.renewal_months is None):
            raise RenewalUnclear
