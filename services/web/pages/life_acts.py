"""Suspend a convention, give notice that it ends, say whether it goes on: answer, check, confirm with the password."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.confirming import confirm
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.life_view import ShownLife, ask_life
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.messages import Command, Done
from shared.contracts.projects.leaving import (
    AlreadyLeaving,
    ConventionWouldEnd,
    LeaveConvention,
    OthersRemain,
)
from shared.contracts.projects.life import DecideRenewal, SuspendConvention, TerminateConvention
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AlreadySuspended,
    AlreadyTerminating,
    ConventionNotInForce,
    RenewalNotDue,
)

_PATH = "/conventions/{convention_id:uuid}/vie"
_IN_FORCE = frozenset({ConventionState.ACTIVE, ConventionState.SUSPENDED})
_AT_DATE = {"date_not_in_future", "ends_before", "notice_too_short"}


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One of these acts: its page, its command, what is said once it is done."""

    act: Act | None
    """None for leaving, which the view tells by itself."""
    template: str
    date_field: str
    told: str
    command: Callable[[Form, UUID], Command[Done] | None]


def _suspend(form: Form, convention_id: UUID) -> Command[Done] | None:
    return form.build(
        SuspendConvention,
        convention_id=convention_id,
        suspension_id=form.made_id,
        reason=form.text("reason"),
        resumes_on=form.optional("resumes_on"),
    )


def _terminate(form: Form, convention_id: UUID) -> Command[Done] | None:
    return form.build(
        TerminateConvention,
        convention_id=convention_id,
        termination_id=form.made_id,
        reason=form.text("reason"),
        effective_on=form.text("effective_on"),
    )


def _leave(form: Form, convention_id: UUID) -> Command[Done] | None:
    return form.build(
        LeaveConvention,
        convention_id=convention_id,
        departure_id=form.made_id,
        reason=form.text("reason"),
        effective_on=form.text("effective_on"),
    )


def _renew(form: Form, convention_id: UUID) -> Command[Done] | None:
    if not form.text("agrees"):
        form.errors["agrees"] = "Choisissez une réponse."
        return None
    return form.build(
        DecideRenewal,
        convention_id=convention_id,
        ends_on=form.text("ends_on"),
        agrees=form.text("agrees") == "oui",
    )


SUSPENDING = Undertaking(
    Act.SUSPEND,
    "suspendre.html",
    "resumes_on",
    "La convention est suspendue. Chaque partie est prévenue.",
    _suspend,
)
ENDING = Undertaking(
    Act.TERMINATE,
    "mettre_fin.html",
    "effective_on",
    "La fin de la convention est annoncée. Chaque partie est prévenue.",
    _terminate,
)


LEAVING = Undertaking(
    None,
    "quitter.html",
    "effective_on",
    "Votre départ est annoncé. Chaque partie est prévenue.",
    _leave,
)


RENEWING = Undertaking(
    Act.RENEW,
    "reconduire.html",
    "_",
    "Votre réponse est enregistrée. Chaque partie est prévenue.",
    _renew,
)


@get(f"{_PATH}/suspendre")
async def show_suspending(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why, and until when."""
    return await _show(request, convention_id, SUSPENDING)


@post(f"{_PATH}/suspendre")
async def handle_suspend(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answers, go back to them, or suspend."""
    return await _handle(request, convention_id, SUSPENDING)


@get(f"{_PATH}/mettre-fin")
async def show_ending(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why, and on which day."""
    return await _show(request, convention_id, ENDING)


@post(f"{_PATH}/mettre-fin")
async def handle_end(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answers, go back to them, or give notice."""
    return await _handle(request, convention_id, ENDING)


@get(f"{_PATH}/quitter")
async def show_leaving(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why, and on which day."""
    return await _show(request, convention_id, LEAVING)


@post(f"{_PATH}/quitter")
async def handle_leave(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answers, go back to them, or give notice that we leave."""
    return await _handle(request, convention_id, LEAVING)


@get(f"{_PATH}/reconduire")
async def show_renewing(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Whether it goes on."""
    return await _show(request, convention_id, RENEWING)


@post(f"{_PATH}/reconduire")
async def handle_renew(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answer, go back to it, or give it."""
    return await _handle(request, convention_id, RENEWING)


async def _show(request: Visit, convention_id: UUID, it: Undertaking) -> Page:
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_life(request, ConventionId(convention_id))
    allowed = shown.view.may_leave if it.act is None else it.act in shown.view.may
    if not allowed and (refusal := _why_not(shown, it)):
        raise refusal
    return await _page(request, shown, it, Form())


async def _handle(request: Visit, convention_id: UUID, it: Undertaking) -> Page:
    request.must_be_signed_in()
    form = await read_form(request)
    step = form.text("step")
    command = it.command(form, convention_id)
    answered = command is not None
    if step == "confirm" and answered:
        await confirm(request, form)
        if await form.send(request, command, dict.fromkeys(_AT_DATE, it.date_field)) is not None:
            return await done(request, f"/conventions/{convention_id}/vie", it.told)
    begin_page(request)
    shown = await ask_life(request, ConventionId(convention_id))
    checking = step != "edit" and answered and form.errors.keys() <= {"password"}
    if step == "edit":
        form.errors.clear()
    return await _page(request, shown, it, form, answers=command if checking else None)


def _why_not(shown: ShownLife, it: Undertaking) -> Exception | None:
    if it.act is Act.SUSPEND and Act.LIFT in shown.view.may:
        return AlreadySuspended()
    if it.act is Act.RENEW:
        return RenewalNotDue()
    if it.act in {Act.TERMINATE, None} and shown.view.termination:
        return AlreadyTerminating()
    mine = shown.visit.actor.organization_id
    leaving = mine in {it.organization_id for it in shown.view.departures if not it.left}
    if it.act is None and shown.view.state in _IN_FORCE:
        return AlreadyLeaving() if leaving else ConventionWouldEnd()
    if it.act is Act.TERMINATE and (shown.view.may_leave or leaving):
        return OthersRemain()
    return ConventionNotInForce(state=str(shown.view.state))


async def _page(
    request: Visit, shown: ShownLife, it: Undertaking, form: Form, *, answers: Any = None
) -> Page:
    """The form; or, with answers, the page that asks to check them."""
    return await show(
        request,
        it.template,
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        answers=answers,
        renewal=shown.renewal,
        made_id=form.made_id,
    )
