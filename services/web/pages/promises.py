"""What a convention promises: every dated obligation, and what each side says of it."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.promises_view import ask_promises
from services.web.visits import Visit
from services.web.wording.promises import promises_url
from shared.contracts.identifiers import ConventionId, ObligationId
from shared.contracts.projects.promises import ContestObligation, KeepObligation, ObligationState

_PATH = "/conventions/{convention_id:uuid}/engagements"
_ONE = _PATH + "/{obligation_id:uuid}"
_AT_DAY = {"date_in_future": "kept_on", "date_outside_convention": "kept_on"}


@get(_PATH)
async def show_promises(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """All of them: first those that ask for a word."""
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_promises(request, ConventionId(convention_id))
    return await show(
        request,
        "engagements.html",
        nav="conventions",
        live_url=shown.live_url,
        convention=shown.view,
        numbers=shown.numbers,
        may_say=shown.view.may_say,
        to_settle=shown.to_settle(),
        upcoming=shown.of(ObligationState.UPCOMING),
        kept=shown.of(ObligationState.KEPT)[::-1],
        released=shown.of(ObligationState.RELEASED),
    )


@get(_ONE)
async def show_obligation(
    request: Visit, convention_id: FromPath[UUID], obligation_id: FromPath[UUID]
) -> Page:
    """One of them, with the words of each side."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), ObligationId(obligation_id), Form())


@post(f"{_ONE}/tenu")
async def handle_keep(request: Visit, convention_id: FromPath[UUID], obligation_id: FromPath[UUID]) -> Page:
    """My side says that it was kept."""
    form = await read_form(request)
    command = form.build(
        KeepObligation,
        convention_id=convention_id,
        obligation_id=obligation_id,
        kept_on=form.text("kept_on"),
        remark=form.optional("remark"),
    )
    if await form.send(request, command, _AT_DAY) is None:
        return await _page(request, ConventionId(convention_id), ObligationId(obligation_id), form)
    url = promises_url(convention_id, obligation_id)
    return await done(request, url, "C’est noté, pour toutes les parties.")


@post(f"{_ONE}/non-tenu")
async def handle_contest(
    request: Visit, convention_id: FromPath[UUID], obligation_id: FromPath[UUID]
) -> Page:
    """My side says that it was not."""
    form = await read_form(request)
    command = form.build(
        ContestObligation,
        {"remark": "missing"},
        convention_id=convention_id,
        obligation_id=obligation_id,
        remark=form.text("missing"),
    )
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), ObligationId(obligation_id), form)
    url = promises_url(convention_id, obligation_id)
    return await done(request, url, "C’est noté. Chaque partie est prévenue et lit votre motif.")


async def _page(request: Visit, convention_id: ConventionId, obligation_id: ObligationId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_promises(request, convention_id)
    obligation = shown.one(obligation_id)
    disputes = obligation.late or bool(obligation.spoken)
    return await show(
        request,
        "engagement.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.view,
        obligation=obligation,
        may_keep=shown.view.may_say and obligation.state is not ObligationState.RELEASED,
        may_contest=shown.view.may_say and disputes and obligation.state is not ObligationState.RELEASED,
    )
