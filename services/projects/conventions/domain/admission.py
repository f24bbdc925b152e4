"""An organisation that is to come to a convention, as a party or to observe it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.projects.conventions.domain.party import Party
from shared.contracts.identifiers import AdmissionId, OrganizationId, PersonId
from shared.contracts.projects.parties import Role

# As many as a steering committee seats.
MOST_PARTIES = 10
MOST_OBSERVERS = 20


@dataclass(frozen=True, slots=True)
class Admission:
    """Who is to come as what, and which parties agree."""

    id: AdmissionId
    role: Role
    party: Party
    """The organisation, as the directory names it."""
    interest: str
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    accepted_by: frozenset[OrganizationId]
    admitted_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def organization_id(self) -> OrganizationId:
        """Who is to come."""
        return self.party.organization_id

    @property
    def waits(self) -> bool:
        """Whether parties still have to answer."""
        return self.admitted_at is None and self.ended_at is None

    @property
    def observes(self) -> bool:
        """Whether it reads the shared room now."""
        return self.role is not Role.PARTY and self.admitted_at is not None and self.ended_at is None

    def asks_the_same_as(self, other: "Admission") -> bool:
        """Whether both are one proposal that came twice."""
        return (self.role, self.organization_id, self.interest, self.proposed_by_person) == (
            other.role,
            other.organization_id,
            other.interest,
            other.proposed_by_person,
        )

    def agreed_by(self, organization_id: OrganizationId) -> "Admission":
        """The same with one more party that agrees."""
        return replace(self, accepted_by=self.accepted_by | {organization_id})

    def awaits(self, parties: Iterable[OrganizationId]) -> tuple[OrganizationId, ...]:
        """Which of the parties have not agreed."""
        return tuple(it for it in parties if it not in self.accepted_by)
