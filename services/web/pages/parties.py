"""Who takes part in a convention: its parties, those who are to come, those who observe; and proposing one more."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.convention_view import Shown, ask_convention
from services.web.pages.conventions import seat_of
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, not_done, show
from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.parties import ROLES
from shared.contracts.contacts.queries import FindOrganizations, GetOrganization, OrganizationView
from shared.contracts.identifiers import AdmissionId, ConventionId, OrganizationId
from shared.contracts.projects.parties import (
    AcceptAdmission,
    AdmissionView,
    EndAdmission,
    ListAdmissions,
    ProposeAdmission,
    Role,
    TakeBackParty,
)
from shared.contracts.values import Side

NAV = "conventions"
_PATH = "/conventions/{convention_id:uuid}/parties"
_TEXT_LENGTH = 200
_MOST_FOUND = 10
_TAKEN_BACK = (
    "L’invitation est retirée. Chaque partie est prévenue. Relisez le préambule s’il la nomme encore."
)
_OWN_TAKEN_BACK = "Votre organisation n’est plus partie de cette convention."
_AT_FIELDS = {"on_no_side": "role", "interest_not_declared": "interest", "negotiation_not_open": "role"}


@dataclass(frozen=True, slots=True)
class Coming:
    """An organisation that is to come, or that observes."""

    id: AdmissionId
    name: str
    side: Side
    role: str
    interest: str
    author: Person
    at: datetime
    awaits: list[str]
    observes: bool
    may_accept: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation of the directory."""

    organization_id: OrganizationId
    name: str
    side: Side
    city: str
    has_members: bool


@get(_PATH)
async def show_parties(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """The page."""
    request.must_be_signed_in()
    return await _page(request, ConventionId(convention_id), Form())


@post(f"{_PATH}/accepter")
async def handle_accept_admission(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Agree that an organisation comes."""
    form = await read_form(request)
    command = form.build(AcceptAdmission, convention_id=convention_id, admission_id=form.text("admission_id"))
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(request, f"/conventions/{convention_id}/parties", "Votre accord est enregistré.")


@post(f"{_PATH}/terminer")
async def handle_end_admission(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Say no to an organisation, take it back, or end that it observes."""
    form = await read_form(request)
    command = form.build(EndAdmission, convention_id=convention_id, admission_id=form.text("admission_id"))
    if await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    return await done(
        request, f"/conventions/{convention_id}/parties", "C’est noté. Chaque partie est prévenue."
    )


@post(f"{_PATH}/retirer")
async def handle_take_back_party(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Take back a party that has accepted nothing. Whoever takes her own back reads the list: she reads no other page."""
    form = await read_form(request)
    command = form.build(
        TakeBackParty, convention_id=convention_id, organization_id=form.text("organization_id")
    )
    if command is None or await form.send(request, command) is None:
        return await _page(request, ConventionId(convention_id), form)
    own = command.organization_id == request.actor.organization_id
    page = "/conventions" if own else f"/conventions/{convention_id}/parties"
    return await done(request, page, _OWN_TAKEN_BACK if own else _TAKEN_BACK)


@post("/conventions/{convention_id:uuid}/ne-plus-observer")
async def handle_stop_observing(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """My organisation observes no more; its page is the list, for it reads no other."""
    form = await read_form(request)
    command = form.build(EndAdmission, convention_id=convention_id, admission_id=form.text("admission_id"))
    if await form.send(request, command) is None:
        why = form.errors.get("_", "Cette demande n’est pas complète.")
        return await not_done(request, "/conventions", why)
    return await done(request, "/conventions", "Votre organisation n’observe plus cette convention.")


@get(f"{_PATH}/ajouter")
async def show_adding(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """As what an organisation chosen in the directory comes."""
    request.must_be_signed_in()
    form = Form([("organization_id", request.query_params.get("organisation", ""))])
    return await _adding_page(request, ConventionId(convention_id), form)


@post(f"{_PATH}/ajouter")
async def handle_propose_admission(request: Visit, convention_id: FromPath[UUID]) -> Page:
    """Check the answers, go back to them, or propose."""
    form = await read_form(request)
    chosen = await _chosen(request, form)
    command = _command(form, convention_id, chosen) if chosen else None
    step = form.text("step")
    if step == "confirm" and await form.send(request, command, _AT_FIELDS) is not None:
        return await done(
            request, f"/conventions/{convention_id}/parties", "C’est proposé. Chaque partie est prévenue."
        )
    if step == "edit":
        form.errors.clear()
    answers = command if step != "edit" and not form.errors else None
    return await _adding_page(request, ConventionId(convention_id), form, answers)


def _command(form: Form, convention_id: UUID, chosen: OrganizationView) -> ProposeAdmission | None:
    if not form.text("role"):
        form.errors["role"] = "Choisissez une réponse."
        return None
    if form.text("role") == Role.FUNDER and not form.optional("interest"):
        form.errors["interest"] = "Dites ce que cette organisation finance et ce qu’elle en attend."
        return None
    return form.build(
        ProposeAdmission,
        convention_id=convention_id,
        admission_id=AdmissionId(form.made_id),
        role=form.text("role"),
        organization={
            "organization_id": chosen.organization_id,
            "side": chosen.side,
            "name": chosen.name,
            "seat": seat_of(chosen),
        },
        interest=form.optional("interest"),
    )


async def _chosen(request: Visit, form: Form) -> OrganizationView | None:
    chosen = form.identifier("organization_id")
    if chosen is None:
        return None
    return await request.web.gateway.ask(
        GetOrganization(organization_id=OrganizationId(chosen)), request.actor
    )


async def _page(request: Visit, convention_id: ConventionId, form: Form) -> Page:
    begin_page(request)
    shown, admissions = await asyncio.gather(
        ask_convention(request, convention_id),
        request.web.gateway.ask(ListAdmissions(convention_id=convention_id), request.actor),
    )
    names = await names_of(
        request,
        people=[it.proposed_by_person for it in admissions.admissions],
        organizations=[
            *(it.organization_id for it in shown.parties),
            *(it.proposed_by for it in admissions.admissions),
        ],
    )
    typed = " ".join(request.query_params.get("q", "").split())[:_TEXT_LENGTH]
    coming = [_coming(it, names) for it in admissions.admissions]
    return await show(
        request,
        "parties.html",
        nav=NAV,
        status=form.status,
        live_url=shown.live_url,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        parties=shown.parties,
        waiting=[it for it in coming if not it.observes],
        observing=[it for it in coming if it.observes],
        may_propose=[it.value for it in admissions.may_propose],
        may_take_back=admissions.may_take_back,
        q=typed,
        found=await _found(request, typed, shown) if typed and admissions.may_propose else None,
    )


async def _adding_page(
    request: Visit, convention_id: ConventionId, form: Form, answers: ProposeAdmission | None = None
) -> Page:
    begin_page(request)
    shown, admissions, chosen = await asyncio.gather(
        ask_convention(request, convention_id),
        request.web.gateway.ask(ListAdmissions(convention_id=convention_id), request.actor),
        _chosen(request, form),
    )
    if chosen is None:
        path = f"/conventions/{convention_id}/parties"
        return await not_done(request, path, "Choisissez d’abord une organisation.")
    return await show(
        request,
        "partie_nouvelle.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values,
        convention=shown.facts,
        organization=_entry(chosen),
        roles=[
            {"value": role.value, "label": ROLES[role].name, "hint": ROLES[role].means}
            for role in admissions.may_propose
            if role is not Role.PARTY or chosen.side is not Side.THIRD_PARTY
        ],
        answers={"role": ROLES[answers.role].name, "means": ROLES[answers.role].means} if answers else None,
        made_id=form.made_id,
    )


async def _found(request: Visit, typed: str, shown: Shown) -> list[Found] | None:
    text = "".join(it for it in typed if it.isprintable())
    found = await request.web.gateway.ask_if_there(
        FindOrganizations(text=text, limit=_MOST_FOUND), request.actor
    )
    if found is None:
        return None
    there = {it.organization_id for it in shown.parties}
    return [_entry(it) for it in found.organizations if it.organization_id not in there]


def _entry(it: OrganizationView) -> Found:
    return Found(it.organization_id, it.name, it.side, it.address.city, it.has_members)


def _coming(it: AdmissionView, names: Names) -> Coming:
    return Coming(
        id=it.admission_id,
        name=it.name,
        side=it.side,
        role=ROLES[it.role].name,
        interest=it.interest,
        author=names.who(it.proposed_by_person, it.proposed_by),
        at=it.admitted_at or it.proposed_at,
        awaits=[names.organization(party) for party in it.awaits],
        observes=it.admitted_at is not None,
        may_accept=it.may_accept,
        may_end=it.may_end,
    )
