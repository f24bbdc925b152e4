"""What the rules of a project need to know of the world around it: the convention above it, and who acts."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotActive, DateOutsideConvention


@dataclass(frozen=True, slots=True)
class Agreement:
    """The convention that a project stands under, as both sides agreed it."""

    convention_id: ConventionId
    state: ConventionState
    starts_on: date
    ends_on: date
    parties: tuple[OrganizationId, ...]

    def why_not_active(self) -> ConventionNotActive | None:
        """Why no work can begin under it now, or None."""
        if self.state is ConventionState.ACTIVE:
            return None
        return ConventionNotActive(state=self.state)

    def require_within_term(self, day: date) -> None:
        """Refuse a day on which the convention does not hold."""
        if not self.starts_on <= day <= self.ends_on:
            raise DateOutsideConvention(starts_on=self.starts_on, ends_on=self.ends_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """The person who acts, the side as which she speaks, and whether she is its référent."""

    person_id: PersonId
    organization_id: OrganizationId
    referent: bool

    def directs(self, lead: PersonId | None) -> bool:
        """Whether she acts for her side in a project that `lead` leads for that side."""
        return self.referent or lead == self.person_id
