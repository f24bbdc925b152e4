"""The people around a convention, and what telling one of them is made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import ConventionSealed

# Contacts may be away for hours, and a clock be wrong by one: whoever is told without them is never told again. A day is long
# enough for an operator to see events that are put back again and again, and nothing waits for ever.
SURE_TO_COME = timedelta(days=1)

# Past this, a signatory who is missing is not late but gone: the others are told.
PERHAPS_GONE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Hearing:
    """A person who should hear of an event, as whom she speaks there, and why she."""

    person_id: PersonId
    organization_id: OrganizationId
    kind: NoticeKind
    because: NoticeReason


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a convention and its people."""

    organization_id: OrganizationId
    referents: frozenset[PersonId] = frozenset()
    signatories: frozenset[PersonId] = frozenset()
    deputies: frozenset[PersonId] = frozenset()
    """Who acts today for a référent who is absent."""
    administrators: frozenset[PersonId] = frozenset()
    entrusted: frozenset[PersonId] = frozenset()
    """The référents whom somebody named who answers for the organisation, and their deputies."""
    vacant: bool = False
    """Whether its last référent is gone: its signatories stand in."""
    lead: PersonId | None = None
    """Who leads, for this party, the project that the event is about."""
    signed: bool = False
    joined_late: bool = False
    """Whether it joined after the convention was begun: it may have no référent yet."""


_OF_CONTACTS = (
    DelegationGranted,
    DelegationEnded,
    HandoverCompleted,
    MandateProposed,
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateWithdrawn,
    SideLeftVacant,
)


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody around one convention, as it stands after the event."""

    parties: tuple[Party, ...] = ()
    drafted: bool = False
    """Whether projects has told of the convention; until then the parties are those that have a référent."""
    negotiating: bool = False
    asked_by: OrganizationId | None = None
    """Which organisation proposed the mandate that the event is about."""
    guest: Party | None = None
    """Who observes, where the event is about that."""

    def others(self, organization_id: OrganizationId | None) -> tuple[Party, ...]:
        """Every party but this one; all of them when nobody in particular acted."""
        return tuple(it for it in self.parties if it.organization_id != organization_id)

    def among(self, organizations: Iterable[OrganizationId]) -> tuple[Party, ...]:
        """Only these parties."""
        wanted = frozenset(organizations)
        return tuple(it for it in self.parties if it.organization_id in wanted)

    def patience_for(self, event: Event) -> timedelta | None:
        """How long facts of contacts that came before the event may still be awaited; None where all have arrived.

        The two streams are read side by side. Negotiation needs a référent on each side, and whoever lost hers is vacant:
        who is missing here has been told, and comes. Sealing needs a signatory, but a signatory may be gone again
        before this is read. What contacts tells depends on nothing that projects tells.
        """
        if isinstance(event, _OF_CONTACTS):
            return None
        if not self.drafted or (
            self.negotiating and not all(it.referents or it.vacant or it.joined_late for it in self.parties)
        ):
            return SURE_TO_COME
        if isinstance(event, ConventionSealed) and not all(it.signatories for it in self.parties):
            return PERHAPS_GONE
        return None


def referents(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    """Those who answer for these parties."""
    for party in parties:
        for person in sorted(party.referents):
            yield Hearing(person, party.organization_id, kind, NoticeReason.REFERENT)
        for person in sorted(party.deputies):
            yield Hearing(person, party.organization_id, kind, NoticeReason.DEPUTY)
        if party.vacant:
            for person in sorted(party.signatories):
                yield Hearing(person, party.organization_id, kind, NoticeReason.STANDING_IN)


def signatories(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    """Those who may sign for these parties."""
    for party in parties:
        for person in sorted(party.signatories):
            yield Hearing(person, party.organization_id, kind, NoticeReason.SIGNATORY)


def leads(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    """Those who lead, for these parties, the project that the event is about."""
    for party in parties:
        if party.lead is not None:
            yield Hearing(party.lead, party.organization_id, kind, NoticeReason.LEAD)


Rule = Callable[[Any, Circle, OrganizationId | None], Iterable[Hearing]]
"""The event, the circle, and the organisation that acted."""
