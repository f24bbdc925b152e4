"""A third organisation, a référente of its own partnership included, is answered as if nothing here existed."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.identifiers import (
    EventId,
    IndicatorId,
    MeasureId,
    MilestoneId,
    OrganizationId,
    ProjectId,
    new_id,
)
from shared.contracts.messages import Request
from shared.contracts.projects.commands import (
    AcceptIndicator,
    CorrectMeasure,
    MoveMilestone,
    NameProjectLead,
    PlanMilestone,
    ReachMilestone,
    StartProject,
)
from shared.contracts.projects.queries import (
    GetHome,
    GetIndicator,
    GetProject,
    GetTimeline,
    ListIndicators,
    ListProjects,
    NameSubjects,
)
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.contracts.refusals import Refusal
from shared.kit.database import Database, connected, transaction
from tests.projects.service.collaboration import SOON, TODAY, Collaboration
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

OWN_TABLES = (
    "projects",
    "project_leads",
    "milestones",
    "indicators",
    "indicator_acceptances",
    "measures",
    "witnessed_events",
)


@dataclass
class Room:
    """Everything that a partnership has, and whose ids an outsider may have heard."""

    together: Collaboration
    project: ProjectId
    milestone: MilestoneId
    indicator: IndicatorId
    measure: MeasureId
    event: EventId

    def requests(self) -> list[Request[Any]]:
        """Every request of this service about projects, indicators and timelines, with ids that exist."""
        return [
            self.together.to_propose(),
            NameProjectLead(project_id=self.project, person_id=self.together.yann.person_id),
            StartProject(project_id=self.project, version=3),
            PlanMilestone(
                project_id=self.project, milestone_id=MilestoneId(new_id()), title="Autre", due_on=SOON
            ),
            MoveMilestone(
                project_id=self.project, milestone_id=self.milestone, due_on_known=SOON, due_on=TODAY
            ),
            ReachMilestone(project_id=self.project, milestone_id=self.milestone, reached_on=TODAY),
            self.together.to_define(self.project),
            AcceptIndicator(indicator_id=self.indicator, version=2),
            self.together.to_measure(self.indicator),
            CorrectMeasure(
                indicator_id=self.indicator,
                corrects=self.measure,
                measure_id=MeasureId(new_id()),
                numerator=1,
                denominator=2,
                reason="autre",
            ),
            GetProject(project_id=self.project),
            GetIndicator(indicator_id=self.indicator),
            GetTimeline(convention_id=self.together.convention),
            GetTimeline(convention_id=self.together.convention, before=self.event),
        ]

    def unknown(self) -> "Room":
        """The same room with ids that nobody ever made."""
        nowhere = Collaboration(self.together.gateway, self.together.contacts)
        nowhere.yann = self.together.yann
        return Room(
            nowhere,
            ProjectId(new_id()),
            MilestoneId(new_id()),
            IndicatorId(new_id()),
            MeasureId(new_id()),
            EventId(new_id()),
        )


@pytest.fixture
async def room(active: Collaboration) -> Room:
    """A running project with a step and a measured indicator; and the outsider has a partnership of her own."""
    project = await active.running_project()
    indicator = await active.agreed_indicator(project)
    room = Room(
        together=active,
        project=project,
        milestone=await active.plan(project),
        indicator=indicator,
        measure=await active.measured(indicator),
        event=(await active.timeline())[0].event_id,
    )
    elsewhere = Collaboration(active.gateway, active.contacts, hospital=active.outsider)
    elsewhere.claire = elsewhere.hugo = active.yann
    await elsewhere.join(elsewhere.odile, signatory=True)
    await elsewhere.activate()
    return room


@pytest.fixture
async def database_of_projects(projects: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's own database, as the service's role."""
    async with connected(projects.url) as it:
        yield it


async def refused(
    together: Collaboration, request: Request[Any], member: Member
) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refusal) as refusal:
        await together.ask(request, member)
    return refusal.value.code, refusal.value.fields


async def test_an_outsider_is_answered_as_if_nothing_existed(room: Room) -> None:
    yann = room.together.yann
    before = await room.together.timeline()

    for theirs, nobodys in zip(room.requests(), room.unknown().requests(), strict=True):
        answer = await refused(room.together, theirs, yann)
        assert answer == await refused(room.together, nobodys, yann), type(theirs).__name__
        assert answer[0].endswith("_not_found")

    assert await room.together.timeline() == before


async def test_an_outsiders_lists_hold_nothing_of_the_room(room: Room) -> None:
    yann, ids = room.together.yann, (room.together.convention, room.project, room.milestone, room.indicator)

    assert (await room.together.ask(ListProjects(), yann)).projects == ()
    assert (await room.together.ask(ListProjects(convention_id=ids[0]), yann)).projects == ()
    assert (await room.together.ask(ListIndicators(), yann)).indicators == ()
    assert (await room.together.ask(NameSubjects(ids=ids), yann)).titles == {}
    home = await room.together.ask(GetHome(), yann)
    assert home.news
    assert room.together.convention not in {
        it.convention_id for it in (*home.awaiting, *home.awaited_from_others, *home.dates, *home.news)
    }


async def test_nobody_speaks_as_an_organisation_that_is_not_hers(room: Room) -> None:
    impostor = Member(room.together.yann.person_id, room.together.hospital)

    for request in (
        *room.requests(),
        *room.unknown().requests(),
        GetHome(),
        ListProjects(),
        ListIndicators(),
        NameSubjects(ids=()),
    ):
        with pytest.raises(NotAMemberOfOrganization):
            await room.together.ask(request, impostor)


async def test_the_database_itself_shows_an_outsider_nothing(
    room: Room, database_of_projects: Database
) -> None:
    yann, claire = room.together.yann.actor, room.together.claire.actor
    stranger = Actor(yann.person_id, OrganizationId(new_id()))
    await room.together.told_of("entente.contacts.mandate.accepted.v1")
    for table in OWN_TABLES:
        here = f"SELECT count(*) FROM {table} WHERE convention_id = $1"
        async with transaction(database_of_projects, actor=claire) as tx:
            assert await tx.fetchval(here, room.together.convention), table
        for outsider in (yann, stranger):
            async with transaction(database_of_projects, actor=outsider) as tx:
                assert not await tx.fetchval(here, room.together.convention), table


async def test_the_database_itself_keeps_each_side_to_its_own_acts(
    room: Room, database_of_projects: Database
) -> None:
    claire = room.together.claire.actor
    name_theirs = "UPDATE project_leads SET person_id = $1 WHERE project_id = $2 AND organization_id = $3"
    async with transaction(database_of_projects, actor=claire) as tx:
        named = await tx.execute(name_theirs, claire.person_id, room.project, room.together.association)
        assert named == "UPDATE 0"
    accept_for_them = """
        INSERT INTO indicator_acceptances (indicator_id, convention_id, organization_id, person_id, accepted_at)
        VALUES ($1, $2, $3, $4, now())
    """
    for append_only in ("UPDATE measures SET numerator = 1", "DELETE FROM measures"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database_of_projects, actor=claire) as tx:
                await tx.execute(append_only)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with transaction(database_of_projects, actor=claire) as tx:
            await tx.execute(
                accept_for_them,
                room.indicator,
                room.together.convention,
                room.together.association,
                claire.person_id,
            )
