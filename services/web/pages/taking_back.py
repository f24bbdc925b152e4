"""Take back the notice that my organisation gave: what it changes, confirmed with the password."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.confirming import confirm
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.life_view import ask_life
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.taking_back import WithdrawTermination

_PATH = "/conventions/{convention_id:uuid}/vie/retirer-annonce"


@get(_PATH)
async def show_taking_back(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The notice, and what becomes of the convention without it."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(_PATH)
async def handle_take_back(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Take it back."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        WithdrawTermination, convention_id=convention_id, termination_id=form.text("termination_id")
    )
    if command is not None:
        await confirm(request, form)
    if await form.send(request, command, {"termination_not_found": "_"}) is None:
        return await _page(request, ConventionId(convention_id), form)
    told = "Votre annonce est retirée. Chaque partie est prévenue."
    return await done(request, f"/conventions/{convention_id}/vie", told)


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_life(request, convention_id)
    termination = shown.view.termination
    return await show(
        request,
        "retirer_annonce.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        notice=shown.notice if shown.view.may_take_back else None,
        termination_id=termination.termination_id if termination else None,
    )
