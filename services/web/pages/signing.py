"""Sign, or refuse to: check, confirm with the password, then the receipt. Nothing is signed before the button."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.confirming import confirm
from services.web.pages.convention_view import Party, Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, not_done, see_other, show
from services.web.visits import Visit
from services.web.wording.evidence import means_in_words
from services.web.wording.refusals import sentence_of
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.commands import RefuseSignature, SignConvention
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import AlreadySigned, NotASignatory, NotSealed, NotYourTurn
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side

_PATH = "/conventions/{convention_id:uuid}"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, and for whom."""

    name: str
    function: str
    organization: str
    side: Side


@dataclass(frozen=True, slots=True)
class Given:
    """A signature on the receipt."""

    organization: str
    side: Side
    is_mine: bool
    person_name: str
    capacity: str
    signed_at: datetime
    means: str


@get(f"{_PATH}/signer")
async def show_signing(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page to check and confirm; whoever has signed already is shown the receipt."""
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_convention(request, ConventionId(convention_id))
    if (mine := _mine(shown)) and mine.signature:
        return see_other(f"{shown.url}/recu")
    if shown.view.sealed_hash is None:
        raise NotSealed(state=str(shown.view.state))
    if Act.SIGN not in shown.may:
        raise _why_not(shown)
    return await _sign_page(request, shown, Form())


@post(f"{_PATH}/signer")
async def handle_sign(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Sign the text that was shown."""
    request.must_be_signed_in()
    form = await read_form(request)
    command = form.build(
        SignConvention,
        convention_id=convention_id,
        sealed_hash=form.text("sealed_hash"),
        capacity=form.text("capacity"),
    )
    if not form.ticked("read"):
        form.errors["read"] = "Cochez la case pour dire que vous acceptez le texte."
    await confirm(request, form)
    if await form.send(request, command) is None:
        shown = await ask_convention(request, ConventionId(convention_id))
        if shown.view.sealed_hash is None or Act.SIGN not in shown.may:
            return await _cannot_sign(request, shown, form)
        return await _sign_page(request, shown, form)
    return see_other(f"/conventions/{convention_id}/recu?signe=oui")


@get(f"{_PATH}/refuser")
async def show_refusing(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Why one would not sign."""
    request.must_be_signed_in()
    return await _refuse_page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/refuser")
async def handle_refuse(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Refuse: the text is open again."""
    form = await read_form(request)
    command = form.build(
        RefuseSignature,
        convention_id=convention_id,
        sealed_hash=form.text("sealed_hash"),
        reason=form.text("reason"),
    )
    if await form.send(request, command) is None:
        return await _refuse_page(request, ConventionId(convention_id), form)
    told = "Votre refus est enregistré. Le texte est de nouveau ouvert."
    return await done(request, f"/conventions/{convention_id}", told)


@get(f"{_PATH}/recu")
async def show_receipt(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """What was signed, by whom, when, how."""
    request.must_be_signed_in()
    begin_page(request)
    shown = await ask_convention(request, ConventionId(convention_id))
    if shown.view.sealed_hash is None:
        return see_other(shown.url)
    evidence = {it.organization_id: it.signature for it in shown.view.parties}
    given = [
        Given(
            organization=party.name,
            side=party.side,
            is_mine=party.is_mine,
            person_name=party.signature.person_name,
            capacity=party.signature.capacity,
            signed_at=party.signature.signed_at,
            means=means_in_words(signature, shown.names.person(signature.person_id)),
        )
        for party in shown.parties
        if party.signature and (signature := evidence.get(party.organization_id))
    ]
    return await show(
        request,
        "recu.html",
        nav="conventions",
        live_url=shown.live_url,
        convention=shown.facts,
        signatures=given,
        awaited=[it for it in shown.parties if it.signature is None],
        just_signed=request.query_params.get("signe") == "oui",
    )


def _mine(shown: Shown) -> Party | None:
    return next((it for it in shown.parties if it.is_mine), None)


async def _sign_page(request: Visit, shown: Shown, form: Form) -> Page:
    me = (await begin_page(request)).me
    mine = _mine(shown)
    return await show(
        request,
        "signer.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        parties=shown.parties,
        # The preamble is part of the text, and no article.
        total=sum(it.number > 0 and not it.withdrawn for it in shown.view.clauses),
        signatory=Signatory(
            name=me.name if me else "",
            function=me.affiliation.function if me and me.affiliation else "",
            organization=mine.name if mine else "",
            side=mine.side if mine else Side.THIRD_PARTY,
        ),
    )


async def _cannot_sign(request: Visit, shown: Shown, form: Form) -> Page:
    """The text is open again, or this side has signed meanwhile: say so where it can be seen."""
    reason: Refusal = NotSealed(state=str(shown.view.state))
    mine = _mine(shown)
    if mine and mine.signature:
        reason = AlreadySigned()
    elif shown.view.sealed_hash is not None:
        reason = _why_not(shown)
    return await not_done(request, shown.url, form.errors.get("_", sentence_of(reason)))


def _why_not(shown: Shown) -> Refusal:
    """Why the reader cannot sign a text that is sealed and that her side has not signed."""
    # Whoever may sign may refuse too, in whatever order the parties sign.
    return NotYourTurn() if Act.REFUSE in shown.may else NotASignatory()


async def _refuse_page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown = await ask_convention(request, convention_id)
    if shown.view.sealed_hash is None:
        raise NotSealed(state=str(shown.view.state))
    return await show(
        request,
        "refuser.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        signed_by=[it.name for it in shown.parties if it.signature],
    )
