"""An observer reads the shared room, and nothing else: every address of the API is tried in its name.

What people may ask is taken from the API, so that a request that is new is tried from its first day.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.web.api.handlers import ENDPOINTS
from services.web.api.reading import make_request
from shared.contracts.identifiers import MessageId, OrganizationId, TaskId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.parties import EndAdmission, ListObserved, Role
from shared.contracts.projects.queries import GetHome, ListConventions, NameSubjects
from shared.contracts.projects.refusals import RoomReadOnly
from shared.contracts.projects.room_files import ListRoomFiles
from shared.contracts.projects.rooms import (
    AddTask,
    ListMessages,
    ListRooms,
    ListTasks,
    PostMessage,
    ReadRoom,
    RoomKind,
    SearchRooms,
)
from shared.contracts.refusals import Refusal
from shared.kit.database import connected, transaction
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.conventions.test_admissions import admit
from tests.projects.service.world import Member
from tests.support.servers import FreshDatabase

SHARED, PRIVATE = RoomKind.SHARED, RoomKind.PRIVATE
OPEN = {ListRooms, ListMessages, ListTasks, ListRoomFiles, ReadRoom}
WORD = "Zibeline"


def every_request(known: dict[str, UUID]) -> Iterator[Request[Any]]:
    """One of each that people may ask of projects about something that they name, by the ids that are known."""
    for endpoint in ENDPOINTS:
        if endpoint.request.service != "projects" or not endpoint.in_path:
            continue
        fields = {**endpoint.example, **{name: known.get(name, new_id()) for name in endpoint.in_path}}
        fields.pop("password", None)
        if endpoint.takes_file:
            fields.pop("name")
            fields["file"] = {
                "sha256": "ab" * 32,
                "size": 3,
                "media_type": "application/pdf",
                "name": "a.pdf",
            }
        if endpoint.makes:
            fields[endpoint.makes] = new_id()
        yield make_request(endpoint, fields)


async def answer(world: Collaboration, request: Request[Any], member: Member) -> Any:
    """What somebody is answered: the reply, or the refusal's code and fields."""
    try:
        return await world.ask(request, member)
    except Refusal as refusal:
        return refusal.code, refusal.fields


@pytest.fixture
async def observed(active: Collaboration) -> Collaboration:
    """A convention in force with a project, written in by both sides, that Yann's organisation observes."""
    for room, member in ((SHARED, active.claire), (PRIVATE, active.claire), (PRIVATE, active.odile)):
        await active.ask(
            PostMessage(
                convention_id=active.convention,
                room=room,
                message_id=MessageId(new_id()),
                text=f"{WORD} : salle {room}.",
            ),
            member,
        )
    await admit(active, Role.OBSERVER)
    return active


async def test_every_address_but_those_of_the_shared_room_answers_as_if_nothing_existed(
    observed: Collaboration,
) -> None:
    known: dict[str, UUID] = {
        "convention_id": observed.convention,
        "project_id": await observed.running_project(),
    }
    version = (await observed.get()).version
    for here, nowhere in zip(every_request(known), every_request({}), strict=True):
        told = await answer(observed, here, observed.yann)
        name = type(here).__name__
        if type(here) in OPEN:
            continue
        if told[0] in {"room_read_only", "room_not_found", "task_not_found", "room_file_not_found"}:
            assert "Task" in name or "Message" in name or "RoomFile" in name, name
            continue
        if type(here) is EndAdmission:
            assert told == ("admission_not_found", {}), "it may end its own only"
            continue
        assert told == await answer(observed, nowhere, observed.yann), name
    assert (await observed.get()).version == version


async def test_it_reads_the_shared_room_and_finds_what_is_said_there(observed: Collaboration) -> None:
    here, yann = observed.convention, observed.yann
    (room,) = (await observed.ask(ListRooms(convention_id=here), yann)).rooms
    assert (room.room, room.may_write, room.observers) == (SHARED, False, (observed.outsider,))
    (message,) = (await observed.ask(ListMessages(convention_id=here), yann)).messages
    assert message.text == f"{WORD} : salle shared."
    (hit,) = (await observed.ask(SearchRooms(text=WORD), yann)).hits
    assert hit.room is SHARED
    await observed.ask(ReadRoom(convention_id=here, room=SHARED, version=room.version), yann)
    (room,) = (await observed.ask(ListRooms(convention_id=here), yann)).rooms
    assert room.unread == 0
    titles = (await observed.ask(NameSubjects(ids=(here,)), yann)).titles
    assert titles == {here: "Bénévoles en soins palliatifs"}
    assert (await observed.ask(ListConventions(), yann)).total == 0
    home = await observed.ask(GetHome(), yann)
    assert (home.awaiting, home.awaited_from_others, home.dates, home.news) == ((), (), (), ())


async def test_who_writes_there_sees_that_it_reads(observed: Collaboration) -> None:
    shared, private = (await observed.ask(ListRooms(convention_id=observed.convention), observed.odile)).rooms
    assert shared.readers[-1] == observed.outsider
    assert shared.observers == (observed.outsider,)
    assert (private.readers, private.observers) == ((observed.association,), ())


async def test_it_writes_nothing_neither_by_a_request_nor_in_the_database(
    observed: Collaboration, projects: FreshDatabase
) -> None:
    here, yann = observed.convention, observed.yann
    for request in (
        PostMessage(convention_id=here, room=SHARED, message_id=MessageId(new_id()), text="Un mot."),
        AddTask(convention_id=here, room=SHARED, task_id=TaskId(new_id()), title="Une tâche"),
    ):
        with pytest.raises(RoomReadOnly):
            await observed.ask(request, yann)
    room = (await observed.ask(ListRooms(convention_id=here), yann)).rooms[0].room_id
    attempts: list[tuple[str, tuple[Any, ...]]] = [
        (
            """
            INSERT INTO room_messages (room_id, message_id, convention_id, room_version, organization_id, person_id,
                                       text, words, written_at)
            VALUES ($1, gen_random_uuid(), $2, 99, $3, $4, 'x', 'x', now())
            """,
            (room, here, yann.organization_id, yann.person_id),
        ),
        (
            "INSERT INTO clause_comments VALUES ($1, gen_random_uuid(), NULL, 1, $2, $3, 'x', now())",
            (here, yann.organization_id, yann.person_id),
        ),
        (
            "INSERT INTO convention_parties VALUES ($1, $2, 'association', 'Intrus', '', now())",
            (here, yann.organization_id),
        ),
    ]
    async with connected(projects.url) as database:
        for statement, values in attempts:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=yann.actor) as tx:
                    await tx.execute(statement, *values)
        for table in ("clauses", "convention_terms", "clause_comments", "convention_seals", "projects"):
            async with transaction(database, actor=yann.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        for update in (
            "rooms SET version = 9",
            "conventions SET version = 9",
            "convention_admissions SET ended_at = now()",
        ):
            async with transaction(database, actor=yann.actor) as tx:
                assert await tx.execute(f"UPDATE {update}") == "UPDATE 0", update


async def test_another_organisation_learns_nothing_of_it(observed: Collaboration) -> None:
    stranger = Member(observed.yann.person_id, OrganizationId(new_id()))
    assert await answer(observed, ListObserved(), stranger) == ("not_a_member_of_organization", {})
