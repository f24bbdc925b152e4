"""What a letter about somebody's own account is filled with, asked at the moment of sending as for any other letter."""

from dataclasses import dataclass

from services.notifications.notices.public import AccountLetter, Cancelled
from shared.contracts.contacts.queries import GetOwnAffiliations
from shared.contracts.refusals import Refusal
from shared.contracts.web.commands import IssuePasswordResetLink, PasswordResetLink
from shared.kit.asking import Asker


@dataclass(frozen=True, slots=True)
class AccountParticulars:
    """Everything that the words of one such letter need."""

    letter: AccountLetter
    email: str
    given_name: str
    family_name: str
    link: PasswordResetLink


async def ask_account_particulars(asker: Asker, letter: AccountLetter) -> AccountParticulars | Cancelled:
    """Ask contacts for the person and web for a fresh link, last: it kills the one before.

    Raises:
        Trouble: one of them does not answer now.
    """
    try:
        person = await asker.ask(GetOwnAffiliations(person_id=letter.recipient))
        link = await asker.ask(IssuePasswordResetLink(person_id=letter.recipient))
    except Refusal as refusal:
        return Cancelled(refusal.code)
    return AccountParticulars(letter, person.email, person.given_name, person.family_name, link)
