"""Mediation: ask for one, accept or name the mediator, note the day, write and accept the agreement, leave."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.mediation_view import ask_mediations
from services.web.visits import Visit
from services.web.wording.mediation import mediation_url
from shared.contracts.identifiers import ConventionId
from shared.contracts.messages import Command, Done
from shared.contracts.projects.mediation import (
    AcceptInMediation,
    AskForMediation,
    EndMediation,
    PlanMediation,
    ProposeInMediation,
)

_PATH = "/conventions/{convention_id:uuid}/mediation"
# What the two forms of a proposal call their text.
_TEXTS = {"mediator": "mediator", "agreement": "agreement"}


@get(_PATH)
async def show_mediation(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The one that lasts, and those before it; or the form to ask for one."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/demander")
async def handle_ask(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Ask for one."""
    form = await read_form(request)
    command = form.build(
        AskForMediation,
        convention_id=convention_id,
        mediation_id=form.made_id,
        reason=form.text("reason"),
        mediator=form.text("mediator"),
        obligation_id=form.optional("obligation_id"),
    )
    return await _done(request, convention_id, form, command, "Votre demande est envoyée.")


@post(f"{_PATH}/proposer")
async def handle_propose(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Another mediator, or the words of an agreement."""
    form = await read_form(request)
    part = form.text("part")
    field = _TEXTS.get(part, "_")
    command = form.build(
        ProposeInMediation,
        {"text": field},
        **_named(form, convention_id),
        part=part,
        revision=form.text("revision"),
        text=form.text(field),
    )
    return await _done(request, convention_id, form, command, "Votre proposition est envoyée.")


@post(f"{_PATH}/accepter")
async def handle_accept(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Accept what was read."""
    form = await read_form(request)
    command = form.build(
        AcceptInMediation,
        **_named(form, convention_id),
        part=form.text("part"),
        revision=form.text("revision"),
    )
    return await _done(request, convention_id, form, command, "Votre accord est noté.")


@post(f"{_PATH}/date")
async def handle_plan(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The day of the meeting."""
    form = await read_form(request)
    command = form.build(PlanMediation, **_named(form, convention_id), meets_on=form.text("meets_on"))
    return await _done(request, convention_id, form, command, "La date est notée, pour toutes les parties.")


@post(f"{_PATH}/terminer")
async def handle_leave(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Decline, or leave."""
    form = await read_form(request)
    command = form.build(
        EndMediation, {"reason": "end_reason"}, **_named(form, convention_id), reason=form.text("end_reason")
    )
    return await _done(request, convention_id, form, command, "La médiation a pris fin.")


def _named(form: Form, convention_id: UUID) -> dict[str, Any]:
    return {"convention_id": convention_id, "mediation_id": form.text("mediation_id")}


async def _done(
    request: Visit, convention_id: UUID, form: Form, command: Command[Done] | None, told: str
) -> Page:
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, mediation_url(convention_id), told)


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_mediations(request, convention_id)
    mediations = shown.all
    lasting = next((it for it in mediations if it.lasts), None)
    obligation = form.text("obligation_id") or request.query_params.get("engagement", "")
    return await show(
        request,
        "mediation.html",
        nav="conventions",
        status=form.status,
        live_url=f"/evenements?convention={convention_id}",
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.view,
        lasting=lasting,
        past=[it for it in mediations if not it.lasts],
        may_ask=shown.view.may_ask,
        may_act=shown.view.may_act,
        made_id=form.made_id,
        obligation_id=obligation,
    )
