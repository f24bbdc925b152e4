"""What becomes of a convention once it is signed, and what can be asked of it: suspensions, notice, end, last duties."""

from datetime import date, datetime

from pydantic import Field

from shared.contracts.identifiers import (
    ConventionId,
    OrganizationId,
    PersonId,
    ProjectId,
    SuspensionId,
    TerminationId,
)
from shared.contracts.messages import Command, Done, Message, Query, View
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.leaving import DepartureView
from shared.contracts.projects.queries import Act, ConventionState, ProjectState
from shared.contracts.projects.terms import Renewal
from shared.contracts.values import Day, Paragraph


class SuspendConvention(Command[Done]):
    """Suspend, for the actor's organisation, a convention that holds. Its projects pause; its term goes on."""

    convention_id: ConventionId
    suspension_id: SuspensionId
    reason: Paragraph
    resumes_on: Day | None = None
    """The day on which it ends by itself; None: until it is lifted."""
    means: str = Field(default="password", pattern="^(password|second_factor)$")


class LiftSuspension(Command[Done]):
    """Lift the suspension that the actor's organisation asked for."""

    convention_id: ConventionId
    suspension_id: SuspensionId


class TerminateConvention(Command[Done]):
    """Give notice, for the actor's organisation: the convention ends on `effective_on`."""

    convention_id: ConventionId
    termination_id: TerminationId
    effective_on: Day
    """The first day on which the convention no longer holds."""
    reason: Paragraph
    means: str = Field(default="password", pattern="^(password|second_factor)$")


class CompleteClosingStep(Command[Done]):
    """Say that one of the last duties of the actor's side is done."""

    convention_id: ConventionId
    step: ClosingStep


class DecideRenewal(Command[Done]):
    """Say, for the actor's organisation, whether the convention goes on after the term that ends on `ends_on`.

    Under a tacit renewal only an objection needs saying, until `decide_by`; an express one needs every party's yes.
    """

    convention_id: ConventionId
    ends_on: Day
    agrees: bool
    means: str = Field(default="password", pattern="^(password|second_factor)$")


class RenewalDecisionView(Message):
    """What a party said about the renewal of the present term."""

    organization_id: OrganizationId
    person_id: PersonId
    agrees: bool
    decided_at: datetime


class RenewalView(Message):
    """How the present term goes on or ends."""

    renewal: Renewal
    due_on: date
    """From when the parties are asked, or told that it goes on by itself."""
    decide_by: date
    """The last day to object, or to agree."""
    next_ends_on: date
    """The last day of the next term."""
    decisions: tuple[RenewalDecisionView, ...]


class SuspensionView(Message):
    """A suspension, standing or lifted."""

    suspension_id: SuspensionId
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    resumes_on: date | None
    suspended_at: datetime
    lifted_at: datetime | None


class TerminationView(Message):
    """The notice that a party gave."""

    termination_id: TerminationId
    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    effective_on: date
    notified_at: datetime


class ClosingStepView(Message):
    """One of the last duties, and which side has done it."""

    step: ClosingStep
    done_by: tuple[OrganizationId, ...]


class ProjectToWindDown(Message):
    """A project that the end of the convention leaves behind."""

    project_id: ProjectId
    title: str
    state: ProjectState
    open_milestones: int
    """Steps that are not reached."""
    last_due_on: date | None
    """The day of the last of them."""


class ConventionLife(View):
    """Where a signed convention stands, for one reader."""

    convention_id: ConventionId
    version: int
    title: str
    state: ConventionState
    parties: tuple[OrganizationId, ...]
    starts_on: date
    ends_on: date
    activated_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None
    suspensions: tuple[SuspensionView, ...]
    """Newest first, at most the last 50."""
    termination: TerminationView | None
    departures: tuple[DepartureView, ...] = ()
    """The parties that leave or have left alone, the first to leave first."""
    may_leave: bool = False
    """Whether the actor may give notice that her organisation leaves alone."""
    renewal: RenewalView | None
    """None where the terms say that it ends."""
    earliest_end: date
    """The first day on which a notice given today could take effect."""
    latest_end: date | None = None
    """The last one: of the present term or, where that goes on by itself, of the next."""
    closing: tuple[ClosingStepView, ...]
    """Empty until the end is known."""
    projects: tuple[ProjectToWindDown, ...]
    may_take_back: bool = False
    """Whether the actor may take back the notice that her organisation gave."""
    may: tuple[Act, ...]


class GetConventionLife(Query[ConventionLife]):
    """What becomes of a convention that the actor may read."""

    convention_id: ConventionId
