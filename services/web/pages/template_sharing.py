"""Share a template: choose with whom, check, share."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import names_of
from services.web.pages.templates_view import MODELS_URL, owner_of, people_in, shown, template_url
from services.web.visits import Visit
from services.web.wording.templates import CHOICES, SHARED
from shared.contracts.contacts.queries import FindOrganizations
from shared.contracts.identifiers import OrganizationId, TemplateId
from shared.contracts.projects.own_templates import GetTemplate, ShareTemplate, Sharing
from shared.contracts.projects.queries import ListConventions
from shared.contracts.values import Side

_PATH = f"{MODELS_URL}/{{template_id:uuid}}/partage"
_FOUND = 10
_TEXT_LENGTH = 200
_AT_FIELDS = {"shared_with_nobody": "sharing", "reader_unknown": "with"}


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation that may be chosen."""

    organization_id: OrganizationId
    name: str
    side: Side
    chosen: bool


@get(_PATH)
async def show_sharing(request: Visit, template_id: FromPath[UUID]) -> Page:
    """The form, as things stand."""
    request.must_be_signed_in()
    return await _page(request, TemplateId(template_id), Form(), first=True)


@post(_PATH)
async def handle_share_template(request: Visit, template_id: FromPath[UUID]) -> Page:
    """Search an organisation, check the answers, or share."""
    request.must_be_signed_in()
    form = await read_form(request)
    wanted = TemplateId(template_id)
    command = form.build(
        ShareTemplate,
        {"organization_ids": "with"},
        template_id=wanted,
        revision=form.text("revision"),
        sharing=form.text("sharing"),
        organization_ids=form.every("with"),
    )
    step = form.text("step")
    if step in {"search", "edit"}:
        form.errors.clear()
        return await _page(request, wanted, form)
    if command is None:
        return await _page(request, wanted, form)
    if command.sharing is Sharing.NAMED and not command.organization_ids:
        form.errors["sharing"] = "Choisissez au moins une organisation, ou gardez le modèle pour vous."
        return await _page(request, wanted, form)
    if step != "share":
        return await _check_page(request, command)
    if await form.send(request, command, _AT_FIELDS) is None:
        return await _page(request, wanted, form)
    return await done(request, template_url(wanted), f"C’est noté : ce modèle est {SHARED[command.sharing]}.")


async def _page(request: Visit, template_id: TemplateId, form: Form, *, first: bool = False) -> Page:
    begin_page(request)
    gateway, actor = request.web.gateway, request.actor
    view = await gateway.ask(GetTemplate(template_id=template_id), actor)
    chosen = set(view.shared_with) if first else set(_ids(form))
    q = " ".join(form.text("q").split())[:_TEXT_LENGTH]
    found, partners = await asyncio.gather(_search(request, q), _partners(request))
    offered = [*chosen, *(it for it in (*found, *partners) if it not in chosen)]
    offered = [it for it in dict.fromkeys(offered) if it != actor.organization_id]
    names = await names_of(request, people=[view.person_id], organizations=[*offered, *people_in(view)])
    return await show(
        request,
        "modele_partage.html",
        nav="conventions",
        status=form.status,
        erreurs=form.errors,
        valeurs={"sharing": view.sharing.value if first else form.text("sharing"), "q": q},
        modele=shown(view, names, actor.organization_id),
        choices=[{"value": it.value, "label": label, "hint": hint} for it, (label, hint) in CHOICES.items()],
        readers=[Reader(it, names.organization(it), names.side(it), it in chosen) for it in offered],
        searched=q,
        found=len(found),
    )


async def _search(request: Visit, q: str) -> list[OrganizationId]:
    printable = "".join(it for it in q if it.isprintable())
    if not printable:
        return []
    page = await request.web.gateway.ask_if_there(
        FindOrganizations(text=printable, limit=_FOUND), request.actor
    )
    return [it.organization_id for it in page.organizations] if page else []


async def _partners(request: Visit) -> list[OrganizationId]:
    """Those with which my organisation has conventions: the likeliest readers."""
    known = await request.web.gateway.ask_if_there(ListConventions(limit=50), request.actor)
    parties = [party for it in (known.conventions if known else ()) for party in it.parties]
    return list(dict.fromkeys(parties))[:_FOUND]


async def _check_page(request: Visit, command: ShareTemplate) -> Page:
    begin_page(request)
    view = await request.web.gateway.ask(GetTemplate(template_id=command.template_id), request.actor)
    named = command.organization_ids if command.sharing is Sharing.NAMED else ()
    gone = [it for it in view.shared_with if command.sharing is not Sharing.EVERYONE and it not in named]
    names = await names_of(request, people=[view.person_id], organizations=[*named, *people_in(view)])
    return await show(
        request,
        "modele_partage_verifier.html",
        nav="conventions",
        modele=shown(view, names, request.actor.organization_id),
        command=command,
        choice=CHOICES[command.sharing][0],
        readers=[owner_of(it, names) for it in named],
        gone=[owner_of(it, names) for it in gone],
    )


def _ids(form: Form) -> list[OrganizationId]:
    found: list[OrganizationId] = []
    for typed in form.every("with"):
        try:
            found.append(OrganizationId(UUID(typed)))
        except ValueError:
            continue
    return found
