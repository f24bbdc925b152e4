"""A référent will be absent: a colleague acts for her between two days."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.colleagues import colleagues_of
from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.visits import Visit
from shared.contracts.contacts.commands import EndDelegation, GrantDelegation
from shared.contracts.contacts.queries import GetMandate, ListMandates, MandateState
from shared.contracts.contacts.refusals import MandateNotFound
from shared.contracts.identifiers import DelegationId, MandateId
from shared.kit.clock import today_in_paris

_PATH = "/mandats/{mandate_id:uuid}/absence"


@get(_PATH)
async def show_absence(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, MandateId(mandate_id), Form())


@post(_PATH)
async def handle_grant_delegation(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Name who acts, and when."""
    form = await read_form(request)
    command = form.build(
        GrantDelegation,
        delegation_id=DelegationId(form.made_id),
        mandate_id=mandate_id,
        deputy_id=form.text("deputy_id"),
        starts_on=form.text("starts_on"),
        ends_on=form.text("ends_on"),
    )
    at = {
        "delegation_dates_invalid": "ends_on",
        "delegation_overlaps": "starts_on",
        "deputy_is_referent": "deputy_id",
        "address_of_other_side": "deputy_id",
        "not_a_member": "deputy_id",
    }
    if await form.send(request, command, at) is None:
        return await _page(request, MandateId(mandate_id), form)
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=MandateId(mandate_id)), request.actor)
    told = "L’absence est notée. Chaque partie et votre suppléant sont prévenus."
    return await done(request, f"/conventions/{mandate.convention_id}/referents", told)


@post("/mandats/{mandate_id:uuid}/suppleances/{delegation_id:uuid}/terminer")
async def handle_end_delegation(
    request: Visit, mandate_id: FromPath[UUID], delegation_id: FromPath[UUID]
) -> Page:
    """The absence ends early."""
    request.must_be_signed_in()
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=MandateId(mandate_id)), request.actor)
    form = Form()
    command = EndDelegation(mandate_id=mandate.mandate_id, delegation_id=DelegationId(delegation_id))
    sent = await form.send(request, command, {"delegation_not_found": "_"})
    told = (
        form.errors["_"] if sent is None else "La suppléance est terminée. Toutes les parties sont prévenues."
    )
    return await done(request, f"/conventions/{mandate.convention_id}/referents", told)


async def _page(request: Visit, mandate_id: MandateId, form: Form) -> Page:
    begin_page(request)
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=mandate_id), request.actor)
    if mandate.organization_id != request.actor.organization_id or mandate.state is not MandateState.ACCEPTED:
        raise MandateNotFound
    shown = await ask_convention(request, mandate.convention_id)
    side = await request.web.gateway.ask(ListMandates(convention_id=mandate.convention_id), request.actor)
    referents = {
        it.person_id
        for it in side.mandates
        if it.organization_id == mandate.organization_id and it.state is MandateState.ACCEPTED
    }
    return await show(
        request,
        "absence.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        mandate_id=mandate_id,
        name=f"{mandate.given_name} {mandate.family_name}",
        is_me=mandate.person_id == request.person_id,
        members=[it for it in await colleagues_of(request) if it.person_id not in referents],
        today=today_in_paris(),
    )
