"""What a party said of its own: that it suspends, that it ends the convention, that it leaves alone."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.identifiers import (
    ConventionId,
    DepartureId,
    OrganizationId,
    PersonId,
    SuspensionId,
    TerminationId,
)
from shared.contracts.projects.events import ConventionTerminated


@dataclass(frozen=True, slots=True)
class Suspension:
    """A party's suspension that stands."""

    suspension_id: SuspensionId
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    means: str
    resumes_on: date | None
    suspended_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A party's notice that it ends the convention, for everybody: one is enough."""

    termination_id: TerminationId
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    means: str
    effective_on: date
    """The first day on which the convention no longer holds."""
    notified_at: datetime

    def took_effect(
        self, convention_id: ConventionId, ready: tuple[OrganizationId, ...]
    ) -> ConventionTerminated:
        """The event that tells that its day has come, and which parties have done all their last duties."""
        return ConventionTerminated(
            convention_id=convention_id,
            organization_id=self.organization_id,
            effective_on=self.effective_on,
            ready=ready,
        )


@dataclass(frozen=True, slots=True)
class Departure:
    """A party's notice that it leaves alone."""

    departure_id: DepartureId
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    means: str
    effective_on: date
    """The first day on which it is a party no more."""
    notified_at: datetime
