"""The référents of each side: name mine, invite the other's, answer my own mandate."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.accounts.accept_invitation import close_invitations
from services.web.pages.colleagues import Colleague, colleagues_of
from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import Me, begin_page, done, show
from services.web.visits import Visit
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import AcceptMandate, DeclineMandate, InviteReferent, NameReferent
from shared.contracts.contacts.queries import GetMandate, ListMandates, MandateState, MandateView
from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, new_id
from shared.contracts.projects.queries import Act, ConventionState, GetConvention
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Delegation:
    """An absence and who stands in for it."""

    id: DelegationId
    name: str
    starts_on: date
    ends_on: date
    may_end: bool


@dataclass(frozen=True, slots=True)
class Mandate:
    """Somebody's mandate."""

    id: MandateId
    name: str
    function: str
    state: MandateState
    proposed_at: datetime
    by_own: bool
    """Whether her own side asked her."""
    is_me: bool
    may_delegate: bool
    handing_over: bool
    delegations: list[Delegation]
    email: str | None = None


@dataclass(frozen=True, slots=True)
class SideMandates:
    """The mandates of one side."""

    organization_id: OrganizationId
    organization: str
    side: Side
    is_mine: bool
    vacant: bool
    stands_in: bool
    missing: bool
    mandates: list[Mandate]


@get("/conventions/{convention_id:uuid}/referents")
async def show_referents(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post("/conventions/{convention_id:uuid}/referents/nommer")
async def handle_name_referent(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Name somebody of my organisation."""
    form = await read_form(request)
    command = form.build(
        NameReferent,
        mandate_id=MandateId(new_id()),
        convention_id=convention_id,
        person_id=form.text("person_id"),
    )
    at = {"already_referent": "person_id", "not_a_member": "person_id", "person_not_found": "person_id"}
    if await form.send(request, command, at) is None:
        return await _page(request, ConventionId(convention_id), form)
    if command and command.person_id == request.person_id:
        await heard_by_projects(request, request.actor, command.convention_id)
    return await done(request, f"/conventions/{convention_id}/referents", "Le référent est désigné.")


@post("/conventions/{convention_id:uuid}/referents/inviter")
async def handle_invite_referent(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Invite somebody by e-mail, of the other side or of mine."""
    form = await read_form(request)
    command = form.build(
        InviteReferent,
        mandate_id=MandateId(new_id()),
        convention_id=convention_id,
        organization_id=form.text("organization_id"),
        given_name=form.text("given_name"),
        family_name=form.text("family_name"),
        email=form.text("email"),
        instead_of=form.optional("instead_of"),
    )
    at = {"already_referent": "email", "address_of_other_side": "email", "address_taken": "email"}
    if await form.send(request, command, at) is None:
        return await _page(
            request, ConventionId(convention_id), form.under(f"-{form.text('organization_id')}")
        )
    if command and command.instead_of:
        await close_invitations(request.web.database, command.instead_of)
    return await done(request, f"/conventions/{convention_id}/referents", "L’invitation part par courriel.")


@post("/mandats/{mandate_id:uuid}/accepter")
async def handle_accept_mandate(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Accept my mandate."""
    return await _answer(
        request, AcceptMandate(mandate_id=MandateId(mandate_id)), "Vous êtes maintenant référent·e."
    )


@post("/mandats/{mandate_id:uuid}/refuser")
async def handle_decline_mandate(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Decline my mandate."""
    return await _answer(
        request,
        DeclineMandate(mandate_id=MandateId(mandate_id)),
        "Votre refus est enregistré. Chaque partie est prévenue.",
    )


async def _answer(request: Visit, command: AcceptMandate | DeclineMandate, told: str) -> Page:
    request.must_be_signed_in()
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=command.mandate_id), request.actor)
    form = Form()
    if await form.send(request, command) is None:
        return await _page(request, mandate.convention_id, form)
    await close_invitations(request.web.database, command.mandate_id)
    if isinstance(command, AcceptMandate):
        await heard_by_projects(request, request.actor, mandate.convention_id)
        if mandate.succeeds:
            return await done(request, f"/conventions/{mandate.convention_id}/releve", told)
    return await done(request, f"/conventions/{mandate.convention_id}/referents", told)


async def heard_by_projects(request: Visit, actor: Actor, convention_id: ConventionId) -> None:
    """Wait until the new référent may act: the page that she comes to would not offer it yet."""
    await request.web.gateway.ask_until(
        GetConvention(convention_id=convention_id), actor, lambda it: Act.COMMENT in it.may
    )


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    frame = begin_page(request)
    shown, mandates, colleagues = await asyncio.gather(
        ask_convention(request, convention_id),
        request.web.gateway.ask(ListMandates(convention_id=convention_id), request.actor),
        colleagues_of(request),
    )
    me = (await frame).me
    administrator = me is not None and me.is_administrator
    return await show(
        request,
        "referents.html",
        nav="conventions",
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        sides=_sides(shown, mandates.mandates, colleagues, administrator=administrator),
        members=_candidates(mandates.mandates, colleagues),
        may_resign=_may_resign(mandates.mandates, request.actor),
        may=shown.may,
        may_name=_may_name(shown, mandates.mandates, me),
    )


def _sides(
    shown: Shown, mandates: tuple[MandateView, ...], colleagues: list[Colleague], *, administrator: bool
) -> list[SideMandates]:
    me = shown.names.me
    mine = shown.mine
    succeeded = {it.succeeds for it in mandates if it.state is MandateState.PROPOSED}
    return [
        SideMandates(
            organization_id=party.organization_id,
            organization=party.name,
            side=party.side,
            is_mine=party.is_mine,
            vacant=party.vacant,
            stands_in=party.vacant and party.has_referent,
            missing=party.vacant or not party.has_referent,
            mandates=[
                Mandate(
                    id=it.mandate_id,
                    name=f"{it.given_name} {it.family_name}",
                    function=it.function,
                    state=it.state,
                    proposed_at=it.proposed_at,
                    by_own=it.proposed_by == it.organization_id,
                    is_me=it.person_id == me,
                    may_delegate=it.state is MandateState.ACCEPTED
                    and (it.person_id == me or (administrator and it.organization_id == mine)),
                    handing_over=it.mandate_id in succeeded,
                    delegations=[
                        Delegation(
                            one.delegation_id,
                            f"{one.given_name} {one.family_name}",
                            one.starts_on,
                            one.ends_on,
                            may_end=me in {it.person_id, one.deputy_id}
                            or (administrator and it.organization_id == mine),
                        )
                        for one in it.delegations
                    ],
                    email=next((one.email for one in colleagues if one.person_id == it.person_id), None),
                )
                for it in mandates
                if it.organization_id == party.organization_id
            ],
        )
        for party in shown.parties
    ]


def _may_name(shown: Shown, mandates: tuple[MandateView, ...], me: Me | None) -> bool:
    """Whether contacts will let me name somebody of my side: what it decides by, as far as this page knows it."""
    return (
        (me is not None and (me.is_administrator or bool(me.affiliation and me.affiliation.signatory)))
        or (shown.view.state is ConventionState.DRAFT and Act.PROPOSE in shown.may)
        or any(
            it.person_id == shown.names.me
            and it.organization_id == shown.mine
            and it.state is MandateState.ACCEPTED
            for it in mandates
        )
    )


def _may_resign(mandates: tuple[MandateView, ...], actor: Actor) -> bool:
    mine = [
        it
        for it in mandates
        if it.organization_id == actor.organization_id and it.state is MandateState.ACCEPTED
    ]
    return len(mine) > 1 and any(it.person_id == actor.person_id for it in mine)


def _candidates(mandates: tuple[MandateView, ...], colleagues: list[Colleague]) -> list[Colleague]:
    asked = {it.person_id for it in mandates if it.state in {MandateState.PROPOSED, MandateState.ACCEPTED}}
    return [it for it in colleagues if it.person_id not in asked]
