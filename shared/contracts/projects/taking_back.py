"""A party takes back its notice that a convention ends: what it asks, what is told, why it may not."""

from datetime import date

from pydantic import Field

from shared.contracts.identifiers import ConventionId, OrganizationId, TerminationId
from shared.contracts.messages import Command, Done, Event
from shared.contracts.refusals import Refusal, RefusalKind


class WithdrawTermination(Command[Done]):
    """Take back the notice that the actor's organisation gave: the convention goes on as if it had not been given."""

    convention_id: ConventionId
    termination_id: TerminationId
    means: str = Field(default="password", pattern="^(password|second_factor)$")


class TerminationWithdrawn(Event, subject="entente.projects.convention.termination_withdrawn.v1"):
    """A party took its notice back, before its day: the convention does not end on `effective_on`."""

    convention_id: ConventionId
    organization_id: OrganizationId
    effective_on: date


class TerminationNotFound(Refusal):
    """No such notice stands, or another party gave it."""

    code = "termination_not_found"
    kind = RefusalKind.NOT_FOUND


class DutiesBegun(Refusal):
    """Somebody has done a last duty already: whoever relies on the notice is not taken back with it."""

    code = "duties_begun"
