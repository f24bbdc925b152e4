"""Projects through the running service: each command, each refusal, asked once or twice."""

import asyncio
from datetime import timedelta

import pytest

from shared.contracts.identifiers import ConventionId, MilestoneId, PersonId, ProjectId, new_id
from shared.contracts.projects.commands import (
    MoveMilestone,
    NameProjectLead,
    PlanMilestone,
    ReachMilestone,
    StartProject,
)
from shared.contracts.projects.queries import Act, LeadView, ListProjects, MilestoneView, ProjectState
from shared.contracts.projects.refusals import (
    ConventionNotActive,
    ConventionNotFound,
    DateInFuture,
    DateOutsideConvention,
    IdentifierTaken,
    LeadMissing,
    LeadNotOfSide,
    MilestoneAlreadyReached,
    MilestoneChanged,
    MilestoneNotFound,
    NotALead,
    NotAReferent,
    ProjectAlreadyStarted,
    ProjectNotFound,
    ProjectNotStarted,
)
from shared.contracts.refusals import StaleVersion
from shared.contracts.values import Side
from tests.projects.service.collaboration import ENDS_ON, SOON, STARTS_ON, TODAY, Collaboration


async def test_a_project_is_proposed_under_an_active_convention(active: Collaboration) -> None:
    project = await active.framed_project()

    seen = await active.project(project, active.odile)
    assert (seen.state, seen.version) == (ProjectState.FRAMED, 2)
    assert (seen.title, seen.convention_title) == ("Livret d'accueil", (await active.get()).title)
    assert seen.proposed_by == active.hospital
    assert seen.leads == (
        LeadView(organization_id=active.hospital, side=Side.ESTABLISHMENT, person_id=active.claire.person_id),
        LeadView(organization_id=active.association, side=Side.ASSOCIATION, person_id=None),
    )
    assert seen.may == (Act.NAME_LEAD, Act.PLAN, Act.PROPOSE_INDICATOR)


async def test_no_project_without_an_active_convention(together: Collaboration) -> None:
    convention = await together.agree()

    with pytest.raises(ConventionNotActive) as refused:
        await together.framed_project()
    assert refused.value.fields == {"state": convention.state}
    with pytest.raises(ConventionNotFound):
        await together.framed_project(convention_id=ConventionId(new_id()))


async def test_only_a_referent_proposes(active: Collaboration) -> None:
    with pytest.raises(NotAReferent):
        await active.ask(active.to_propose(), active.karim)


async def test_proposing_twice_with_one_id_proposes_once(active: Collaboration) -> None:
    command = active.to_propose()

    first = await active.ask(command, active.claire)
    again = await active.ask(command, active.claire)

    assert first == again
    assert len((await active.ask(ListProjects(), active.claire)).projects) == 1
    with pytest.raises(IdentifierTaken):
        await active.ask(command, active.odile)
    with pytest.raises(IdentifierTaken):
        await active.framed_project(project_id=active.convention)


async def test_one_request_through_two_connections_proposes_once(active: Collaboration) -> None:
    command = active.to_propose()

    replies = await asyncio.gather(*(active.ask(command, active.claire) for _ in range(4)))

    assert {reply.version for reply in replies} == {2}
    assert len((await active.ask(ListProjects(), active.claire)).projects) == 1


async def test_two_sides_that_start_at_once_start_once(active: Collaboration) -> None:
    command = StartProject(project_id=await active.led_project(), version=3)

    answers = await asyncio.gather(
        *(active.ask(command, member) for member in (active.claire, active.odile)), return_exceptions=True
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "ProjectAlreadyStarted"]


async def test_a_colleague_can_lead(active: Collaboration) -> None:
    project = await active.framed_project(lead=active.karim.person_id)

    assert (await active.project(project)).leads[0].person_id == active.karim.person_id
    assert Act.PLAN in (await active.project(project, active.karim)).may
    assert (await active.project(project, active.hugo)).may == ()


async def test_a_lead_belongs_to_the_side_that_names_her(active: Collaboration) -> None:
    with pytest.raises(LeadNotOfSide):
        await active.framed_project(lead=active.odile.person_id)
    project = await active.framed_project()
    for stranger in (active.claire.person_id, active.yann.person_id, PersonId(new_id())):
        with pytest.raises(LeadNotOfSide):
            await active.ask(NameProjectLead(project_id=project, person_id=stranger), active.odile)


async def test_each_side_names_its_own_lead(active: Collaboration) -> None:
    project = await active.led_project()
    await active.ask(NameProjectLead(project_id=project, person_id=active.karim.person_id), active.claire)

    leads = {lead.organization_id: lead.person_id for lead in (await active.project(project)).leads}
    assert leads == {active.hospital: active.karim.person_id, active.association: active.odile.person_id}
    command = NameProjectLead(project_id=project, person_id=active.karim.person_id)
    version = (await active.project(project)).version
    assert (await active.ask(command, active.claire)).version == version, "asked again"
    with pytest.raises(NotALead):
        await active.ask(command, active.hugo)


async def test_a_project_starts_with_a_lead_per_side(active: Collaboration) -> None:
    project = await active.led_project()
    seen = await active.project(project)
    assert Act.START in seen.may
    with pytest.raises(StaleVersion) as stale:
        await active.ask(StartProject(project_id=project, version=seen.version - 1), active.odile)
    assert stale.value.fields == {"current_version": seen.version}

    await active.ask(StartProject(project_id=project, version=seen.version), active.odile)

    running = await active.project(project)
    assert running.state is ProjectState.RUNNING
    assert running.started_at is not None
    assert Act.START not in running.may
    with pytest.raises(ProjectAlreadyStarted):
        await active.ask(StartProject(project_id=project, version=running.version), active.claire)


async def test_a_project_does_not_start_while_a_side_has_no_lead(active: Collaboration) -> None:
    project = await active.framed_project()

    with pytest.raises(LeadMissing) as refused:
        await active.ask(StartProject(project_id=project, version=2), active.claire)
    assert refused.value.fields == {"organization_ids": [str(active.association)]}
    with pytest.raises(NotALead):
        await active.ask(StartProject(project_id=project, version=2), active.karim)


async def test_a_step_is_planned_once_inside_the_term(active: Collaboration) -> None:
    project = await active.framed_project()
    milestone = MilestoneId(new_id())
    command = PlanMilestone(
        project_id=project, milestone_id=milestone, title="Première version", due_on=ENDS_ON
    )

    first = await active.ask(command, active.odile)
    again = await active.ask(command, active.claire)

    assert first == again
    assert (await active.project(project)).milestones == (
        MilestoneView(milestone_id=milestone, title="Première version", due_on=ENDS_ON, reached_on=None),
    )
    for outside in (STARTS_ON - timedelta(days=1), ENDS_ON + timedelta(days=1)):
        with pytest.raises(DateOutsideConvention) as refused:
            await active.plan(project, outside)
        assert refused.value.fields == {"starts_on": str(STARTS_ON), "ends_on": str(ENDS_ON)}
    with pytest.raises(NotALead):
        await active.ask(command, active.karim)


async def test_a_step_is_moved_from_the_day_that_was_seen(active: Collaboration) -> None:
    project = await active.framed_project()
    milestone = await active.plan(project)
    later = SOON + timedelta(days=7)
    command = MoveMilestone(project_id=project, milestone_id=milestone, due_on_known=SOON, due_on=later)

    first = await active.ask(command, active.odile)
    assert await active.ask(command, active.odile) == first, "asked again"

    assert (await active.project(project)).milestones[0].due_on == later
    with pytest.raises(MilestoneChanged) as refused:
        await active.ask(command.model_copy(update={"due_on": TODAY}), active.claire)
    assert refused.value.fields == {"due_on": str(later)}
    with pytest.raises(DateOutsideConvention):
        await active.ask(
            command.model_copy(update={"due_on_known": later, "due_on": ENDS_ON + timedelta(days=1)}),
            active.claire,
        )
    with pytest.raises(MilestoneNotFound):
        await active.ask(command.model_copy(update={"milestone_id": new_id()}), active.claire)
    with pytest.raises(NotALead):
        await active.ask(command, active.karim)


async def test_a_step_of_a_running_project_is_reached_once(active: Collaboration) -> None:
    project = await active.running_project()
    milestone = await active.plan(project)
    command = ReachMilestone(project_id=project, milestone_id=milestone, reached_on=TODAY)
    with pytest.raises(DateInFuture):
        await active.ask(command.model_copy(update={"reached_on": TODAY + timedelta(days=1)}), active.claire)
    with pytest.raises(NotALead):
        await active.ask(command, active.karim)

    first = await active.ask(command, active.odile)
    assert await active.ask(command, active.odile) == first, "asked again"

    assert (await active.project(project)).milestones[0].reached_on == TODAY
    with pytest.raises(MilestoneAlreadyReached) as refused:
        await active.ask(command.model_copy(update={"reached_on": TODAY - timedelta(days=1)}), active.claire)
    assert refused.value.fields == {"reached_on": str(TODAY)}
    with pytest.raises(MilestoneNotFound):
        await active.ask(command.model_copy(update={"milestone_id": new_id()}), active.claire)


async def test_a_step_waits_for_its_project_to_run(active: Collaboration) -> None:
    project = await active.led_project()
    milestone = await active.plan(project)

    with pytest.raises(ProjectNotStarted):
        await active.ask(
            ReachMilestone(project_id=project, milestone_id=milestone, reached_on=TODAY), active.claire
        )


async def test_projects_are_listed_by_their_nearest_step(active: Collaboration) -> None:
    without = await active.framed_project(title="Sans date")
    late, near = await active.running_project(title="Plus tard"), await active.running_project(title="Tôt")
    await active.plan(late, SOON + timedelta(days=3))
    reached, coming = await active.plan(near, SOON), await active.plan(near, SOON + timedelta(days=1))
    await active.ask(ReachMilestone(project_id=near, milestone_id=reached, reached_on=TODAY), active.claire)

    listed = (await active.ask(ListProjects(convention_id=active.convention), active.odile)).projects

    assert [line.project_id for line in listed] == [near, late, without]
    assert listed[0].next_milestone is not None
    assert listed[0].next_milestone.milestone_id == coming
    assert set(listed[0].parties) == {active.hospital, active.association}
    assert (await active.ask(ListProjects(limit=1), active.odile)).projects == listed[:1]
    elsewhere = ListProjects(convention_id=ConventionId(new_id()))
    assert (await active.ask(elsewhere, active.odile)).projects == ()


async def test_an_unknown_project_is_not_found(active: Collaboration) -> None:
    with pytest.raises(ProjectNotFound):
        await active.project(ProjectId(new_id()))
