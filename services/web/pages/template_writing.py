"""Write a template: a new one, from a model, a convention or nothing; or another text for one that exists."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import Person, names_of
from services.web.pages.template_form import (
    Filling,
    add_rows,
    missing_articles,
    rows_of,
    rows_shown,
    text_in,
)
from services.web.pages.template_starts import starts_of
from services.web.pages.templates_view import MODELS_URL, template_url
from services.web.visits import Visit
from services.web.wording.terms import RENEWALS
from shared.contracts.identifiers import TemplateId
from shared.contracts.projects.own_templates import (
    ChangeTemplate,
    GetTemplate,
    MakeTemplate,
    ModelPreview,
    PreviewModel,
    TemplateAct,
    TemplateDetail,
)
from shared.contracts.projects.queries import ListLibraryClauses, ListTemplates
from shared.contracts.projects.refusals import TemplateNotFound
from shared.texts.differences import Segment, differences

_NEW = f"{MODELS_URL}/nouveau"
_CHANGE = f"{MODELS_URL}/{{template_id:uuid}}/modifier"
_AT_FIELDS = {"renewal_unclear": "renewal_months", "template_not_found": "base"}


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that somebody changed while I was writing."""

    title: str
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who changed the template while I was writing, and what."""

    author: Person
    at: datetime
    articles: list[Changed]


@get(_NEW)
async def show_new_template(request: Visit) -> Page:
    """Choose what to start from; then the form, filled with it."""
    request.must_be_signed_in()
    begin_page(request)
    starts = await starts_of(request)
    if starts.filling is None:
        return await show(request, "modele_depart.html", nav="conventions", starts=starts)
    form = Form(starts.filling.values.items())
    return await _page(request, form, convention=starts.convention, names=starts.names)


@post(_NEW)
async def handle_make_template(request: Visit) -> Page:
    """Make it, or put another article into the form."""
    form = await read_form(request)
    convention = form.identifier("convention")
    if form.text("step") != "save":
        return await _page(request, form, convention=convention, adding=True)
    text = text_in(form)
    command = text and form.build(MakeTemplate, template_id=form.made_id, text=text, convention_id=convention)
    if command is None or await form.send(request, command, _AT_FIELDS) is None:
        return await _page(request, form, convention=convention)
    return await done(request, template_url(command.template_id), "Le modèle est enregistré.")


@get(_CHANGE)
async def show_changing_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """The form, filled with the text that stands, or with an earlier one."""
    request.must_be_signed_in()
    begin_page(request)
    typed = request.query_params.get("version", "")
    revision = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None
    query = GetTemplate(template_id=TemplateId(template_id), revision=revision)
    it = await request.web.gateway.ask(query, request.actor)
    filling = Filling(it.title, it.use, it.base, it.articles, it.terms)
    return await _page(request, Form(filling.values.items()), template=it)


@post(_CHANGE)
async def handle_change_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Keep the new text, or put another article into the form."""
    form = await read_form(request)
    wanted = TemplateId(template_id)
    adding = form.text("step") != "save"
    text = None if adding else text_in(form)
    command = text and form.build(
        ChangeTemplate, template_id=wanted, revision=form.text("revision"), text=text
    )
    if command is None or await form.send(request, command, _AT_FIELDS) is None:
        it = await request.web.gateway.ask(GetTemplate(template_id=wanted), request.actor)
        return await _page(request, form, template=it, adding=adding)
    return await done(request, template_url(wanted), "La nouvelle version est enregistrée.")


async def _page(
    request: Visit,
    form: Form,
    *,
    template: TemplateDetail | None = None,
    convention: UUID | None = None,
    names: tuple[str, ...] = (),
    adding: bool = False,
) -> Page:
    begin_page(request)
    gateway, actor = request.web.gateway, request.actor
    models, library, model = await asyncio.gather(
        gateway.ask(ListTemplates(), actor),
        gateway.ask(ListLibraryClauses(), actor),
        _model(request, form.text("base")),
    )
    values = form.values
    first_new = rows_of(values) if adding else None
    if adding:
        wanted = form.text("clause")
        add_rows(
            values, [next(((it.title, it.text) for it in library.clauses if it.name == wanted), ("", ""))]
        )
    # What the regime asks for is always there: whoever chose another one finds its articles in the form.
    articles = model.articles if model else ()
    add_rows(values, missing_articles(values, articles))
    required = {it.title: it.reason for it in articles if it.required}
    read_at = form.text("revision")
    moved = template is not None and read_at.isdecimal() and int(read_at) != template.newest
    return await show(
        request,
        "modele_ecrire.html",
        nav="conventions",
        status=form.status,
        erreurs={} if moved and set(form.errors) == {"_"} else form.errors,
        valeurs=values,
        modele=_facts(template),
        convention=convention,
        models=[{"value": it.template, "label": it.title} for it in models.templates],
        regime=model.regime if model else "",
        rows=rows_shown(values, required, first_new),
        renewals=[{"value": it.value, "label": label, "hint": None} for it, label in RENEWALS.items()],
        library=[{"value": it.name, "label": it.title} for it in library.clauses],
        naming=_naming(values, names),
        conflict=await _conflict(request, template, int(read_at)) if moved and template else None,
    )


def _facts(template: TemplateDetail | None) -> dict[str, Any] | None:
    if template is None:
        return None
    return {
        "url": template_url(template.template_id),
        "title": template.title,
        "newest": template.newest,
        "may_change": TemplateAct.CHANGE in template.may,
        "sharing": template.sharing.value,
    }


async def _model(request: Visit, name: str) -> ModelPreview | None:
    try:
        return await request.web.gateway.ask(PreviewModel(template=name[:60]), request.actor)
    except TemplateNotFound:
        return None


def _naming(values: dict[str, str], names: tuple[str, ...]) -> list[str]:
    """The articles whose text names a party of the convention that it comes from."""
    return [
        values[f"title_{row}"]
        for row in range(rows_of(values))
        if any(name.casefold() in values.get(f"text_{row}", "").casefold() for name in names)
    ]


async def _conflict(request: Visit, newest: TemplateDetail, read_at: int) -> Conflict:
    query = GetTemplate(template_id=newest.template_id, revision=read_at)
    read = await request.web.gateway.ask_if_there_and_allowed(query, request.actor)
    before = {it.title: it.text for it in read.articles} if read else {}
    after = {it.title: it.text for it in newest.articles}
    names = await names_of(request, people=[newest.person_id], organizations=[newest.organization_id])
    return Conflict(
        names.who(newest.person_id, newest.organization_id),
        newest.changed_at,
        [
            Changed(title, differences(before.get(title, ""), after.get(title, "")))
            for title in {**after, **before}
            if before.get(title) != after.get(title)
        ],
    )
