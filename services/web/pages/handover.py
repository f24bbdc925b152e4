"""Hand a mandate over: a successor is asked, and the mandate ends when she accepts, not before."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.colleagues import colleagues_of
from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.referents import heard_by_projects
from services.web.visits import Visit
from shared.contracts.contacts.commands import InviteReferent, NameReferent
from shared.contracts.contacts.queries import GetMandate, ListMandates, MandateState, MandateView
from shared.contracts.contacts.refusals import MandateNotFound
from shared.contracts.identifiers import MandateId

_PATH = "/mandats/{mandate_id:uuid}/relais"


@get(_PATH)
async def show_handover(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """The page."""
    return await _page(request, await _mandate(request, mandate_id), Form())


@post(_PATH)
async def handle_hand_over(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Ask a colleague."""
    mandate = await _mandate(request, mandate_id)
    form = await read_form(request)
    command = form.build(
        NameReferent,
        mandate_id=MandateId(form.made_id),
        convention_id=mandate.convention_id,
        person_id=form.text("person_id"),
        succeeds=mandate.mandate_id,
    )
    at = {"already_referent": "person_id", "not_a_member": "person_id"}
    if await form.send(request, command, at) is None:
        return await _page(request, mandate, form)
    if command and command.person_id == request.person_id:
        await heard_by_projects(request, request.actor, mandate.convention_id)
        return await done(
            request, f"/conventions/{mandate.convention_id}/releve", "Vous êtes maintenant référent·e."
        )
    told = "La relève est proposée. Le mandat actuel court jusqu’à son accord."
    return await done(request, f"/conventions/{mandate.convention_id}/referents", told)


@post(_PATH + "/inviter")
async def handle_invite_successor(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Ask a newcomer, by e-mail."""
    mandate = await _mandate(request, mandate_id)
    form = await read_form(request)
    command = form.build(
        InviteReferent,
        mandate_id=MandateId(form.made_id),
        convention_id=mandate.convention_id,
        organization_id=mandate.organization_id,
        given_name=form.text("given_name"),
        family_name=form.text("family_name"),
        email=form.text("email"),
        succeeds=mandate.mandate_id,
    )
    at = {"already_referent": "email", "address_of_other_side": "email"}
    if await form.send(request, command, at) is None:
        return await _page(request, mandate, form)
    told = "L’invitation part par courriel. Le mandat actuel court jusqu’à son accord."
    return await done(request, f"/conventions/{mandate.convention_id}/referents", told)


async def _mandate(request: Visit, mandate_id: UUID) -> MandateView:
    request.must_be_signed_in()
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=MandateId(mandate_id)), request.actor)
    if mandate.organization_id != request.actor.organization_id or mandate.state is not MandateState.ACCEPTED:
        raise MandateNotFound
    return mandate


async def _page(request: Visit, mandate: MandateView, form: Form) -> Page:
    begin_page(request)
    shown, listed, colleagues = await asyncio.gather(
        ask_convention(request, mandate.convention_id),
        request.web.gateway.ask(ListMandates(convention_id=mandate.convention_id), request.actor),
        colleagues_of(request),
    )
    asked = {
        it.person_id
        for it in listed.mandates
        if it.organization_id == mandate.organization_id
        and it.state in {MandateState.ACCEPTED, MandateState.PROPOSED}
    }
    return await show(
        request,
        "relais.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        mandate_id=mandate.mandate_id,
        name=f"{mandate.given_name} {mandate.family_name}",
        is_me=mandate.person_id == request.person_id,
        members=[it for it in colleagues if it.person_id not in asked],
    )
