"""A project: proposed by one side, led by one person of each, carried by dated steps.

Who may do what is said once, in `why_not`: commands raise what it returns, pages list what it lets pass.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.projects.work.domain.agreement import Agreement, Standing
from shared.contracts.identifiers import (
    ConventionId,
    MilestoneId,
    OrganizationId,
    PartnershipId,
    PersonId,
    ProjectId,
)
from shared.contracts.messages import Event
from shared.contracts.projects.commands import ProposeProject
from shared.contracts.projects.events import (
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
    ProjectLeadNamed,
    ProjectPaused,
    ProjectProposed,
    ProjectResumed,
    ProjectStarted,
)
from shared.contracts.projects.queries import Act, ProjectState
from shared.contracts.projects.refusals import (
    DateInFuture,
    LeadMissing,
    LeadNotOfSide,
    MilestoneAlreadyReached,
    MilestoneChanged,
    MilestoneNotFound,
    NotALead,
    NotAReferent,
    ProjectAlreadyStarted,
    ProjectIsPaused,
    ProjectNotStarted,
)
from shared.contracts.refusals import Refusal, StaleVersion

ACTS = (Act.NAME_LEAD, Act.START, Act.PLAN, Act.PROPOSE_INDICATOR)
"""What can be done with a project, in the order of its life."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step; reached or not, never undone."""

    milestone_id: MilestoneId
    title: str
    due_on: date
    reached_on: date | None = None
    reached_by: OrganizationId | None = None


@dataclass(slots=True)
class Project:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    project_id: ProjectId
    convention_id: ConventionId
    version: int
    title: str
    aim: str
    state: ProjectState
    proposed_by: OrganizationId
    proposed_by_person: PersonId
    proposed_at: datetime
    started_at: datetime | None
    leads: dict[OrganizationId, PersonId | None]
    """One entry per party; None while that side has named nobody."""
    milestones: dict[MilestoneId, Milestone] = field(default_factory=dict[MilestoneId, Milestone])

    @property
    def id(self) -> ProjectId:
        """The aggregate's id, as the outbox asks for it."""
        return self.project_id

    @property
    def partnership_id(self) -> PartnershipId:
        """The partnership whose timeline tells what happens here."""
        return PartnershipId(self.convention_id)

    @staticmethod
    def propose(
        command: ProposeProject,
        agreement: Agreement,
        by: Standing,
        now: datetime,
        *,
        lead_of_side: bool = True,
    ) -> tuple["Project", list[Event]]:
        """Begin a project. `lead_of_side`: whether the colleague whom the actor names belongs to her side."""
        if not by.referent:
            raise NotAReferent
        if refusal := agreement.why_not_active():
            raise refusal
        if not lead_of_side:
            raise LeadNotOfSide
        lead = command.lead or by.person_id
        project = Project(
            project_id=command.project_id,
            convention_id=command.convention_id,
            version=0,
            title=command.title,
            aim=command.aim,
            state=ProjectState.FRAMED,
            proposed_by=by.organization_id,
            proposed_by_person=by.person_id,
            proposed_at=now,
            started_at=None,
            leads=dict.fromkeys(agreement.parties) | {by.organization_id: lead},
        )
        return project, [
            ProjectProposed(
                project_id=project.project_id,
                convention_id=project.convention_id,
                organization_id=by.organization_id,
            ),
            project._lead_named(by.organization_id, lead),
        ]

    def directed_by(self, by: Standing) -> bool:
        """Whether the person leads the project for her side, or is the référent of that side."""
        return by.directs(self.leads.get(by.organization_id))

    def sides_without_lead(self) -> tuple[OrganizationId, ...]:
        """The parties that have named nobody yet."""
        return tuple(party for party, lead in self.leads.items() if lead is None)

    def why_not(self, act: Act, by: Standing, agreement: Agreement) -> Refusal | None:
        """Why the person cannot do this now; None when she can."""
        if act not in ACTS:
            raise ValueError(f"{act} is not an act on a project")
        if not self.directed_by(by):
            return NotALead()
        if act is not Act.START:
            return None
        if self.state is not ProjectState.FRAMED:
            return ProjectAlreadyStarted()
        if missing := self.sides_without_lead():
            return LeadMissing(organization_ids=list(missing))
        return agreement.why_not_active()

    def acts(self, by: Standing, agreement: Agreement) -> tuple[Act, ...]:
        """What the person can do now."""
        return tuple(act for act in ACTS if self.why_not(act, by, agreement) is None)

    def name_lead(
        self, person_id: PersonId, by: Standing, agreement: Agreement, *, lead_of_side: bool = True
    ) -> list[Event]:
        """Name who leads for the actor's own side; the other side's lead is not hers to name."""
        self._require(Act.NAME_LEAD, by, agreement)
        if not lead_of_side:
            raise LeadNotOfSide
        if self.leads.get(by.organization_id) == person_id:
            return []
        self.leads[by.organization_id] = person_id
        return [self._lead_named(by.organization_id, person_id)]

    def start(self, version: int, by: Standing, agreement: Agreement, now: datetime) -> list[Event]:
        """Let the project run."""
        self._require(Act.START, by, agreement)
        if version != self.version:
            raise StaleVersion(self.version)
        self.state = ProjectState.RUNNING
        self.started_at = now
        return [ProjectStarted(project_id=self.project_id, convention_id=self.convention_id)]

    def follow(self, *, in_force: bool) -> list[Event]:
        """Pause when the convention no longer holds, go on when it holds again. What has not started stays as it is."""
        if self.state is ProjectState.RUNNING and not in_force:
            self.state = ProjectState.PAUSED
            return [ProjectPaused(project_id=self.project_id, convention_id=self.convention_id)]
        if self.state is ProjectState.PAUSED and in_force:
            self.state = ProjectState.RUNNING
            return [ProjectResumed(project_id=self.project_id, convention_id=self.convention_id)]
        return []

    def plan_milestone(
        self, milestone_id: MilestoneId, title: str, due_on: date, by: Standing, agreement: Agreement
    ) -> list[Event]:
        """Add a dated step. Asked again with the same id, nothing happens: it may have moved since."""
        self._require(Act.PLAN, by, agreement)
        if milestone_id in self.milestones:
            return []
        agreement.require_within_term(due_on)
        self.milestones[milestone_id] = Milestone(milestone_id, title, due_on)
        return [
            MilestonePlanned(
                project_id=self.project_id,
                convention_id=self.convention_id,
                milestone_id=milestone_id,
                due_on=due_on,
            )
        ]

    def move_milestone(
        self, milestone_id: MilestoneId, known: date, due_on: date, by: Standing, agreement: Agreement
    ) -> list[Event]:
        """Change the date of a step, provided that nobody changed it since the actor read `known`."""
        self._require(Act.PLAN, by, agreement)
        milestone = self._milestone(milestone_id)
        if milestone.reached_on is not None:
            raise MilestoneAlreadyReached(reached_on=milestone.reached_on)
        if milestone.due_on == due_on:
            return []
        if milestone.due_on != known:
            raise MilestoneChanged(due_on=milestone.due_on)
        agreement.require_within_term(due_on)
        self.milestones[milestone_id] = replace(milestone, due_on=due_on)
        return [
            MilestoneMoved(
                project_id=self.project_id,
                convention_id=self.convention_id,
                milestone_id=milestone_id,
                due_on=due_on,
            )
        ]

    def reach_milestone(
        self, milestone_id: MilestoneId, reached_on: date, by: Standing, agreement: Agreement, today: date
    ) -> list[Event]:
        """Say that a step is done. Said again with the same day, nothing happens."""
        self._require(Act.PLAN, by, agreement)
        milestone = self._milestone(milestone_id)
        if self.state is ProjectState.PAUSED:
            raise ProjectIsPaused
        if self.state is not ProjectState.RUNNING:
            raise ProjectNotStarted
        if milestone.reached_on == reached_on:
            return []
        if milestone.reached_on is not None:
            raise MilestoneAlreadyReached(reached_on=milestone.reached_on)
        if reached_on > today:
            raise DateInFuture
        self.milestones[milestone_id] = replace(
            milestone, reached_on=reached_on, reached_by=by.organization_id
        )
        return [
            MilestoneReached(
                project_id=self.project_id,
                convention_id=self.convention_id,
                milestone_id=milestone_id,
                organization_id=by.organization_id,
                reached_on=reached_on,
            )
        ]

    def _require(self, act: Act, by: Standing, agreement: Agreement) -> None:
        if refusal := self.why_not(act, by, agreement):
            raise refusal

    def _milestone(self, milestone_id: MilestoneId) -> Milestone:
        if milestone_id not in self.milestones:
            raise MilestoneNotFound
        return self.milestones[milestone_id]

    def _lead_named(self, organization_id: OrganizationId, person_id: PersonId) -> ProjectLeadNamed:
        return ProjectLeadNamed(
            project_id=self.project_id,
            convention_id=self.convention_id,
            organization_id=organization_id,
            person_id=person_id,
        )
