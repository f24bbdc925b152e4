"""What becomes of a signed convention: where it stands, what awaits each side when it ends, and the acts."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.life_view import ask_life
from services.web.pages.mediation_view import last_of
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.life import CompleteClosingStep, LiftSuspension
from shared.contracts.projects.mediation import ListMediations

_PATH = "/conventions/{convention_id:uuid}/vie"


@get(_PATH)
async def show_life(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/lever")
async def handle_lift(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Lift my side's suspension."""
    form = await read_form(request)
    command = form.build(
        LiftSuspension, convention_id=convention_id, suspension_id=form.text("suspension_id")
    )
    if await form.send(request, command, {"suspension_not_found": "_"}) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, f"/conventions/{convention_id}/vie", "Votre suspension est levée.")


@post(f"{_PATH}/clore")
async def handle_complete_step(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """One of my side's last duties is done."""
    form = await read_form(request)
    command = form.build(CompleteClosingStep, convention_id=convention_id, step=form.text("step"))
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(
        request, f"/conventions/{convention_id}/vie#clore", "C’est noté, pour toutes les parties."
    )


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown, mediations = await asyncio.gather(
        ask_life(request, convention_id),
        request.web.gateway.ask_if_there_and_allowed(
            ListMediations(convention_id=convention_id), request.actor
        ),
    )
    return await show(
        request,
        "vie.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        may=frozenset(shown.view.may),
        suspensions=shown.suspensions,
        notice=shown.notice,
        may_take_back=shown.view.may_take_back,
        departures=shown.departures,
        may_leave=shown.view.may_leave,
        renewal=shown.renewal,
        duties=shown.duties,
        projects=shown.projects,
        mediation=last_of(mediations) if mediations else None,
        may_mediate=mediations is not None and mediations.may_ask,
    )
