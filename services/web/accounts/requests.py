"""What other services and operators ask of accounts, over NATS."""

from services.web.accounts.invitations import issue_invitation
from services.web.accounts.passwords import hash_password
from services.web.accounts.reset_links import issue_reset_link
from services.web.accounts.storage import Account, create_account, find_account
from services.web.accounts.tokens import issue_token
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.web.commands import (
    CreateAccount,
    InvitationLink,
    IssueInvitationLink,
    IssuePasswordResetLink,
    PasswordResetLink,
)
from shared.contracts.web.refusals import EmailTaken, PasswordResetNotFound
from shared.kit.clock import now
from shared.kit.requests import InTransaction, Router, answers


def router_for(public_url: str) -> Router:
    """The requests that web answers. Links begin with the address that people type."""
    router = Router()

    @router.subscriber(**answers(IssueInvitationLink))
    async def handle_issue_invitation_link(command: IssueInvitationLink, tx: InTransaction) -> InvitationLink:
        secret, expires_at = await issue_invitation(tx, command.person_id, command.mandate_id, now())
        return InvitationLink(url=f"{public_url}/invitation/{secret}", expires_at=expires_at)

    @router.subscriber(**answers(IssuePasswordResetLink))
    async def handle_issue_password_reset_link(
        command: IssuePasswordResetLink, tx: InTransaction
    ) -> PasswordResetLink:
        issued = await issue_reset_link(tx, command.person_id, now())
        if issued is None:
            raise PasswordResetNotFound
        secret, expires_at = issued
        return PasswordResetLink(url=f"{public_url}/mot-de-passe-oublie/{secret}", expires_at=expires_at)

    @router.subscriber(**answers(CreateAccount))
    async def handle_create_account(command: CreateAccount, tx: InTransaction) -> Done:
        if await find_account(tx, command.person_id) is None:
            account = Account(command.person_id, command.email, await hash_password(command.password))
            if not await create_account(tx, account, now()):
                raise EmailTaken
        if command.api_token:
            actor = Actor(command.person_id, command.organization_id)
            await issue_token(tx, actor, "Démonstration", now(), secret=command.api_token)
        return Done()

    return router
