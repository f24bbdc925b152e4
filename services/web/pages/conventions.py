"""Conventions: the list, and beginning a new one in two steps, nothing existing before the second."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post

from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, show
from services.web.pages.names import Names, names_of
from services.web.pages.starting_points import draft_command, starting_points
from services.web.visits import Visit
from services.web.wording.awaited import presses
from services.web.wording.parties import ROLES
from shared.contracts.contacts.queries import GetOrganization, OrganizationView
from shared.contracts.identifiers import AdmissionId, ConventionId, OrganizationId
from shared.contracts.projects.commands import DraftConvention
from shared.contracts.projects.own_templates import DraftFromTemplate
from shared.contracts.projects.parties import ListObserved, ObservedConvention
from shared.contracts.projects.queries import ConventionLine, ConventionState, ListConventions
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris

NAV = "conventions"
_ON_A_PAGE = 50
_TEXT_LENGTH = 200
_TO_SIGN = frozenset({ConventionState.READY, ConventionState.PARTLY_SIGNED})
_AT_FIELDS = {
    "ends_before_start": "ends_on",
    "template_not_found": "template",
    "organization_template_not_found": "template",
    "template_moved": "template",
    "template_in_archive": "template",
}


@dataclass(frozen=True, slots=True)
class Other:
    """A party that is not mine."""

    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class Line:
    """A convention in the list."""

    id: ConventionId
    title: str
    state: ConventionState
    awaits_me: bool
    others: list[Other]
    sign_before: date | None
    urgent: bool
    late: bool
    starts_on: date
    ends_on: date
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ObservedLine:
    """A convention whose shared room my organisation reads."""

    id: ConventionId
    title: str
    parties: list[Other]
    admission_id: AdmissionId
    role: str
    interest: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class OtherParty:
    """With whom a convention is begun."""

    organization_id: OrganizationId
    name: str
    side: Side
    city: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, to be checked."""

    with_id: OrganizationId
    with_name: str
    with_side: Side
    title: str
    aim: str
    starts_on: date
    ends_on: date
    template: str
    template_title: str


@get("/conventions")
async def show_conventions(request: Visit) -> Page:
    """My organisation's conventions, those that await me first."""
    request.must_be_signed_in()
    frame = begin_page(request)
    typed = " ".join(request.query_params.get("q", "").split())[:_TEXT_LENGTH]
    words = "".join(it for it in typed if it.isprintable())
    before = _before(request)
    found, watched = await asyncio.gather(
        request.web.gateway.ask_if_there(
            ListConventions(words=words, before=before, limit=_ON_A_PAGE), request.actor
        ),
        request.web.gateway.ask_if_there_and_allowed(ListObserved(), request.actor),
    )
    lines = found.conventions if found else ()
    observed = watched.conventions if watched and not (typed or before) else ()
    names = await names_of(
        request, organizations=(party for it in (*lines, *observed) for party in it.parties)
    )
    me = (await frame).me
    return await show(
        request,
        "conventions.html",
        nav=NAV,
        q=typed,
        conventions=[_line(it, names, request.actor.organization_id) for it in lines] if found else None,
        total=found.total if found else 0,
        continued=before is not None,
        next_url=f"/conventions?{urlencode({'q': typed, 'avant': found.next_before})}"
        if found and found.next_before
        else None,
        observed=[_observed(it, names) for it in observed],
        may_start=bool(me and me.affiliation and me.side is not Side.THIRD_PARTY),
    )


def _observed(it: ObservedConvention, names: Names) -> ObservedLine:
    return ObservedLine(
        id=it.convention_id,
        title=it.title,
        parties=[Other(names.organization(party), names.side(party)) for party in it.parties],
        admission_id=it.admission_id,
        role=ROLES[it.role].name,
        interest=it.interest,
        may_end=it.may_end,
    )


def _before(request: Visit) -> ConventionId | None:
    try:
        return ConventionId(UUID(request.query_params.get("avant", "")))
    except ValueError:
        return None


@get("/conventions/nouvelle")
async def show_new_convention(request: Visit) -> Page:
    """The form, for an organisation chosen in the directory."""
    request.must_be_signed_in()
    form = Form([("with", request.query_params.get("avec", ""))])
    return await _form_page(request, form, filled=False)


@post("/conventions/nouvelle")
async def handle_new_convention(request: Visit) -> Page:
    """Check the answers, go back to them, or create."""
    request.must_be_signed_in()
    form = await read_form(request)
    step = form.text("step")
    if step == "edit":
        return await _form_page(request, form)
    other = await _other(request, form)
    mine = await _mine(request)
    command = _command(form, mine, other) if other else None
    if command is None or other is None:
        return await _form_page(request, form)
    if command.ends_on < command.starts_on:
        form.errors["ends_on"] = "La date de fin doit suivre la date de début."
        return await _form_page(request, form)
    if step != "create":
        return await _check_page(request, form, command, other)
    if await form.send(request, command, _AT_FIELDS) is None:
        return await _form_page(request, form)
    return await done(
        request,
        f"/conventions/{command.convention_id}/referents",
        "La convention est créée. Nommez les référents.",
    )


def _command(
    form: Form, mine: OrganizationView, other: OrganizationView
) -> DraftConvention | DraftFromTemplate | None:
    parties = [
        {"organization_id": it.organization_id, "side": it.side, "name": it.name, "seat": seat_of(it)}
        for it in (mine, other)
    ]
    fields: dict[str, Any] = {name: form.text(name) for name in ("title", "aim", "starts_on", "ends_on")}
    return draft_command(form, convention_id=ConventionId(form.made_id), parties=parties, **fields)


def seat_of(organization: OrganizationView) -> str:
    """Where an organisation sits, as a convention says it."""
    it = organization.address
    return ", ".join(part for part in (it.street, f"{it.postal_code} {it.city}".strip()) if part)[:300]


async def _other(request: Visit, form: Form) -> OrganizationView | None:
    chosen = form.identifier("with")
    if chosen is None:
        return None
    return await request.web.gateway.ask(
        GetOrganization(organization_id=OrganizationId(chosen)), request.actor
    )


async def _mine(request: Visit) -> OrganizationView:
    mine = request.actor.organization_id
    if mine is None:
        raise NotAMemberOfOrganization
    return await request.web.gateway.ask(GetOrganization(organization_id=mine), request.actor)


async def _form_page(request: Visit, form: Form, *, filled: bool = True) -> Page:
    begin_page(request)
    other, mine, points = await asyncio.gather(
        _other(request, form), _mine(request), starting_points(request)
    )
    return await show(
        request,
        "convention_nouvelle.html",
        nav=NAV,
        status=form.status,
        erreurs=form.errors,
        valeurs=form.values if filled else {},
        other=OtherParty(other.organization_id, other.name, other.side, other.address.city)
        if other
        else None,
        mine=Other(mine.name, mine.side),
        templates=points,
    )


async def _check_page(
    request: Visit, form: Form, command: DraftConvention | DraftFromTemplate, other: OrganizationView
) -> Page:
    begin_page(request)
    chosen = form.text("template")
    title = next((it.label for it in await starting_points(request) if it.value == chosen), None)
    if title is None:
        form.errors["template"] = "Ce modèle a changé ou n’est plus là. Choisissez de nouveau."
        return await _form_page(request, form)
    return await show(
        request,
        "convention_verifier.html",
        nav=NAV,
        answers=Answers(
            with_id=other.organization_id,
            with_name=other.name,
            with_side=other.side,
            title=command.title,
            aim=command.aim,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            template=chosen,
            template_title=title,
        ),
    )


def _line(it: ConventionLine, names: Names, mine: OrganizationId | None) -> Line:
    # A seal keeps its date after the last signature; nothing is late then.
    sign_before = it.sign_before if it.state in _TO_SIGN else None
    today = today_in_paris()
    return Line(
        id=it.convention_id,
        title=it.title,
        state=it.state,
        awaits_me=it.awaits_me,
        others=[Other(names.organization(party), names.side(party)) for party in it.parties if party != mine],
        sign_before=sign_before,
        urgent=presses(sign_before, today),
        late=sign_before is not None and sign_before < today,
        starts_on=it.starts_on,
        ends_on=it.ends_on,
        changed_at=it.changed_at,
    )
