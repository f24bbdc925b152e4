"""What a party said of its own: that it suspends, that it ends the convention, that it leaves alone."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.identifiers import DepartureId, OrganizationId, PersonId, SuspensionId, TerminationId


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
