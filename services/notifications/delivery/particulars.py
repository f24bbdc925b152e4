"""What a letter is filled with, asked of its owners at the moment of sending: nothing of it is kept here.

Asking late also means that a person who may no longer read a convention is no longer written to about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from services.notifications.delivery.address import PublicAddress
from services.notifications.delivery.titles import Titles, ask_titles
from services.notifications.notices.public import Cancelled, Item, Letter, TryLater, what_all_are_about
from shared.contracts.contacts.queries import NameForNotice
from shared.contracts.identifiers import ConventionId
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side
from shared.contracts.web.commands import InvitationLink, IssueInvitationLink
from shared.kit import clock
from shared.kit.asking import Asker

T = TypeVar("T")

# Projects hears of a mandate at the same time as we do: an invited person may read a moment later.
UNREADABLE_PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Particulars:
    """Everything that the words of one letter need."""

    letter: Letter
    items: tuple[Item, ...]
    """Those of the letter that still ask or tell something."""
    email: str
    given_name: str
    family_name: str
    own_organization: str | None
    actor: str | None
    actor_organization: str | None
    actor_side: Side | None
    titles: Titles
    address: str
    invitation: InvitationLink | None


async def ask_particulars(
    asker: Asker, address: PublicAddress, letter: Letter
) -> Particulars | Cancelled | TryLater:
    """Ask contacts, projects and, for an invitation, web.

    Raises:
        Trouble: one of them does not answer now.
    """
    items = tuple(item for item in letter.items if not item.settled)
    if not items:
        return Cancelled("settled")
    base = address.current()
    try:
        titles = await ask_titles(asker, letter, what_all_are_about(items))
        if titles is None:
            return _unreadable(letter)
        names = await asker.ask(_names_wanted(letter, items, titles.within))
        invitation = await _invite(asker, letter, items)
    except Refusal as refusal:
        return Cancelled(refusal.code)
    organizations = {it.organization_id: it for it in names.organizations}
    own = organizations.get(letter.as_organization)
    organization = _common(item.actor_organization for item in items)
    acting = organizations.get(organization) if organization else None
    person = _common(item.actor_person for item in items)
    actor = next((it for it in names.people if it.person_id == person), None)
    return Particulars(
        letter=letter,
        items=items,
        email=names.recipient.email,
        given_name=names.recipient.given_name,
        family_name=names.recipient.family_name,
        own_organization=own.name if own else None,
        actor=f"{actor.given_name} {actor.family_name}" if actor else None,
        actor_organization=acting.name if acting else None,
        actor_side=acting.side if acting else None,
        titles=titles,
        address=base,
        invitation=invitation,
    )


def _names_wanted(
    letter: Letter, items: tuple[Item, ...], convention_id: ConventionId | None
) -> NameForNotice:
    people = {item.actor_person for item in items} - {None}
    organizations = {letter.as_organization, *(item.actor_organization for item in items)} - {None}
    return NameForNotice(
        recipient=letter.recipient,
        convention_id=convention_id,
        person_ids=tuple(person for person in people if person)[:50],
        organization_ids=tuple(organization for organization in organizations if organization)[:50],
    )


async def _invite(asker: Asker, letter: Letter, items: tuple[Item, ...]) -> InvitationLink | None:
    mandate_id = items[0].subject.mandate_id
    if letter.kind is not NoticeKind.MANDATE_PROPOSED or mandate_id is None:
        return None
    return await asker.ask(IssueInvitationLink(person_id=letter.recipient, mandate_id=mandate_id))


def _unreadable(letter: Letter) -> Cancelled | TryLater:
    now = clock.now()
    if now - letter.created_at > UNREADABLE_PATIENCE:
        return Cancelled("not_readable")
    return TryLater(
        "not_readable", now + min(timedelta(seconds=30), timedelta(seconds=0.1) * 2**letter.attempts)
    )


def _common(ids: Iterable[T | None]) -> T | None:
    """The one id that all share, so that a folded letter names nobody for what others did."""
    different = set(ids)
    return different.pop() if len(different) == 1 else None
