"""A project's rules, by example."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.work.domain import Project, Standing
from shared.contracts.identifiers import (
    MilestoneId,
    OrganizationId,
    PersonId,
    new_id,
)
from shared.contracts.projects.events import (
    MilestoneMoved,
    MilestonePlanned,
    MilestoneReached,
    ProjectLeadNamed,
    ProjectProposed,
    ProjectStarted,
)
from shared.contracts.projects.queries import ConventionState, ProjectState
from shared.contracts.projects.refusals import (
    ConventionNotActive,
    DateInFuture,
    DateOutsideConvention,
    LeadMissing,
    LeadNotOfSide,
    MilestoneAlreadyReached,
    MilestoneChanged,
    MilestoneNotFound,
    NotALead,
    NotAReferent,
    ProjectAlreadyStarted,
    ProjectNotStarted,
)
from shared.contracts.refusals import StaleVersion
from tests.projects.domain.work.examples import (
    AGREEMENT,
    ASSOCIATION,
    COLLEAGUE,
    DOCTOR,
    DUE,
    HOSPITAL,
    NOW,
    STEP,
    TODAY,
    VOLUNTEER,
    a_command,
    a_project,
    with_milestone,
)


def test_who_proposes_leads_for_her_side_and_the_other_side_has_nobody_yet() -> None:
    project, events = Project.propose(a_command(), AGREEMENT, DOCTOR, NOW)

    assert project.state is ProjectState.FRAMED
    assert project.leads == {HOSPITAL: DOCTOR.person_id, ASSOCIATION: None}
    assert [type(event) for event in events] == [ProjectProposed, ProjectLeadNamed]


def test_a_colleague_can_be_named_as_lead() -> None:
    project, _ = Project.propose(a_command(COLLEAGUE.person_id), AGREEMENT, DOCTOR, NOW)

    assert project.leads[HOSPITAL] == COLLEAGUE.person_id


@pytest.mark.parametrize("state", [state for state in ConventionState if state is not ConventionState.ACTIVE])
def test_nothing_begins_without_an_active_convention(state: ConventionState) -> None:
    agreement, project = replace(AGREEMENT, state=state), a_project()

    with pytest.raises(ConventionNotActive) as proposing:
        Project.propose(a_command(), agreement, DOCTOR, NOW)
    with pytest.raises(ConventionNotActive):
        project.start(project.version, DOCTOR, agreement, NOW)

    assert proposing.value.fields == {"state": state}


def test_only_a_referent_proposes() -> None:
    with pytest.raises(NotAReferent):
        Project.propose(a_command(), AGREEMENT, COLLEAGUE, NOW)


def test_a_lead_is_named_for_ones_own_side_only() -> None:
    project = a_project(led_by_both=False)

    events = project.name_lead(COLLEAGUE.person_id, VOLUNTEER, AGREEMENT)

    assert project.leads == {HOSPITAL: DOCTOR.person_id, ASSOCIATION: COLLEAGUE.person_id}
    assert isinstance(events[0], ProjectLeadNamed)
    assert events[0].organization_id == ASSOCIATION


def test_a_lead_belongs_to_her_side() -> None:
    command = a_command(lead=PersonId(new_id()))
    project = a_project()

    with pytest.raises(LeadNotOfSide):
        Project.propose(command, AGREEMENT, DOCTOR, NOW, lead_of_side=False)
    with pytest.raises(LeadNotOfSide):
        project.name_lead(VOLUNTEER.person_id, DOCTOR, AGREEMENT, lead_of_side=False)

    assert project.leads[HOSPITAL] == DOCTOR.person_id


def test_a_lead_hands_over_to_somebody_of_her_side() -> None:
    project, _ = Project.propose(a_command(COLLEAGUE.person_id), AGREEMENT, DOCTOR, NOW)

    project.name_lead(DOCTOR.person_id, COLLEAGUE, AGREEMENT)

    assert project.leads[HOSPITAL] == DOCTOR.person_id


def test_naming_the_same_lead_again_changes_nothing() -> None:
    assert a_project().name_lead(DOCTOR.person_id, DOCTOR, AGREEMENT) == []


def test_a_project_starts_with_a_lead_per_side() -> None:
    project = a_project()

    events = project.start(project.version, VOLUNTEER, AGREEMENT, NOW)

    assert project.state is ProjectState.RUNNING
    assert project.started_at == NOW
    assert [type(event) for event in events] == [ProjectStarted]


def test_a_project_does_not_start_while_a_side_has_no_lead() -> None:
    project = a_project(led_by_both=False)

    with pytest.raises(LeadMissing) as refused:
        project.start(project.version, DOCTOR, AGREEMENT, NOW)

    assert refused.value.fields == {"organization_ids": [ASSOCIATION]}


def test_a_project_starts_once() -> None:
    project = a_project(running=True)

    with pytest.raises(ProjectAlreadyStarted):
        project.start(project.version, DOCTOR, AGREEMENT, NOW)


def test_a_project_that_changed_since_it_was_read_does_not_start() -> None:
    project = a_project()

    with pytest.raises(StaleVersion) as refused:
        project.start(project.version - 1, DOCTOR, AGREEMENT, NOW)

    assert refused.value.fields == {"current_version": project.version}


@pytest.mark.parametrize("running", [False, True])
def test_steps_are_planned_while_framed_or_running(running: bool) -> None:
    project = a_project(running=running)

    events = project.plan_milestone(STEP, "Première version", DUE, VOLUNTEER, AGREEMENT)

    assert [type(event) for event in events] == [MilestonePlanned]
    assert project.milestones[STEP].due_on == DUE


@given(days=st.integers(-2000, 2000))
def test_a_step_falls_inside_the_term_or_is_refused(days: int) -> None:
    project, due_on = a_project(), TODAY + timedelta(days=days)
    inside = AGREEMENT.starts_on <= due_on <= AGREEMENT.ends_on

    if inside:
        project.plan_milestone(STEP, "Première version", due_on, DOCTOR, AGREEMENT)
        return
    with pytest.raises(DateOutsideConvention) as refused:
        project.plan_milestone(STEP, "Première version", due_on, DOCTOR, AGREEMENT)
    assert refused.value.fields == {"starts_on": AGREEMENT.starts_on, "ends_on": AGREEMENT.ends_on}
    assert not project.milestones


def test_planning_twice_with_one_id_plans_once() -> None:
    project = with_milestone(a_project())
    project.move_milestone(STEP, DUE, DUE + timedelta(days=1), DOCTOR, AGREEMENT)

    assert project.plan_milestone(STEP, "Première version", DUE, DOCTOR, AGREEMENT) == []
    assert project.milestones[STEP].due_on == DUE + timedelta(days=1)


def test_a_step_is_moved_from_the_date_that_was_seen() -> None:
    project, later = with_milestone(a_project()), DUE + timedelta(days=10)

    events = project.move_milestone(STEP, DUE, later, VOLUNTEER, AGREEMENT)

    assert [type(event) for event in events] == [MilestoneMoved]
    assert project.move_milestone(STEP, DUE, later, VOLUNTEER, AGREEMENT) == [], "asked again"
    with pytest.raises(MilestoneChanged) as refused:
        project.move_milestone(STEP, DUE, DUE + timedelta(days=3), DOCTOR, AGREEMENT)
    assert refused.value.fields == {"due_on": later}


def test_a_step_is_not_moved_out_of_the_term() -> None:
    with pytest.raises(DateOutsideConvention):
        with_milestone(a_project()).move_milestone(STEP, DUE, date(2029, 1, 1), DOCTOR, AGREEMENT)


def test_a_step_is_reached_when_the_project_runs() -> None:
    project = with_milestone(a_project(running=True))

    events = project.reach_milestone(STEP, TODAY, VOLUNTEER, AGREEMENT, TODAY)

    assert isinstance(events[0], MilestoneReached)
    assert (events[0].organization_id, events[0].reached_on) == (ASSOCIATION, TODAY)
    assert project.milestones[STEP].reached_by == ASSOCIATION


def test_a_step_of_a_project_that_does_not_run_is_not_reached() -> None:
    with pytest.raises(ProjectNotStarted):
        with_milestone(a_project()).reach_milestone(STEP, TODAY, DOCTOR, AGREEMENT, TODAY)


def test_a_step_is_not_reached_tomorrow() -> None:
    with pytest.raises(DateInFuture):
        with_milestone(a_project(running=True)).reach_milestone(
            STEP, TODAY + timedelta(days=1), DOCTOR, AGREEMENT, TODAY
        )


def test_a_reached_step_stays_as_it_is() -> None:
    project = with_milestone(a_project(running=True))
    project.reach_milestone(STEP, TODAY, DOCTOR, AGREEMENT, TODAY)

    assert project.reach_milestone(STEP, TODAY, DOCTOR, AGREEMENT, TODAY) == [], "said again"
    with pytest.raises(MilestoneAlreadyReached) as refused:
        project.reach_milestone(STEP, TODAY - timedelta(days=1), VOLUNTEER, AGREEMENT, TODAY)
    with pytest.raises(MilestoneAlreadyReached):
        project.move_milestone(STEP, DUE, DUE + timedelta(days=1), DOCTOR, AGREEMENT)
    assert refused.value.fields == {"reached_on": TODAY}


def test_an_unknown_step_is_not_found() -> None:
    project = a_project(running=True)

    with pytest.raises(MilestoneNotFound):
        project.reach_milestone(MilestoneId(new_id()), TODAY, DOCTOR, AGREEMENT, TODAY)


def test_a_colleague_who_neither_leads_nor_is_referent_may_do_nothing() -> None:
    project = with_milestone(a_project(running=True))

    assert project.acts(COLLEAGUE, AGREEMENT) == ()
    for act in (
        lambda: project.name_lead(COLLEAGUE.person_id, COLLEAGUE, AGREEMENT),
        lambda: project.start(project.version, COLLEAGUE, AGREEMENT, NOW),
        lambda: project.plan_milestone(MilestoneId(new_id()), "Autre", DUE, COLLEAGUE, AGREEMENT),
        lambda: project.move_milestone(STEP, DUE, DUE, COLLEAGUE, AGREEMENT),
        lambda: project.reach_milestone(STEP, TODAY, COLLEAGUE, AGREEMENT, TODAY),
    ):
        with pytest.raises(NotALead):
            act()


def test_the_other_sides_lead_has_no_standing_as_another_organisation() -> None:
    project = a_project()
    elsewhere = Standing(DOCTOR.person_id, OrganizationId(new_id()), referent=False)

    assert project.acts(elsewhere, AGREEMENT) == ()
