"""Annuaire: search the organisations, look at one."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from litestar import get
from litestar.params import FromPath

from services.web.pages.forms import Page
from services.web.pages.frame import begin_page, show
from services.web.visits import Visit
from shared.contracts.contacts.queries import FindOrganizations, GetOrganization, OrganizationView
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import ConventionState, ListConventions
from shared.contracts.values import Side

_ON_A_PAGE = 20
_LAST_PAGE = 500
_TEXT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation, flat."""

    organization_id: OrganizationId
    name: str
    side: Side
    kind: str
    purpose: str
    finess: str | None
    siren: str | None
    rna: str | None
    street: str
    postal_code: str
    city: str
    has_members: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """A convention that my organisation has with it."""

    title: str
    url: str
    state: ConventionState


@get("/annuaire")
async def show_directory(request: Visit) -> Page:
    """The search and its results."""
    request.must_be_signed_in()
    begin_page(request)
    text = " ".join(request.query_params.get("q", "").split())[:_TEXT_LENGTH]
    side = request.query_params.get("partie", "")
    page = _page_number(request.query_params.get("page", "1"))
    known = {it.value: it for it in (Side.ESTABLISHMENT, Side.ASSOCIATION)}
    printable = "".join(it for it in text if it.isprintable())
    found = await request.web.gateway.ask_if_there(
        FindOrganizations(
            text=printable, side=known.get(side), limit=_ON_A_PAGE, offset=(page - 1) * _ON_A_PAGE
        ),
        request.actor,
    )
    total = found.total if found else 0

    def address(number: int) -> str:
        return "/annuaire?" + urlencode({"q": text, "partie": side, "page": number})

    return await show(
        request,
        "annuaire.html",
        nav="annuaire",
        q=text,
        side=side if side in known else "",
        results=[_found(it) for it in found.organizations] if found else None,
        total=total,
        previous_url=address(page - 1) if page > 1 else None,
        next_url=address(page + 1) if page * _ON_A_PAGE < total and page < _LAST_PAGE else None,
    )


@get("/annuaire/{organization_id:uuid}")
async def show_directory_entry(request: Visit, organization_id: FromPath[UUID]) -> Page:
    """One organisation, and what mine has with it."""
    request.must_be_signed_in()
    frame = begin_page(request)
    organization, mine = await asyncio.gather(
        request.web.gateway.ask(
            GetOrganization(organization_id=OrganizationId(organization_id)), request.actor
        ),
        request.web.gateway.ask_if_there(
            ListConventions(party=OrganizationId(organization_id), limit=200), request.actor
        ),
    )
    me = (await frame).me
    conventions = [
        Shared(it.title, f"/conventions/{it.convention_id}", it.state)
        for it in (mine.conventions if mine else ())
        if organization.organization_id != request.actor.organization_id
    ]
    return await show(
        request,
        "organisation.html",
        nav="annuaire",
        organization=_found(organization),
        may_propose=bool(
            me and me.affiliation and {me.side, organization.side} == {Side.ESTABLISHMENT, Side.ASSOCIATION}
        ),
        conventions=conventions,
    )


def _page_number(typed: str) -> int:
    return (
        min(max(int(typed), 1), _LAST_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    )


def _found(it: OrganizationView) -> Found:
    return Found(
        organization_id=it.organization_id,
        name=it.name,
        side=it.side,
        kind=it.kind,
        purpose=it.purpose,
        finess=it.finess,
        siren=it.siren,
        rna=it.rna,
        street=it.address.street,
        postal_code=it.address.postal_code,
        city=it.address.city,
        has_members=it.has_members,
    )
