"""Modèles: those of my organisation, those that others share with it, those of the house; one of them, whole."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import Person, names_of
from services.web.pages.templates_view import (
    MODELS_URL,
    line_of,
    model_line,
    people_in,
    shown,
    shown_model,
    template_url,
)
from services.web.visits import Visit
from shared.contracts.identifiers import TemplateId
from shared.contracts.projects.own_templates import (
    ArchiveTemplate,
    CopyTemplate,
    GetTemplate,
    ListOrganizationTemplates,
    ListTemplateRevisions,
    PreviewModel,
    RestoreTemplate,
)
from shared.contracts.projects.queries import ListTemplates
from shared.contracts.projects.refusals import TemplateNotFound
from shared.contracts.web.refusals import PageNotFound

NAV = "conventions"
_PATH = f"{MODELS_URL}/{{template_id:uuid}}"


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that a template has had."""

    number: int
    title: str
    articles: int
    author: Person
    at: datetime
    url: str


@get(MODELS_URL)
async def show_templates(request: Visit) -> Page:
    """All that a convention can start from, or what my organisation has put aside."""
    request.must_be_signed_in()
    begin_page(request)
    archived = bool(request.query_params.get("archives"))
    gateway, actor = request.web.gateway, request.actor
    found, house = await asyncio.gather(
        gateway.ask(ListOrganizationTemplates(archived=archived), actor),
        gateway.ask(ListTemplates(), actor),
    )
    names = await names_of(request, organizations=(it.organization_id for it in found.shared))
    return await show(
        request,
        "modeles.html",
        nav=NAV,
        archived=archived,
        own=[line_of(it, names, actor.organization_id) for it in found.own],
        shared=[line_of(it, names, actor.organization_id) for it in found.shared],
        house=[model_line(it) for it in house.templates],
    )


@get(f"{MODELS_URL}/maison/{{name:str}}")
async def show_model(request: Visit, name: FromPath[str]) -> Page:
    """A model of the house, whole."""
    request.must_be_signed_in()
    begin_page(request)
    try:
        model = await request.web.gateway.ask(PreviewModel(template=name[:60]), request.actor)
    except TemplateNotFound:
        raise PageNotFound from None
    return await show(request, "modele_maison.html", nav=NAV, model=shown_model(model))


@get(_PATH)
async def show_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """One template, as it stands or as it stood."""
    request.must_be_signed_in()
    return await _page(request, TemplateId(template_id), Form())


@get(f"{_PATH}/versions")
async def show_template_revisions(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Every text that it has had."""
    request.must_be_signed_in()
    begin_page(request)
    gateway, wanted = request.web.gateway, TemplateId(template_id)
    template, history = await asyncio.gather(
        gateway.ask(GetTemplate(template_id=wanted), request.actor),
        gateway.ask(ListTemplateRevisions(template_id=wanted), request.actor),
    )
    names = await names_of(
        request,
        people=(it.person_id for it in history.revisions),
        organizations=[template.organization_id],
    )
    url = template_url(wanted)
    return await show(
        request,
        "modele_versions.html",
        nav=NAV,
        modele={"title": template.title, "url": url},
        revisions=[
            Revision(
                it.revision,
                it.title,
                it.articles,
                names.who(it.person_id, template.organization_id),
                it.changed_at,
                f"{url}?version={it.revision}",
            )
            for it in history.revisions
        ],
    )


@post(f"{_PATH}/archiver")
async def handle_archive_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Put it aside."""
    form = Form()
    wanted = TemplateId(template_id)
    if await form.send(request, ArchiveTemplate(template_id=wanted)) is None:
        return await _page(request, wanted, form)
    return await done(
        request,
        MODELS_URL,
        "Le modèle est archivé.",
        url=template_url(wanted),
        label="Le reprendre",
    )


@post(f"{_PATH}/reprendre")
async def handle_restore_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Take it back."""
    form = Form()
    wanted = TemplateId(template_id)
    if await form.send(request, RestoreTemplate(template_id=wanted)) is None:
        return await _page(request, wanted, form)
    return await done(request, template_url(wanted), "Le modèle est repris, tel qu’il était.")


@post(f"{_PATH}/copier")
async def handle_copy_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Make one's own of it."""
    form = await read_form(request)
    source = TemplateId(template_id)
    command = form.build(
        CopyTemplate, template_id=form.made_id, source_id=source, revision=form.text("revision")
    )
    if command is None or await form.send(request, command) is None:
        return await _page(request, source, form)
    told = "Le modèle est copié. Adaptez-le, puis enregistrez."
    return await done(request, f"{template_url(command.template_id)}/modifier", told)


async def _page(request: Visit, template_id: TemplateId, form: Form) -> Page:
    begin_page(request)
    typed = request.query_params.get("version", "")
    revision = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None
    view = await request.web.gateway.ask(
        GetTemplate(template_id=template_id, revision=revision), request.actor
    )
    names = await names_of(request, people=[view.person_id], organizations=people_in(view))
    return await show(
        request,
        "modele.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        modele=shown(view, names, request.actor.organization_id),
    )
