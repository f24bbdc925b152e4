"""Use cases of proving who one is: sign in, confirm an act, change the password.

The hash is computed between two transactions: it takes a tenth of a second, too long to hold a connection.
"""

from datetime import timedelta
from math import ceil

from services.web.accounts import throttle
from services.web.accounts.passwords import hash_password, matches, weakness_of
from services.web.accounts.reset_links import drop_reset_link
from services.web.accounts.sessions import Flash, end_other_sessions, open_session
from services.web.accounts.storage import Account, change_password_hash, find_account, find_account_by_email
from services.web.gateway import Gateway
from shared.contracts.actor import Actor
from shared.contracts.contacts.queries import GetOwnAffiliations
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.refusals import NotSignedIn
from shared.contracts.web.refusals import CredentialsWrong, PasswordTooWeak, PasswordWrong, TooManyAttempts
from shared.kit.clock import now
from shared.kit.database import Database, Transaction, transaction


async def sign_in(
    database: Database, gateway: Gateway, email: str, password: str, *, ip: str, device: str
) -> str:
    """Open a session for whoever knows the password; returns the session's secret."""
    email = email.strip().lower()
    if not email.isprintable():
        # No account has such an e-mail, and PostgreSQL could not even look for it.
        email = ""
    subjects = (throttle.account(email), throttle.address(ip))
    async with transaction(database, actor=None) as tx:
        await count_attempt(tx, subjects)
        account = await find_account_by_email(tx, email)
    if not await matches(password, account.password_hash if account else None) or account is None:
        raise CredentialsWrong
    organization_id = await first_organization(gateway, account.person_id)
    async with transaction(database, actor=None) as tx:
        await throttle.forgive(tx, subjects[0])
        await throttle.take_back(tx, subjects[1])
        return await open_session(tx, account.person_id, organization_id, device, now())


async def first_organization(gateway: Gateway, person_id: PersonId) -> OrganizationId | None:
    """As whom the person speaks when she comes in; she may change it on her account's page."""
    person = await gateway.ask(GetOwnAffiliations(person_id=person_id))
    return person.affiliations[0].organization_id if person.affiliations else None


async def confirm_password(database: Database, person_id: PersonId, password: str, *, ip: str) -> Account:
    """Make sure that it is still she who acts; a wrong password is counted as at sign-in."""
    async with transaction(database, actor=None) as tx:
        account = await find_account(tx, person_id)
        if account is None:
            raise NotSignedIn
        subjects = (throttle.account(account.email), throttle.address(ip))
        await count_attempt(tx, subjects)
    if not await matches(password, account.password_hash):
        raise PasswordWrong
    async with transaction(database, actor=None) as tx:
        await throttle.forgive(tx, subjects[0])
        await throttle.take_back(tx, subjects[1])
    return account


async def change_password(
    database: Database, actor: Actor, current: str, new: str, *, ip: str, device: str, flash: Flash
) -> str:
    """Replace the password and end every session; returns the secret of a fresh one for the person who did it."""
    account = await confirm_password(database, actor.person_id, current, ip=ip)
    refuse_weak(new, account.email)
    password_hash = await hash_password(new)
    async with transaction(database, actor=None) as tx:
        await change_password_hash(tx, actor.person_id, password_hash, now())
        await drop_reset_link(tx, actor.person_id)
        await end_other_sessions(tx, actor.person_id, kept=None)
        return await open_session(tx, actor.person_id, actor.organization_id, device, now(), flash=flash)


def refuse_weak(password: str, email: str) -> None:
    """Refuse a password that is short, common, or the e-mail itself."""
    if weakness := weakness_of(password, email):
        raise PasswordTooWeak(weakness=str(weakness))


async def count_attempt(tx: Transaction, subjects: tuple[throttle.Subject, ...]) -> None:
    """Count one attempt, or refuse one that comes too early."""
    wait = await throttle.count_attempt(tx, subjects, now())
    if wait > timedelta(0):
        raise TooManyAttempts(retry_after_seconds=ceil(wait.total_seconds()))
