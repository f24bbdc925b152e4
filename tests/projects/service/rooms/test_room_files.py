"""Files of rooms on the running service: given, listed, found, told, taken out."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from shared.contracts.identifiers import FileId, new_id
from shared.contracts.projects.queries import GetTimeline, NameSubjects
from shared.contracts.projects.refusals import IdentifierTaken, RoomNotOpen
from shared.contracts.projects.room_files import (
    GetRoomFile,
    ListRoomFiles,
    RemoveRoomFile,
    RoomFileNotFound,
    RoomFileOfOtherSide,
)
from shared.contracts.projects.rooms import ReadRoom, RoomKind
from shared.contracts.refusals import InvalidRequest
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.rooms.rooming import PRIVATE, SHARED, Rooming


def to_remove(rooms: Rooming, file_id: FileId, room: RoomKind = SHARED) -> RemoveRoomFile:
    return RemoveRoomFile(convention_id=rooms.world.convention, room=room, file_id=file_id)


async def test_a_file_is_given_once_and_read_by_whoever_enters(
    rooms: Rooming, count_events: Callable[[UUID], Awaitable[int]]
) -> None:
    world = rooms.world
    command = rooms.to_give(SHARED, "Planning été.pdf")
    await asyncio.gather(*(world.ask(command, world.claire) for _ in range(4)))

    (file,) = await rooms.files(SHARED, world.odile)
    assert (file.file, file.organization_id, file.person_id) == (
        command.file,
        world.hospital,
        world.claire.person_id,
    )
    assert (file.is_new, file.may_remove) == (True, False)
    assert await count_events((await rooms.room(SHARED, world.claire)).room_id) == 1
    query = GetRoomFile(convention_id=world.convention, room=SHARED, file_id=command.file_id)
    assert (await world.ask(query, world.karim)).may_remove
    with pytest.raises(IdentifierTaken):
        await world.ask(command, world.odile)
    with pytest.raises(RoomFileNotFound):
        await world.ask(query.model_copy(update={"room": PRIVATE}), world.claire)


async def test_what_is_new_is_counted_until_the_room_is_read(rooms: Rooming) -> None:
    world = rooms.world
    await rooms.post(SHARED, world.claire)
    await rooms.give(SHARED, world.claire)
    seen = await rooms.room(SHARED, world.odile)
    assert (seen.unread, seen.files) == (2, 1)
    await world.ask(ReadRoom(convention_id=world.convention, room=SHARED, version=seen.version), world.odile)
    await rooms.give(SHARED, world.odile, "le mien.pdf")
    assert (await rooms.room(SHARED, world.odile)).unread == 0
    assert [it.is_new for it in await rooms.files(SHARED, world.odile)] == [False, False]


async def test_files_come_in_pages_newest_first(rooms: Rooming) -> None:
    world = rooms.world
    for number in range(3):
        await rooms.give(PRIVATE, world.claire, f"{number}.pdf")
    query = ListRoomFiles(convention_id=world.convention, room=PRIVATE, limit=2)
    first = await world.ask(query, world.karim)
    last = first.next_before
    assert last is not None
    # Where a page ends stays known, even when that file is taken out meanwhile.
    await world.ask(to_remove(rooms, last, PRIVATE), world.karim)
    rest = await world.ask(query.model_copy(update={"before": last}), world.karim)
    assert [it.file.name for it in (*first.files, *rest.files)] == ["2.pdf", "1.pdf", "0.pdf"]
    with pytest.raises(InvalidRequest):
        await world.ask(query.model_copy(update={"before": new_id()}), world.karim)


async def test_the_shared_room_takes_files_once_it_is_open(together: Collaboration) -> None:
    await together.draft()
    rooms = Rooming(together)
    with pytest.raises(RoomNotOpen):
        await rooms.give(SHARED, together.claire)
    await rooms.give(PRIVATE, together.claire)


async def test_a_file_is_found_by_its_name_while_it_is_there(rooms: Rooming) -> None:
    world = rooms.world
    file_id = await rooms.give(SHARED, world.odile, "Règlement intérieur.pdf")
    assert await rooms.found("reglement INTERIEUR", world.claire) == ["Règlement intérieur.pdf"]
    titles = NameSubjects(ids=(file_id,))
    assert (await world.ask(titles, world.claire)).titles == {file_id: "Règlement intérieur.pdf"}
    await world.ask(to_remove(rooms, file_id), world.odile)
    assert await rooms.found("reglement", world.odile) == []
    assert (await world.ask(titles, world.odile)).titles == {}


async def test_what_is_taken_out_leaves_only_that_it_was_there(rooms: Rooming) -> None:
    world = rooms.world
    command = rooms.to_give(SHARED, "Zibeline.pdf")
    await world.ask(command, world.claire)
    with pytest.raises(RoomFileOfOtherSide):
        await world.ask(to_remove(rooms, command.file_id), world.odile)
    for _ in range(2):
        await world.ask(to_remove(rooms, command.file_id), world.karim)

    assert await rooms.files(SHARED, world.odile) == ()
    assert (await rooms.room(SHARED, world.odile)).files == 0
    query = GetRoomFile(convention_id=world.convention, room=SHARED, file_id=command.file_id)
    with pytest.raises(RoomFileNotFound):
        await world.ask(query, world.claire)
    with pytest.raises(IdentifierTaken):
        await world.ask(command, world.claire)
    timeline = await world.ask(GetTimeline(convention_id=world.convention), world.odile)
    told = [(it.type.split(".")[3], it.title, it.file_id) for it in timeline.entries[:2]]
    assert told == [("file_removed", "", command.file_id), ("file_given", "", command.file_id)]
    assert "Zibeline" not in str(timeline)
    with pytest.raises(RoomFileNotFound):
        await world.ask(to_remove(rooms, FileId(new_id())), world.claire)
