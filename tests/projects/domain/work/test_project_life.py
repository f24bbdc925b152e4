"""Every order of acts, by anybody: what a project offers passes, what it does not is refused."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.projects.work.domain import Project, Standing
from shared.contracts.identifiers import (
    MilestoneId,
    PersonId,
    new_id,
)
from shared.contracts.projects.queries import Act, ProjectState
from shared.contracts.projects.refusals import (
    NotALead,
)
from shared.contracts.refusals import Refusal
from tests.projects.domain.work.examples import (
    AGREEMENT,
    COLLEAGUE,
    DOCTOR,
    NOW,
    TODAY,
    VOLUNTEER,
    a_command,
)


class LifeOfAProject(RuleBasedStateMachine):
    """Any order of acts, by anybody: what `acts` offers passes, what it does not is refused."""

    people = st.sampled_from([DOCTOR, VOLUNTEER, COLLEAGUE])

    @initialize(lead=st.sampled_from([None, COLLEAGUE.person_id]))
    def propose(self, lead: PersonId | None) -> None:
        self.project, events = Project.propose(a_command(lead), AGREEMENT, DOCTOR, NOW)
        self.project.version = len(events)
        self.told = len(events)

    def _tell(self, count: int) -> None:
        self.project.version += count
        self.told += count

    @rule(by=people)
    def start(self, by: Standing) -> None:
        offered = Act.START in self.project.acts(by, AGREEMENT)
        try:
            self._tell(len(self.project.start(self.project.version, by, AGREEMENT, NOW)))
        except Refusal:
            assert not offered
        else:
            assert offered
            assert not self.project.sides_without_lead()

    @rule(by=people, lead=people)
    def name_lead(self, by: Standing, lead: Standing) -> None:
        offered = Act.NAME_LEAD in self.project.acts(by, AGREEMENT)
        before = dict(self.project.leads)
        try:
            self._tell(len(self.project.name_lead(lead.person_id, by, AGREEMENT)))
        except NotALead:
            assert not offered
            assert self.project.leads == before
        else:
            assert offered
            others = {party: person for party, person in before.items() if party != by.organization_id}
            assert others.items() <= self.project.leads.items()

    @rule(by=people, days=st.integers(-40, 900))
    def plan(self, by: Standing, days: int) -> None:
        offered = Act.PLAN in self.project.acts(by, AGREEMENT)
        due_on = TODAY + timedelta(days=days)
        try:
            self._tell(
                len(self.project.plan_milestone(MilestoneId(new_id()), "Étape", due_on, by, AGREEMENT))
            )
        except NotALead:
            assert not offered
        else:
            assert offered

    @rule(by=people, data=st.data(), days=st.integers(-30, 3))
    def reach(self, by: Standing, data: st.DataObject, days: int) -> None:
        if not self.project.milestones:
            return
        milestone = data.draw(st.sampled_from(list(self.project.milestones.values())))
        try:
            self._tell(
                len(
                    self.project.reach_milestone(
                        milestone.milestone_id, TODAY + timedelta(days=days), by, AGREEMENT, TODAY
                    )
                )
            )
        except Refusal:
            assert self.project.milestones[milestone.milestone_id] == milestone

    @invariant()
    def a_running_project_has_a_lead_per_side_and_nothing_reached_before_it_runs(self) -> None:
        running = self.project.state is ProjectState.RUNNING
        reached = [it for it in self.project.milestones.values() if it.reached_on is not None]
        assert not running or not self.project.sides_without_lead()
        assert running or not reached
        assert all(it.reached_on is not None and it.reached_on <= TODAY for it in reached)
        assert all(
            AGREEMENT.starts_on <= it.due_on <= AGREEMENT.ends_on for it in self.project.milestones.values()
        )

    @invariant()
    def every_change_was_told(self) -> None:
        assert self.project.version == self.told


TestLifeOfAProject = LifeOfAProject.TestCase
