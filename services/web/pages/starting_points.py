"""What a convention can start from: models of the house, templates of mine, templates that others share with mine."""

import asyncio
from dataclasses import dataclass
from typing import Any

from services.web.pages.forms import Form
from services.web.pages.names import names_of
from services.web.pages.templates_view import model_url, template_url
from services.web.visits import Visit
from services.web.wording.dates import pluriel
from shared.contracts.projects.commands import DraftConvention
from shared.contracts.projects.own_templates import DraftFromTemplate, ListOrganizationTemplates, TemplateLine
from shared.contracts.projects.queries import ListTemplates
from shared.contracts.projects.templates import TemplateView


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A model or a template to choose. A template's value says which revision was read, as `<id>:<revision>`."""

    value: str
    label: str
    hint: str
    url: str
    """Where it is read before it is chosen."""


async def starting_points(visit: Visit) -> list[StartingPoint]:
    """My organisation's own first, then the house's, then those of others; the templates left out while they do not come."""
    gateway, actor = visit.web.gateway, visit.actor
    house, found = await asyncio.gather(
        gateway.ask(ListTemplates(), actor), gateway.ask_if_there(ListOrganizationTemplates(), actor)
    )
    own, shared = (found.own, found.shared) if found else ((), ())
    names = await names_of(visit, organizations=(it.organization_id for it in shared))
    return [
        *(_template(it, "De votre organisation") for it in own),
        *(_model(it) for it in house.templates),
        *(_template(it, f"Partagé par {names.organization(it.organization_id)}") for it in shared),
    ]


def draft_command(form: Form, **fields: Any) -> DraftConvention | DraftFromTemplate | None:
    """The order to begin a convention from what was chosen, with every problem noted in the form."""
    chosen = form.text("template")
    template_id, colon, revision = chosen.partition(":")
    if not colon:
        return form.build(DraftConvention, template=chosen, **fields)
    named = {"template_id": "template", "revision": "template"}
    return form.build(DraftFromTemplate, named, template_id=template_id, revision=revision, **fields)


def _model(it: TemplateView) -> StartingPoint:
    articles = (
        _articles(len(it.clause_titles) - 1, it.required)
        if it.required
        else (f"{pluriel(len(it.clause_titles) - 1, 'article', 'articles')}, tous à votre main")
    )
    return StartingPoint(it.template, it.title, f"{it.regime}. {articles}.", model_url(it.template))


def _template(it: TemplateLine, whose: str) -> StartingPoint:
    hint = f"{whose}, version {it.revision}. {_articles(it.articles, it.required)}."
    return StartingPoint(f"{it.template_id}:{it.revision}", it.title, hint, template_url(it.template_id))


def _articles(count: int, required: int) -> str:
    said = pluriel(count, "article", "articles")
    return f"{said}, dont {required} que ce cadre demande" if required else said
