"""Use cases of a forgotten password: ask for the e-mail, look at its link, choose a new password and come in."""

import asyncio

import structlog

from services.web.accounts import throttle
from services.web.accounts.passwords import hash_password
from services.web.accounts.reset_links import find_reset, use_reset_link
from services.web.accounts.sessions import Flash, end_other_sessions, open_session
from services.web.accounts.sign_in import count_attempt, first_organization, refuse_weak
from services.web.accounts.storage import Account, change_password_hash, find_account_by_email
from services.web.accounts.tokens import revoke_all_tokens
from services.web.gateway import Gateway
from shared.contracts.notifications.commands import SendPasswordReset
from shared.contracts.refusals import Defect, Trouble
from shared.contracts.web.refusals import PasswordResetNotFound
from shared.kit.clock import now
from shared.kit.database import Database, transaction

_log = structlog.get_logger()

# A service that restarts is back within these; past them, the page has told the person to ask again.
_PAUSES_SECONDS = (0.0, 1.0, 3.0)


async def count_reset(database: Database, email: str, *, ip: str) -> None:
    """Count one question about an e-mail, whether it opens an account or not."""
    async with transaction(database, actor=None) as tx:
        await count_attempt(tx, (throttle.reset_of(email), throttle.resets_from(ip)))


async def send_reset(database: Database, gateway: Gateway, email: str) -> None:
    """Have the e-mail sent if there is an account. Nobody waits for it: how long it takes would tell."""
    for pause in _PAUSES_SECONDS:
        await asyncio.sleep(pause)
        try:
            async with transaction(database, actor=None) as tx:
                account = await find_account_by_email(tx, email)
            if account is not None:
                await gateway.ask(SendPasswordReset(person_id=account.person_id))
        except (Trouble, Defect) as failure:
            _log.warning("password_reset_not_asked", failure=type(failure).__name__)
        else:
            return


async def look_at_reset(database: Database, secret: str) -> Account:
    """Whose password the link changes. Changes nothing: mail programs follow links by themselves.

    Raises:
        PasswordResetNotFound: the link does not work, or no longer.
    """
    async with transaction(database, actor=None) as tx:
        account = await find_reset(tx, secret, now())
    if account is None:
        raise PasswordResetNotFound
    return account


async def reset_password(
    database: Database, gateway: Gateway, secret: str, password: str, *, device: str, flash: Flash
) -> str:
    """Replace the password, end every session and token; returns the secret of a fresh one for whoever holds the link."""
    account = await look_at_reset(database, secret)
    refuse_weak(password, account.email)
    password_hash = await hash_password(password)
    organization_id = await first_organization(gateway, account.person_id)
    async with transaction(database, actor=None) as tx:
        if not await use_reset_link(tx, secret, now()):
            raise PasswordResetNotFound
        await change_password_hash(tx, account.person_id, password_hash, now())
        await end_other_sessions(tx, account.person_id, kept=None)
        # Who resets a password may have lost the account: whoever had it could have made a token.
        await revoke_all_tokens(tx, account.person_id, now())
        for subject in (throttle.account(account.email), throttle.reset_of(account.email)):
            await throttle.forgive(tx, subject)
        return await open_session(tx, account.person_id, organization_id, device, now(), flash=flash)
