"""The page of an invitation's secret link. Looking changes nothing; accepting opens the account and comes in."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from pydantic import BaseModel

from services.web.accounts.accept_invitation import (
    OpenInvitation,
    accept_invitation,
    close_invitations,
    decline_invitation,
    look_at_invitation,
)
from services.web.accounts.sessions import speak_as
from services.web.pages.cookies import set_session_cookie
from services.web.pages.devices import device_in_words
from services.web.pages.forms import Form, Page, read_form
from services.web.pages.frame import begin_page, done, see_other, show
from services.web.pages.referents import heard_by_projects
from services.web.pages.sign_in import end_current, refuse_other_sites
from services.web.visits import Visit
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import AcceptMandate
from shared.contracts.projects.naming import DescribeForNotice
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Side
from shared.contracts.web.refusals import InvitationNotFound
from shared.kit.database import transaction

_FIELD_OF_CODE = {
    "password_too_weak": "password",
    "password_wrong": "password",
    "too_many_attempts": "password",
    "function_missing": "function",
}


class ShownInvitation(BaseModel):
    """What the page tells of the invitation."""

    inviter_organization: str
    inviter_side: Side
    organization: str
    side: Side
    convention_title: str
    given_name: str
    family_name: str
    email: str
    expires_at: Any
    organization_has_administrator: bool


@get("/invitation/{token:str}")
async def show_invitation(request: Visit, token: FromPath[str]) -> Page:
    """Who invites, for what, and what it means."""
    try:
        opened = await _look(request, token)
    except InvitationNotFound:
        return await _invalid(request)
    if opened.has_account and not _is_hers(request, opened):
        return see_other(f"/connexion?suite=/invitation/{token}")
    return await _page(request, token, opened, Form())


@post("/invitation/{token:str}")
async def handle_accept_invitation(request: Visit, token: FromPath[str]) -> Page:
    """Accept."""
    refuse_other_sites(request)
    form = await read_form(request)
    try:
        opened = await _look(request, token)
    except InvitationNotFound:
        return await _invalid(request)
    answer = form.build(
        AcceptMandate,
        mandate_id=opened.mandate.mandate_id,
        function=form.optional("function"),
        given_name=form.optional("given_name"),
        family_name=form.optional("family_name"),
        declares_signing_authority=form.ticked("declares_signing_authority"),
    )
    if not opened.has_function and not form.optional("function"):
        form.errors["function"] = "Dites votre fonction dans l’organisation."
    if answer is None or form.errors:
        return await _page(request, token, opened, form)
    try:
        if _is_hers(request, opened):
            return await _accept_signed_in(request, opened, answer)
        secret = await accept_invitation(
            request.web.database,
            request.web.gateway,
            opened,
            answer,
            form.text("password"),
            ip=request.address,
            device=device_in_words(request.headers.get("user-agent", "")),
        )
    except Refusal as refusal:
        if refusal.kind is RefusalKind.NOT_FOUND:
            return await _invalid(request)
        form.refuse(refusal, _FIELD_OF_CODE.get(refusal.code, "_"))
        return await _page(request, token, opened, form)
    actor = Actor(opened.invitation.person_id, opened.mandate.organization_id)
    await end_current(request)
    await heard_by_projects(request, actor, opened.mandate.convention_id)
    return set_session_cookie(request, see_other(f"/conventions/{opened.mandate.convention_id}"), secret)


@post("/invitation/{token:str}/refuser")
async def handle_decline_invitation(request: Visit, token: FromPath[str]) -> Page:
    """Decline: the link is proof enough, no account is asked for."""
    refuse_other_sites(request)
    try:
        opened = await _look(request, token)
        await decline_invitation(request.web.database, request.web.gateway, opened, None)
    except InvitationNotFound:
        return await _invalid(request)
    if request.visitor.session:
        return await done(request, "/", "Votre refus est enregistré. Chaque partie est prévenue.")
    return await show(request, "invitation_declinee.html", live_url=None)


async def _accept_signed_in(request: Visit, opened: OpenInvitation, answer: AcceptMandate) -> Page:
    actor = Actor(request.person_id, opened.mandate.organization_id)
    await request.web.gateway.ask(answer, actor)
    await heard_by_projects(request, actor, opened.mandate.convention_id)
    await close_invitations(request.web.database, opened.invitation.mandate_id)
    async with transaction(request.web.database, actor=None) as tx:
        await speak_as(tx, request.my_session.session_id, opened.mandate.organization_id)
    return await done(
        request, f"/conventions/{opened.mandate.convention_id}", "Vous êtes maintenant référent·e."
    )


async def _look(request: Visit, token: FromPath[str]) -> OpenInvitation:
    return await look_at_invitation(request.web.database, request.web.gateway, token)


def _is_hers(request: Visit, opened: OpenInvitation) -> bool:
    session = request.visitor.session
    return session is not None and session.person_id == opened.invitation.person_id


async def _page(request: Visit, token: str, opened: OpenInvitation, form: Form) -> Response[str]:
    begin_page(request)
    mandate = opened.mandate
    extra: dict[str, Any] = {} if _is_hers(request, opened) else {"me": None}
    return await show(
        request,
        "invitation.html",
        status=form.status,
        live_url=None,
        erreurs=form.errors,
        valeurs=form.values,
        token=token,
        invitation=ShownInvitation(
            inviter_organization=mandate.proposed_by_name,
            inviter_side=mandate.proposed_by_side or Side.THIRD_PARTY,
            organization=mandate.organization_name,
            side=mandate.side,
            convention_title=await _title(request, opened),
            given_name=mandate.given_name,
            family_name=mandate.family_name,
            email=opened.email,
            expires_at=opened.invitation.expires_at,
            organization_has_administrator=mandate.organization_has_administrator,
        ),
        is_member=opened.has_function,
        **extra,
    )


async def _title(request: Visit, opened: OpenInvitation) -> str:
    about = await request.web.gateway.ask_if_there(
        DescribeForNotice(
            person_id=opened.invitation.person_id,
            organization_id=opened.mandate.organization_id,
            convention_id=opened.mandate.convention_id,
        )
    )
    return about.convention_title if about and about.convention_title else "Convention de partenariat"


async def _invalid(request: Visit) -> Response[str]:
    return await show(request, "invitation_invalide.html", status=404, live_url=None)
