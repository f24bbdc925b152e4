"""My organisation: its people, and who may sign for it."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page
from services.web.pages.frame import begin_page, done, show
from services.web.visits import Visit
from shared.contracts.contacts.commands import (
    GrantAdministration,
    GrantSigningAuthority,
    RevokeSigningAuthority,
)
from shared.contracts.contacts.queries import ListMembers, MemberView
from shared.contracts.identifiers import PersonId
from shared.contracts.refusals import Trouble
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Organization:
    """Its name and side."""

    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the organisation."""

    person_id: PersonId
    name: str
    email: str
    function: str
    administrator: bool
    signatory: bool
    is_me: bool


@get("/mon-organisation")
async def show_organization(request: Visit) -> Page:
    """The page."""
    return await _page(request, Form())


@post("/mon-organisation/{person_id:uuid}/pouvoir")
async def handle_grant(request: Visit, person_id: FromPath[UUID]) -> Page:
    """Let a member sign."""
    form = Form()
    if await form.send(request, GrantSigningAuthority(person_id=PersonId(person_id))):
        return await done(request, "/mon-organisation", "Cette personne peut maintenant signer.")
    return await _page(request, form)


@post("/mon-organisation/{person_id:uuid}/retirer-pouvoir")
async def handle_revoke(request: Visit, person_id: FromPath[UUID]) -> Page:
    """Take the authority to sign back."""
    form = Form()
    if await form.send(request, RevokeSigningAuthority(person_id=PersonId(person_id))):
        return await done(request, "/mon-organisation", "Cette personne ne peut plus signer.")
    return await _page(request, form)


@post("/mon-organisation/{person_id:uuid}/administration")
async def handle_grant_administration(request: Visit, person_id: FromPath[UUID]) -> Page:
    """Let a member administer the organisation too."""
    form = Form()
    if await form.send(request, GrantAdministration(person_id=PersonId(person_id))):
        return await done(
            request, "/mon-organisation", "Cette personne administre maintenant l’organisation."
        )
    return await _page(request, form)


async def _page(request: Visit, form: Form) -> Page:
    request.must_be_signed_in()
    frame = begin_page(request)
    people = await request.web.gateway.ask(ListMembers(), request.actor)
    me = (await frame).me
    if me is None:
        raise Trouble("the frame of the page did not come")
    return await show(
        request,
        "mon_organisation.html",
        status=form.status,
        erreurs=form.errors,
        organization=Organization(me.organization, me.side),
        members=[_member(it, request.person_id) for it in people.members],
        may_administer=people.may_administer,
    )


def _member(member: MemberView, me: PersonId) -> Member:
    return Member(
        person_id=member.person_id,
        name=f"{member.given_name} {member.family_name}",
        email=member.email,
        function=member.function,
        administrator=member.administrator,
        signatory=member.signatory,
        is_me=member.person_id == me,
    )
