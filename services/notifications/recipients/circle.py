"""Everybody around one convention, as contacts and projects have told. Ids only."""

from dataclasses import dataclass

from shared.contracts.contacts.events import (
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.projects.events import ConventionSealed


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a convention and its people."""

    organization_id: OrganizationId
    referents: frozenset[PersonId] = frozenset()
    signatories: frozenset[PersonId] = frozenset()
    administrators: frozenset[PersonId] = frozenset()
    vacant: bool = False
    """Whether its last référent is gone: its signatories stand in."""
    lead: PersonId | None = None
    """Who leads, for this party, the project that the event is about."""
    signed: bool = False


_OF_CONTACTS = (
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

    def others(self, organization_id: OrganizationId | None) -> tuple[Party, ...]:
        """Every party but this one; all of them when nobody in particular acted."""
        return tuple(it for it in self.parties if it.organization_id != organization_id)

    def lacks_people_for(self, event: Event) -> bool:
        """Whether facts that came before the event, of contacts, have not all arrived yet.

        The two streams are read side by side. Negotiation needs a référent on each side and sealing a signatory: who is
        missing here has been told, and is about to come. What contacts tells depends on nothing that projects tells.
        """
        if isinstance(event, _OF_CONTACTS):
            return False
        if not self.drafted:
            return True
        if isinstance(event, ConventionSealed) and not all(it.signatories for it in self.parties):
            return True
        return self.negotiating and not all(it.referents or it.vacant for it in self.parties)
