"""What is in a private room shows to nobody of another side: no answer, count, search, timeline or date depends on it.

Every request that names a convention is made by each role against each room, once with the real ids of what is in the
other side's room and once with ids that nobody ever made: both answers must be the same.
"""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, FileId, MessageId, RoomId, TaskId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.queries import GetHome, GetTimeline, ListConventions, NameSubjects
from shared.contracts.projects.refusals import ConventionNotFound, NotAMemberOfOrganization
from shared.contracts.projects.room_files import GetRoomFile, ListRoomFiles, RemoveRoomFile
from shared.contracts.projects.rooms import (
    AddTask,
    ChangeTask,
    FinishTask,
    GetTask,
    ListMessages,
    ListRooms,
    ListTasks,
    PostMessage,
    ReadRoom,
    ReopenTask,
    RoomKind,
    SearchRooms,
)
from shared.contracts.refusals import Refusal
from shared.kit.database import Database, connected, transaction
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.rooms.rooming import PRIVATE, SHARED, Rooming
from tests.projects.service.world import TODAY, Member, new_member
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase

TABLES = ("room_messages", "room_tasks", "room_files")
SECRET = "Zibeline"


@dataclass
class Filled:
    """Rooms in which both sides have written; the ids are those of the hospital's private room."""

    rooms: Rooming
    message: MessageId
    task: TaskId
    done: TaskId
    file: FileId
    room: RoomId

    @property
    def world(self) -> Collaboration:
        return self.rooms.world

    def requests(self, room: RoomKind, convention: ConventionId | None = None) -> Iterator[Request[Any]]:
        """Every request about one room that names something of the hospital's private one."""
        here = {"convention_id": convention or self.world.convention, "room": room}
        about = here | {"task_id": self.task}
        yield ListMessages.model_validate(here | {"before": self.message})
        yield ListTasks.model_validate(here | {"done": True, "before": self.done})
        yield GetTask.model_validate(about)
        yield GetTask.model_validate(here | {"task_id": self.done})
        yield ChangeTask.model_validate(about | {"revision": 1, "title": "Autre"})
        yield FinishTask.model_validate(about)
        yield ReopenTask.model_validate(here | {"task_id": self.done})
        yield ListRoomFiles.model_validate(here | {"before": self.file})
        yield GetRoomFile.model_validate(here | {"file_id": self.file})
        yield RemoveRoomFile.model_validate(here | {"file_id": self.file})

    def all_requests(self, convention: ConventionId | None = None) -> list[Request[Any]]:
        """Every request about rooms, both of them."""
        where = convention or self.world.convention
        found: list[Request[Any]] = [
            ListRooms(convention_id=where),
            GetTimeline(convention_id=where, room=PRIVATE),
        ]
        for room in (SHARED, PRIVATE):
            found += self.requests(room, where)
            here = {"convention_id": where, "room": room}
            found += [
                ListMessages.model_validate(here),
                ListTasks.model_validate(here),
                ListRoomFiles.model_validate(here),
                self.rooms.to_give(room, convention_id=where),
                PostMessage.model_validate(here | {"message_id": new_id(), "text": "Un mot."}),
                AddTask.model_validate(here | {"task_id": new_id(), "title": "Un titre"}),
                ReadRoom.model_validate(here | {"version": 1}),
            ]
        return found

    def unknown(self) -> "Filled":
        """The same with ids that nobody ever made."""
        return Filled(
            self.rooms,
            MessageId(new_id()),
            TaskId(new_id()),
            TaskId(new_id()),
            FileId(new_id()),
            RoomId(new_id()),
        )


@pytest.fixture
async def filled(rooms: Rooming) -> Filled:
    """The hospital has written and worked in its room, the association in its own, and both in the shared one."""
    world = rooms.world
    await rooms.post(SHARED, world.claire, "Dans la salle commune.")
    await rooms.post(PRIVATE, world.odile, "Dans la salle de l'association.")
    message = await rooms.post(PRIVATE, world.claire, f"{SECRET} : ne rien céder.")
    done = await rooms.add(PRIVATE, world.claire, f"{SECRET} faite")
    await world.ask(FinishTask(convention_id=world.convention, room=PRIVATE, task_id=done), world.claire)
    task = await rooms.add(
        PRIVATE, world.claire, f"{SECRET} à faire", due_on=TODAY, owner=world.karim.person_id
    )
    file = await rooms.give(PRIVATE, world.claire, f"{SECRET}.pdf")
    return Filled(rooms, message, task, done, file, (await rooms.room(PRIVATE, world.claire)).room_id)


@pytest.fixture
async def database_of_projects(projects: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's own database, as the service's role."""
    async with connected(projects.url) as it:
        yield it


async def answer(world: Collaboration, request: Request[Any], member: Member) -> Any:
    """What somebody is answered: the reply, or the refusal's code and fields."""
    try:
        return await world.ask(request, member)
    except Refusal as refusal:
        return refusal.code, refusal.fields


async def everything(world: Collaboration, member: Member) -> list[Any]:
    """All that somebody can read of a convention, its rooms, lists, counts, dates and searches."""
    here = world.convention
    requests: list[Request[Any]] = [
        ListRooms(convention_id=here),
        *(ListMessages(convention_id=here, room=room) for room in RoomKind),
        *(ListTasks(convention_id=here, room=room, done=done) for room in RoomKind for done in (True, False)),
        *(ListRoomFiles(convention_id=here, room=room) for room in RoomKind),
        *(GetTimeline(convention_id=here, room=room) for room in RoomKind),
        *(SearchRooms(text=text) for text in (SECRET, "a", "zibeline faite")),
        ListConventions(),
        GetHome(),
    ]
    return [await world.ask(it, member) for it in requests]


async def test_the_other_side_is_answered_as_if_what_is_in_there_did_not_exist(filled: Filled) -> None:
    world = filled.world
    for room in RoomKind:
        pairs = zip(filled.requests(room), filled.unknown().requests(room), strict=True)
        for theirs, nobodys in pairs:
            told = await answer(world, theirs, world.odile)
            assert told == await answer(world, nobodys, world.odile), (room, type(theirs).__name__)


async def test_the_ids_of_another_room_are_free_in_ones_own(filled: Filled) -> None:
    """Whoever makes a thing with an id that the other side uses learns nothing from it."""
    world = filled.world
    post = filled.rooms.to_post(PRIVATE, "Le même identifiant.", message_id=filled.message)
    await world.ask(post, world.odile)
    await world.ask(filled.rooms.to_add(PRIVATE, "Le même identifiant", task_id=filled.task), world.odile)

    assert (await filled.rooms.texts(PRIVATE, world.odile))[0] == "Le même identifiant."
    assert (await filled.rooms.texts(PRIVATE, world.claire))[0].startswith(SECRET)
    await world.ask(filled.rooms.to_give(PRIVATE, "le même.pdf", file_id=filled.file), world.odile)
    titles = await world.ask(NameSubjects(ids=(filled.task, filled.file)), world.odile)
    assert titles.titles == {filled.task: "Le même identifiant", filled.file: "le même.pdf"}


async def test_nothing_that_the_other_side_reads_depends_on_a_private_room(filled: Filled) -> None:
    world = filled.world
    before = await everything(world, world.odile)
    assert SECRET not in str(before)
    assert str(filled.room) not in str(before)
    await filled.rooms.post(PRIVATE, world.claire, f"{SECRET} encore.")
    await filled.rooms.add(PRIVATE, world.karim, f"{SECRET} encore", due_on=TODAY)
    await filled.rooms.give(PRIVATE, world.karim, f"{SECRET} encore.pdf")
    await world.ask(
        FinishTask(convention_id=world.convention, room=PRIVATE, task_id=filled.task), world.karim
    )

    assert await everything(world, world.odile) == before


async def test_a_third_organisation_is_answered_as_if_nothing_existed(filled: Filled) -> None:
    world, nowhere = filled.world, ConventionId(new_id())
    for theirs, nobodys in zip(filled.all_requests(), filled.unknown().all_requests(nowhere), strict=True):
        told = await answer(world, theirs, world.yann)
        assert told == await answer(world, nobodys, world.yann) == ("convention_not_found", {})
    assert (await world.ask(SearchRooms(text="salle"), world.yann)).hits == ()


async def test_nobody_enters_as_an_organisation_that_is_not_hers(filled: Filled) -> None:
    impostor = Member(filled.world.odile.person_id, filled.world.hospital)
    for request in (*filled.all_requests(), SearchRooms(text=SECRET)):
        with pytest.raises(NotAMemberOfOrganization):
            await filled.world.ask(request, impostor)


async def test_somebody_who_is_only_asked_to_be_a_referent_enters_no_room(filled: Filled) -> None:
    """She reads the convention before she belongs to the party; the rooms are the party's."""
    world = filled.world
    asked = new_member(world.outsider)
    await world.join(asked)
    mandate = Member(asked.person_id, world.association)
    await world.propose_mandate(mandate)
    await eventually(lambda: world.sees(asked))
    for request in filled.all_requests():
        with pytest.raises(ConventionNotFound):
            await world.ask(request, asked)
    assert (await world.ask(SearchRooms(text="salle"), asked)).hits == ()
    timeline = GetTimeline(convention_id=world.convention, limit=200)
    told = [it.type for it in (await world.ask(timeline, world.odile)).entries]
    for actor in (asked.actor, Actor(asked.person_id, None)):
        seen = (await world.gateway.ask(timeline, actor=actor, timeout_seconds=10)).entries
        assert [it.type for it in seen] == [it for it in told if ".room." not in it] != told


async def test_whoever_leaves_a_side_leaves_its_rooms(filled: Filled) -> None:
    world = filled.world
    await world.leave(world.karim)
    for request in (*filled.all_requests(), SearchRooms(text=SECRET)):
        with pytest.raises(NotAMemberOfOrganization):
            await world.ask(request, world.karim)


async def test_the_database_itself_keeps_each_side_to_its_rooms(
    filled: Filled, database_of_projects: Database
) -> None:
    world = filled.world
    count = "SELECT count(*) FROM {} WHERE room_id = $1"
    for table in ("rooms", *TABLES):
        for member, seen in ((world.claire, True), (world.odile, False), (world.yann, False)):
            async with transaction(database_of_projects, actor=member.actor) as tx:
                assert bool(await tx.fetchval(count.format(table), filled.room)) is seen, table
    async with transaction(database_of_projects, actor=None) as tx:
        # The service itself, on behalf of nobody.
        for table in ("rooms", *TABLES):
            assert not await tx.fetchval(f"SELECT count(*) FROM {table}"), table
    async with transaction(database_of_projects, actor=world.odile.actor) as tx:
        finished = "UPDATE room_tasks SET title = 'vu' WHERE task_id = $1"
        assert await tx.execute(finished, filled.task) == "UPDATE 0"
        renamed = "UPDATE room_files SET name = 'vu' WHERE file_id = $1"
        assert await tx.execute(renamed, filled.file) == "UPDATE 0"


async def test_the_database_itself_lets_nobody_write_in_anothers_room_or_name(
    filled: Filled, database_of_projects: Database
) -> None:
    world = filled.world
    write = """
        INSERT INTO room_messages (room_id, message_id, convention_id, room_version, organization_id, person_id, text,
                                   words, written_at)
        VALUES ($1, $2, $3, 99, $4, $5, 'x', 'x', now())
    """
    odile = world.odile.actor
    shared = (await filled.rooms.room(SHARED, world.odile)).room_id
    attempts: list[tuple[Actor, RoomId, Member]] = [
        (odile, filled.room, world.odile),
        (odile, shared, world.claire),
        (world.yann.actor, shared, world.yann),
    ]
    for actor, room, named in attempts:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database_of_projects, actor=actor) as tx:
                await tx.execute(
                    write, room, new_id(), world.convention, named.organization_id, named.person_id
                )
    for forbidden in (
        "DELETE FROM room_messages",
        "UPDATE room_messages SET text = 'x'",
        "DELETE FROM room_files",
        "UPDATE room_files SET organization_id = NULL",
        "DELETE FROM rooms",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database_of_projects, actor=odile) as tx:
                await tx.execute(forbidden)


async def test_events_of_a_private_room_belong_to_no_partnership(filled: Filled, look: Any) -> None:
    """Open pages, timelines and chains follow the partnership of an event."""
    rows = await look.fetch(
        "SELECT DISTINCT partnership_id, chain_id FROM event_log WHERE aggregate_id = $1", filled.room
    )
    assert [tuple(row) for row in rows] == [(filled.room, filled.room)]
    assert not await look.fetchval(
        "SELECT count(*) FROM event_log WHERE partnership_id = $1 AND aggregate_id = $2",
        filled.world.convention,
        filled.room,
    )
