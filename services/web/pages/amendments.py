"""Change a convention in force: the list of its amendments, how one begins, and how it is given up."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.amendments_view import Amended, amended_of
from services.web.pages.convention_view import ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, see_other, show
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.amendments import AbandonAmendment, ListAmendments, ProposeAmendment
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import AmendmentOpen, AmendmentOver, NotAnAmendment, NotAReferent

_LIST = "/conventions/{convention_id:uuid}/avenants"
_ABANDON = "/conventions/{convention_id:uuid}/abandonner"
_AT_DATE = {"date_not_in_future": "effective_on", "ends_before": "effective_on"}
_OVER = frozenset({ConventionState.SIGNED, ConventionState.IN_FORCE, ConventionState.ABANDONED})
# As long as a title may be; the beginning of a long one names its convention well enough.
_TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed, to be checked."""

    reason: str


@get(_LIST)
async def show_amendments(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The text in force, what is about to change it, and what changed it."""
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_convention(request, ConventionId(convention_id))
    if shown.view.amends:
        return see_other(f"/conventions/{shown.view.amends.convention_id}/avenants")
    return await show(
        request,
        "avenants.html",
        nav="conventions",
        live_url=shown.live_url,
        convention=shown.facts,
        may=shown.may,
        amended=await _amended(request, ConventionId(convention_id)),
    )


@get(_LIST + "/nouveau")
async def show_new_amendment(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why, and from when."""
    request.must_be_signed_in()
    return await _new_page(request, ConventionId(convention_id), Form())


@post(_LIST + "/nouveau")
async def handle_propose_amendment(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Begin it: its page comes next, where its text is changed."""
    form = await read_form(request)
    amendment_id = form.made_id
    command = form.build(
        ProposeAmendment,
        convention_id=convention_id,
        amendment_id=amendment_id,
        title=form.text("title"),
        reason=form.text("reason"),
        effective_on=form.optional("effective_on"),
    )
    if await form.send(request, command, _AT_DATE) is None:
        return await _new_page(request, ConventionId(convention_id), form)
    told = "L’avenant est commencé, chaque partie est prévenue. Changez maintenant ce qui doit l’être."
    return await done(request, f"/conventions/{amendment_id}", told)


@get(_ABANDON)
async def show_abandoning(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why."""
    request.must_be_signed_in()
    return await _abandon_page(request, ConventionId(convention_id), Form())


@post(_ABANDON)
async def handle_abandon(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answers, then give it up."""
    form = await read_form(request)
    command = form.build(AbandonAmendment, convention_id=convention_id, reason=form.text("reason"))
    if command is None or form.text("step") == "edit":
        return await _abandon_page(request, ConventionId(convention_id), form)
    if form.text("step") != "confirm":
        return await _abandon_page(request, ConventionId(convention_id), form, Answers(command.reason))
    if await form.send(request, command) is None:
        return await _abandon_page(request, ConventionId(convention_id), form)
    told = "L’avenant est abandonné. Le texte en vigueur reste le même, et chaque partie est prévenue."
    return await done(request, f"/conventions/{convention_id}", told)


async def _amended(request: Visit, convention_id: ConventionId) -> Amended:
    found = await request.web.gateway.ask(ListAmendments(convention_id=convention_id), request.actor)
    return await amended_of(request, found)


async def _new_page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    amended = await _amended(request, convention_id)
    if Act.AMEND not in shown.may and not form.errors:
        raise AmendmentOpen if amended.open else NotAReferent
    number = amended.next_number
    return await show(
        request,
        "avenant_nouveau.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        number=number,
        title=f"Avenant n°\N{NO-BREAK SPACE}{number}\N{NO-BREAK SPACE}: {shown.view.title}"[:_TITLE_LENGTH],
        made_id=form.made_id,
    )


async def _abandon_page(
    request: Visit, convention_id: ConventionId, form: Form, answers: Answers | None = None
) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    if Act.ABANDON not in shown.may and not form.errors:
        if shown.view.amends is None:
            raise NotAnAmendment
        raise AmendmentOver(state=str(shown.view.state)) if shown.view.state in _OVER else NotAReferent
    return await show(
        request,
        "abandonner.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        signed_by=[it.name for it in shown.parties if it.signature],
        answers=answers,
    )
