"""A party leaves alone: with notice, for good, and the others go on."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import DepartureId, ProjectId, TerminationId, new_id
from shared.contracts.projects.commands import ProposeProject
from shared.contracts.projects.leaving import ConventionWouldEnd, LeaveConvention, OthersRemain
from shared.contracts.projects.life import DecideRenewal, GetConventionLife, TerminateConvention
from shared.contracts.projects.queries import ConventionState, GetProject, ListConventions
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.rooms import ListRooms
from shared.kit.database import connected
from tests.projects.service.conventions.trio import activate_as_three
from tests.projects.service.world import TODAY, World
from tests.support.servers import FreshDatabase

DAY = TODAY + timedelta(days=120)


def to_leave(world: World) -> LeaveConvention:
    return LeaveConvention(
        convention_id=world.convention,
        departure_id=DepartureId(new_id()),
        effective_on=DAY,
        reason="Nous rejoignons une autre association.",
    )


async def pass_day(database: FreshDatabase, days: int = 120) -> int:
    """What the clock does, in a process of its own."""
    async with connected(database.url) as db:
        return await let_happen(db, TODAY + timedelta(days=days))


async def test_it_leaves_on_its_day_once_and_the_others_go_on(
    world: World, projects: FreshDatabase, look: Any
) -> None:
    await activate_as_three(world)
    project = ProposeProject(
        project_id=ProjectId(new_id()), convention_id=world.convention, title="Livret", aim="L'écrire."
    )
    await world.ask(project, world.claire)
    before = await world.ask(GetConventionLife(convention_id=world.convention), world.yann)
    assert before.may_leave
    with pytest.raises(OthersRemain):
        await world.ask(
            TerminateConvention(
                convention_id=world.convention,
                termination_id=TerminationId(new_id()),
                effective_on=DAY,
                reason="Fin.",
            ),
            world.yann,
        )
    with pytest.raises(ConventionWouldEnd):
        await world.ask(to_leave(world), world.hugo)

    command = to_leave(world)
    await world.ask(command, world.yann)
    await world.ask(command, world.yann)
    life = await world.ask(GetConventionLife(convention_id=world.convention), world.odile)
    (announced,) = life.departures
    assert (announced.organization_id, announced.effective_on, announced.left) == (world.outsider, DAY, False)
    assert await pass_day(projects, 119) == 0
    assert await world.sees(world.yann)

    assert sorted(await asyncio.gather(*(pass_day(projects) for _ in range(3)))) == [0, 0, 1]
    convention = await world.get()
    assert convention.state is ConventionState.ACTIVE
    left = {it.organization_id: it.left_on for it in convention.parties}
    assert left == {world.hospital: None, world.association: None, world.outsider: DAY}
    assert all(it.signature for it in convention.parties), "what it signed stays"
    (line,) = (await world.ask(ListConventions(), world.claire)).conventions
    assert world.outsider not in line.parties
    leads = (await world.ask(GetProject(project_id=project.project_id), world.claire)).leads
    assert {it.organization_id for it in leads} == {world.hospital, world.association}

    assert not await world.sees(world.yann)
    for request in (ListRooms(convention_id=world.convention), to_leave(world)):
        with pytest.raises(ConventionNotFound):
            await world.ask(request, world.yann)
    rows = await look.fetch("SELECT type FROM event_log WHERE aggregate_id = $1", world.convention)
    assert [row["type"].split(".")[3] for row in rows].count("party_left") == 1


async def test_whoever_stays_ends_it_as_two_parties_do(world: World, projects: FreshDatabase) -> None:
    await activate_as_three(world)
    await world.ask(to_leave(world), world.yann)
    await pass_day(projects)
    await world.ask(
        TerminateConvention(
            convention_id=world.convention,
            termination_id=TerminationId(new_id()),
            effective_on=DAY,
            reason="Fin.",
        ),
        world.odile,
    )
    await pass_day(projects)
    assert (await world.get()).state is ConventionState.TERMINATED


async def test_what_it_objected_to_goes_on_without_it(world: World, projects: FreshDatabase) -> None:
    await activate_as_three(world)
    life = await world.ask(GetConventionLife(convention_id=world.convention), world.yann)
    await world.ask(to_leave(world), world.yann)
    objects = DecideRenewal(convention_id=world.convention, ends_on=life.ends_on, agrees=False)
    await world.ask(objects, world.yann)
    await pass_day(projects)
    after = await world.ask(GetConventionLife(convention_id=world.convention), world.claire)
    assert after.renewal
    assert after.renewal.decisions == ()
    await pass_day(projects, (life.ends_on - TODAY).days + 1)
    assert (await world.get()).state is ConventionState.ACTIVE
