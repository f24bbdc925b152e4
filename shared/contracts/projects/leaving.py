"""A party that leaves alone: the convention lives on for the others, as long as both kinds of organisations remain."""

from datetime import date, datetime

from pydantic import Field

from shared.contracts.identifiers import ConventionId, DepartureId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Event, Message
from shared.contracts.refusals import Refusal
from shared.contracts.values import Paragraph


class LeaveConvention(Command[Done]):
    """Give notice, for the actor's organisation, that it leaves on `effective_on`; the others go on."""

    convention_id: ConventionId
    departure_id: DepartureId
    effective_on: date
    """The first day on which it is a party no more."""
    reason: Paragraph
    means: str = Field(default="password", pattern="^(password|second_factor)$")


class DepartureView(Message):
    """A party that leaves, or has left."""

    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    effective_on: date
    notified_at: datetime
    left: bool
    """Whether it is a party no more."""


class DepartureNotified(Event, subject="entente.projects.convention.departure_notified.v1"):
    """A party leaves on that day; the convention goes on between the others."""

    convention_id: ConventionId
    organization_id: OrganizationId
    effective_on: date


class PartyLeft(Event, subject="entente.projects.convention.party_left.v1"):
    """A party is one no more: it reads and does nothing there from that day on. Told of the amendment that is open too."""

    convention_id: ConventionId
    organization_id: OrganizationId
    left_on: date
    amends: ConventionId | None = None
    """The convention that it left, where this is said of an amendment: that goes on without its acceptance and signature."""
    next_to_sign: OrganizationId | None = None
    """Whose turn to sign the amendment it is now, where the party was awaited in a fixed order."""


class ConventionWouldEnd(Refusal):
    """Without this party there would be no establishment, or no association: leaving is ending the convention."""

    code = "convention_would_end"


class OthersRemain(Refusal):
    """The others can go on without this party: it leaves alone, and does not end the convention for them."""

    code = "others_remain"


class AlreadyLeaving(Refusal):
    """This party has said already that it leaves."""

    code = "already_leaving"
