"""Follow an invitation's link: look at it, then open the account, accept the mandate and come in."""

from dataclasses import dataclass

from services.web.accounts.invitations import Invitation, find_invitation, use_invitations
from services.web.accounts.passwords import hash_password
from services.web.accounts.sessions import open_session
from services.web.accounts.sign_in import confirm_password, refuse_weak
from services.web.accounts.storage import Account, create_account, find_account, find_account_by_email
from services.web.gateway import Gateway
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import AcceptMandate, DeclineMandate
from shared.contracts.contacts.queries import (
    GetMandateForInvitation,
    GetOwnAffiliations,
    MandateState,
    MandateView,
)
from shared.contracts.identifiers import MandateId
from shared.contracts.refusals import NotSignedIn
from shared.contracts.web.refusals import EmailTaken, InvitationNotFound
from shared.kit.clock import now
from shared.kit.database import Database, transaction


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What a link shows: the mandate it offers, to whom, and whether she has an account already."""

    invitation: Invitation
    mandate: MandateView
    email: str
    has_account: bool
    has_function: bool
    """Whether contacts knows already what she does in that organisation."""


async def look_at_invitation(database: Database, gateway: Gateway, secret: str) -> OpenInvitation:
    """What the link opens. Changes nothing: mail programs follow links by themselves."""
    async with transaction(database, actor=None) as tx:
        invitation = await find_invitation(tx, secret, now())
        if invitation is None:
            raise InvitationNotFound
        account = await find_account(tx, invitation.person_id)
    mandate = await gateway.ask(GetMandateForInvitation(mandate_id=invitation.mandate_id))
    if mandate.state is not MandateState.PROPOSED or mandate.person_id != invitation.person_id:
        raise InvitationNotFound
    person = await gateway.ask(GetOwnAffiliations(person_id=invitation.person_id))
    email = account.email if account else person.email
    member_of = {it.organization_id for it in person.affiliations}
    return OpenInvitation(
        invitation, mandate, email, account is not None, mandate.organization_id in member_of
    )


async def accept_invitation(
    database: Database,
    gateway: Gateway,
    opened: OpenInvitation,
    answer: AcceptMandate,
    password: str,
    *,
    ip: str,
    device: str,
) -> str:
    """Accept on behalf of the link's holder; returns the secret of her session.

    The account is opened before the mandate is accepted: should the second fail, the link still works and asks for the
    password that was just chosen.
    """
    person_id = opened.invitation.person_id
    if opened.has_account:
        await confirm_password(database, person_id, password, ip=ip)
    else:
        await _open_account(database, opened, password)
    actor = Actor(person_id, opened.mandate.organization_id)
    await gateway.ask(answer, actor)
    async with transaction(database, actor=None) as tx:
        await use_invitations(tx, opened.invitation.mandate_id, now())
        return await open_session(tx, person_id, opened.mandate.organization_id, device, now())


async def decline_invitation(
    database: Database, gateway: Gateway, opened: OpenInvitation, reason: str | None
) -> None:
    """Decline on behalf of the link's holder; needs no account."""
    actor = Actor(opened.invitation.person_id, opened.mandate.organization_id)
    await gateway.ask(DeclineMandate(mandate_id=opened.invitation.mandate_id, reason=reason), actor)
    await close_invitations(database, opened.invitation.mandate_id)


async def close_invitations(database: Database, mandate_id: MandateId) -> None:
    """The mandate is answered: its links stop working."""
    async with transaction(database, actor=None) as tx:
        await use_invitations(tx, mandate_id, now())


async def _open_account(database: Database, opened: OpenInvitation, password: str) -> None:
    refuse_weak(password, opened.email)
    account = Account(opened.invitation.person_id, opened.email, await hash_password(password))
    async with transaction(database, actor=None) as tx:
        if await create_account(tx, account, now()):
            return
        other = await find_account_by_email(tx, opened.email)
    if other is not None and other.person_id != account.person_id:
        raise EmailTaken
    # Somebody followed the same link at the same moment and was first: his password stands.
    raise NotSignedIn
