"""Suspension, notice, end and last duties on the running service: the projects follow, and both sides read the same."""

from datetime import timedelta
from typing import Any

import pytest

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import SuspensionId, TerminationId, new_id
from shared.contracts.projects.commands import ReachMilestone
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import (
    CompleteClosingStep,
    ConventionLife,
    DecideRenewal,
    GetConventionLife,
    LiftSuspension,
    SuspendConvention,
    TerminateConvention,
)
from shared.contracts.projects.queries import Act, ConventionState, ProjectState
from shared.contracts.projects.refusals import (
    ConventionNotActive,
    ConventionNotFound,
    IdentifierTaken,
    NotASignatory,
    NoticeTooShort,
    ProjectIsPaused,
    TermChanged,
)
from shared.kit.database import connected
from tests.projects.service.collaboration import ENDS_ON, TODAY, Collaboration
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

_LATER = TODAY + timedelta(days=200)


async def life(active: Collaboration, member: Member | None = None) -> ConventionLife:
    return await active.ask(GetConventionLife(convention_id=active.convention), member or active.claire)


async def suspend(active: Collaboration, member: Member, **given: Any) -> SuspensionId:
    suspension = SuspensionId(new_id())
    await active.ask(
        SuspendConvention(
            convention_id=active.convention, suspension_id=suspension, reason="Travaux.", **given
        ),
        member,
    )
    return suspension


async def lift(active: Collaboration, suspension: SuspensionId, member: Member) -> None:
    await active.ask(LiftSuspension(convention_id=active.convention, suspension_id=suspension), member)


def notice(active: Collaboration, **given: Any) -> TerminateConvention:
    fields: dict[str, Any] = {
        "convention_id": active.convention,
        "termination_id": TerminationId(new_id()),
        "effective_on": _LATER,
        "reason": "Fin des permanences.",
    }
    return TerminateConvention(**(fields | given))


async def test_projects_pause_and_go_on_with_their_convention(active: Collaboration) -> None:
    project = await active.running_project()
    framed = await active.framed_project()
    milestone = await active.plan(project)
    suspension = await suspend(active, active.hugo)
    assert (await active.get()).state is ConventionState.SUSPENDED
    assert (await active.project(project)).state is ProjectState.PAUSED
    assert (await active.project(framed)).state is ProjectState.FRAMED
    reached = ReachMilestone(project_id=project, milestone_id=milestone, reached_on=TODAY)
    with pytest.raises(ProjectIsPaused):
        await active.ask(reached, active.claire)
    with pytest.raises(ConventionNotActive):
        await active.framed_project()
    seen = await life(active, active.odile)
    assert [(it.reason, it.lifted_at) for it in seen.suspensions] == [("Travaux.", None)]
    assert Act.LIFT not in seen.may
    await lift(active, suspension, active.hugo)
    assert (await active.get()).state is ConventionState.ACTIVE
    assert (await active.project(project)).state is ProjectState.RUNNING
    await active.ask(reached, active.claire)
    told = [it.type.split(".")[3] for it in await active.timeline()]
    assert {"suspended", "paused", "suspension_lifted", "resumed"} <= set(told)
    with pytest.raises(IdentifierTaken):
        await active.ask(
            SuspendConvention(convention_id=active.convention, suspension_id=suspension, reason="Encore."),
            active.hugo,
        )


async def test_two_suspensions_hold_until_both_are_lifted(active: Collaboration) -> None:
    project = await active.running_project()
    his, hers = await suspend(active, active.hugo), await suspend(active, active.odile)
    await lift(active, his, active.hugo)
    assert (await active.project(project)).state is ProjectState.PAUSED
    await lift(active, hers, active.odile)
    assert (await active.project(project)).state is ProjectState.RUNNING


async def test_only_signatories_of_the_parties_act_and_strangers_see_nothing(active: Collaboration) -> None:
    with pytest.raises(NotASignatory):
        await suspend(active, active.claire)
    for request in (GetConventionLife(convention_id=active.convention), notice(active)):
        with pytest.raises(ConventionNotFound):
            await active.ask(request, active.yann)


async def test_days_pass_once_however_often_somebody_looks(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    project = await active.running_project()
    await suspend(active, active.odile, resumes_on=TODAY + timedelta(days=5))
    async with connected(projects.url) as db:
        assert await let_happen(db, TODAY + timedelta(days=4)) == 0
        assert await let_happen(db, TODAY + timedelta(days=7)) == 1
        assert (await active.project(project)).state is ProjectState.RUNNING
        assert await let_happen(db, ENDS_ON) == 1, "the end of the term was told"
        assert await let_happen(db, ENDS_ON) == 0
        assert await let_happen(db, ENDS_ON + timedelta(days=1)) == 1, "it went on by itself"
        renewed = await life(active, active.odile)
        assert (renewed.state, renewed.ends_on > ENDS_ON) == (ConventionState.ACTIVE, True)
        assert (await active.get()).terms.terms.ends_on == ENDS_ON, "what was sealed stays"
        late = DecideRenewal(convention_id=active.convention, ends_on=ENDS_ON, agrees=False)
        with pytest.raises(TermChanged):
            await active.ask(late, active.hugo)
        no = late.model_copy(update={"ends_on": renewed.ends_on})
        await active.ask(no, active.hugo)
        assert await let_happen(db, renewed.ends_on) == 0
        assert await let_happen(db, renewed.ends_on + timedelta(days=1)) == 1
        assert await let_happen(db, renewed.ends_on + timedelta(days=2)) == 0
    assert (await active.get()).state is ConventionState.EXPIRED
    assert (await active.project(project)).state is ProjectState.PAUSED
    expired = await look.fetch(
        "SELECT actor_person FROM event_log WHERE type = 'entente.projects.convention.expired.v1'"
    )
    assert [it["actor_person"] for it in expired] == [None]


async def test_a_convention_that_cannot_be_read_does_not_stop_the_calendar(
    active: Collaboration, projects: FreshDatabase, look: Any
) -> None:
    await suspend(active, active.odile, resumes_on=TODAY + timedelta(days=5))
    async with connected(projects.url) as db:
        await look.execute('UPDATE convention_terms SET means = \'[{"text": ""}]\'')
        assert await let_happen(db, TODAY + timedelta(days=5)) == 0
        await look.execute("UPDATE convention_terms SET means = '[]'")
        assert await let_happen(db, TODAY + timedelta(days=5)) == 1


async def test_a_notice_holds_until_its_day_then_each_side_closes(
    active: Collaboration, projects: FreshDatabase
) -> None:
    project = await active.running_project()
    await active.plan(project)
    early = notice(active, effective_on=TODAY + timedelta(days=3))
    with pytest.raises(NoticeTooShort):
        await active.ask(early, active.odile)
    given = notice(active)
    done = await active.ask(given, active.odile)
    assert (await active.ask(given, active.odile)).version == done.version
    seen = await life(active)
    assert seen.state is ConventionState.ACTIVE
    assert seen.termination is not None
    assert seen.termination.effective_on == _LATER
    assert [(it.project_id, it.open_milestones) for it in seen.projects] == [(project, 1)]
    assert [it.done_by for it in seen.closing] == [()] * len(ClosingStep)
    async with connected(projects.url) as db:
        assert await let_happen(db, _LATER) == 1
    assert (await active.project(project)).state is ProjectState.PAUSED
    for member in (active.claire, active.odile):
        for step in ClosingStep:
            await active.ask(CompleteClosingStep(convention_id=active.convention, step=step), member)
    closed = await life(active, active.odile)
    assert closed.state is ConventionState.TERMINATED
    assert closed.closed_at is not None
    assert all(set(it.done_by) == {active.hospital, active.association} for it in closed.closing)
