"""Messages and tasks of rooms, on the running service."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.identifiers import ConventionId, MessageId, TaskId, new_id
from shared.contracts.projects.queries import AwaitedKind, GetHome, GetTimeline, NameSubjects
from shared.contracts.projects.refusals import (
    IdentifierTaken,
    RoomNotOpen,
    TaskAlreadyDone,
    TaskForNoParty,
    TaskMoved,
    TaskNotFound,
    TaskOwnerNotOfSide,
)
from shared.contracts.projects.rooms import (
    ChangeTask,
    FinishTask,
    GetTask,
    ListMessages,
    ListRooms,
    ListTasks,
    ReadRoom,
    ReopenTask,
    SearchRooms,
)
from shared.contracts.refusals import InvalidRequest
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.rooms.rooming import PRIVATE, SHARED, Rooming
from tests.projects.service.world import TODAY

SOON = TODAY + timedelta(days=7)


async def test_each_side_has_its_own_room_and_both_share_one(rooms: Rooming) -> None:
    world = rooms.world

    for member, own in ((world.claire, world.hospital), (world.odile, world.association)):
        shared, private = (await world.ask(ListRooms(convention_id=world.convention), member)).rooms
        assert (shared.room, set(shared.readers)) == (SHARED, {world.hospital, world.association})
        assert (private.room, private.readers) == (PRIVATE, (own,))
        assert shared.may_write
        assert private.may_write


async def test_a_message_is_read_by_those_of_its_room(rooms: Rooming) -> None:
    world = rooms.world
    await rooms.post(SHARED, world.claire, "Bonjour à vous.")
    await rooms.post(PRIVATE, world.karim, "Que pouvons-nous promettre ?")
    await rooms.post(PRIVATE, world.odile, "Demandons une salle.")

    assert await rooms.texts(SHARED, world.odile) == ["Bonjour à vous."]
    assert await rooms.texts(PRIVATE, world.claire) == ["Que pouvons-nous promettre ?"]
    assert await rooms.texts(PRIVATE, world.odile) == ["Demandons une salle."]


async def test_what_is_new_is_counted_for_each_reader(rooms: Rooming) -> None:
    world = rooms.world
    await rooms.post(SHARED, world.claire)
    await rooms.post(SHARED, world.odile)

    assert (await rooms.room(SHARED, world.karim)).unread == 2
    seen = await rooms.room(SHARED, world.claire)
    assert seen.unread == 1
    read = ReadRoom(convention_id=world.convention, room=SHARED, version=seen.version)
    await world.ask(read, world.claire)
    assert (await rooms.room(SHARED, world.claire)).unread == 0
    assert (await rooms.room(SHARED, world.karim)).unread == 2
    await world.ask(read.model_copy(update={"version": 0}), world.claire)
    assert (await rooms.room(SHARED, world.claire)).unread == 0, "a mark never goes back"


async def test_messages_come_in_pages(rooms: Rooming) -> None:
    world = rooms.world
    for number in range(5):
        await rooms.post(SHARED, world.claire, f"message {number}")
    first = await world.ask(ListMessages(convention_id=world.convention, limit=3), world.odile)
    rest = await world.ask(
        ListMessages(convention_id=world.convention, limit=3, before=first.next_before), world.odile
    )

    assert [it.text for it in (*first.messages, *rest.messages)] == [
        f"message {it}" for it in (4, 3, 2, 1, 0)
    ]
    assert rest.next_before is None
    with pytest.raises(InvalidRequest):
        await world.ask(ListMessages(convention_id=world.convention, before=MessageId(new_id())), world.odile)


async def test_a_message_sent_twice_is_written_once(
    rooms: Rooming, count_events: Callable[[UUID], Awaitable[int]]
) -> None:
    world = rooms.world
    command = rooms.to_post(SHARED)
    await asyncio.gather(*(world.ask(command, world.claire) for _ in range(5)))

    assert await rooms.texts(SHARED, world.odile) == [command.text]
    assert await count_events((await rooms.room(SHARED, world.claire)).room_id) == 1
    with pytest.raises(IdentifierTaken):
        await world.ask(command.model_copy(update={"text": "autre chose"}), world.claire)
    with pytest.raises(IdentifierTaken):
        await world.ask(command, world.odile)


async def test_writers_at_once_lose_nothing(rooms: Rooming) -> None:
    world = rooms.world
    everybody = [world.claire, world.karim, world.odile] * 4
    await asyncio.gather(
        *(rooms.post(SHARED, member, f"message {number}") for number, member in enumerate(everybody))
    )

    assert sorted(await rooms.texts(SHARED, world.odile)) == sorted(f"message {it}" for it in range(12))


async def test_the_shared_room_opens_with_the_negotiation(together: Collaboration) -> None:
    await together.draft()
    rooms = Rooming(together)
    with pytest.raises(RoomNotOpen):
        await rooms.post(SHARED, together.claire)
    assert not (await rooms.room(SHARED, together.claire)).may_write
    await rooms.post(PRIVATE, together.claire, "Entre nous, déjà.")
    assert await rooms.texts(PRIVATE, together.karim) == ["Entre nous, déjà."]


async def test_the_life_of_a_task(rooms: Rooming) -> None:
    world = rooms.world
    task_id = await rooms.add(SHARED, world.claire, owner=world.karim.person_id, due_on=SOON)
    (task,) = await rooms.tasks(SHARED, world.odile)
    assert (task.organization_id, task.owner, task.due_on) == (world.hospital, world.karim.person_id, SOON)

    change = ChangeTask(
        convention_id=world.convention,
        room=SHARED,
        task_id=task_id,
        revision=1,
        title="Réserver la grande salle",
        organization_id=world.association,
    )
    await world.ask(change, world.claire)
    await world.ask(change, world.claire)
    with pytest.raises(TaskMoved) as moved:
        await world.ask(change.model_copy(update={"title": "Autre"}), world.odile)
    assert moved.value.fields == {"revision": 2}

    finish = FinishTask(convention_id=world.convention, room=SHARED, task_id=task_id)
    await world.ask(finish, world.odile)
    await world.ask(finish, world.claire)
    assert await rooms.tasks(SHARED, world.claire) == ()
    (done,) = await rooms.tasks(SHARED, world.claire, done=True)
    assert (done.finished_by, done.finished_by_person) == (world.association, world.odile.person_id)
    with pytest.raises(TaskAlreadyDone):
        await world.ask(change.model_copy(update={"revision": 3}), world.claire)

    await world.ask(ReopenTask(convention_id=world.convention, room=SHARED, task_id=task_id), world.claire)
    (open_again,) = await rooms.tasks(SHARED, world.odile)
    assert (open_again.title, open_again.finished_at) == ("Réserver la grande salle", None)


async def test_nobody_names_a_person_of_the_other_side(rooms: Rooming) -> None:
    world = rooms.world
    for owner, side in (
        (world.odile, None),
        (world.karim, world.association),
        (world.yann, None),
    ):
        with pytest.raises(TaskOwnerNotOfSide):
            await rooms.add(SHARED, world.claire, owner=owner.person_id, organization_id=side)
    with pytest.raises(TaskForNoParty):
        await rooms.add(SHARED, world.claire, organization_id=world.outsider)
    with pytest.raises(TaskForNoParty):
        await rooms.add(PRIVATE, world.claire, organization_id=world.association)


async def test_a_side_names_who_does_what_it_was_given(rooms: Rooming) -> None:
    world = rooms.world
    task_id = await rooms.add(SHARED, world.claire, organization_id=world.association)
    change = ChangeTask(
        convention_id=world.convention,
        room=SHARED,
        task_id=task_id,
        revision=1,
        title="Réserver la salle",
        organization_id=world.association,
        owner=world.odile.person_id,
    )
    await world.ask(change, world.odile)
    rewording = change.model_copy(update={"revision": 2, "title": "Réserver une salle"})
    await world.ask(rewording, world.claire)
    (task,) = await rooms.tasks(SHARED, world.claire)
    assert (task.title, task.owner) == ("Réserver une salle", world.odile.person_id)


async def test_an_unknown_task_is_not_found(rooms: Rooming) -> None:
    world = rooms.world
    here = {"convention_id": world.convention, "room": SHARED, "task_id": TaskId(new_id())}
    for request in (FinishTask, ReopenTask, GetTask):
        with pytest.raises(TaskNotFound):
            await world.ask(request.model_validate(here), world.claire)


async def test_tasks_that_are_done_come_in_pages(rooms: Rooming) -> None:
    world = rooms.world
    for number in range(3):
        task_id = await rooms.add(PRIVATE, world.claire, f"tâche {number}")
        await world.ask(
            FinishTask(convention_id=world.convention, room=PRIVATE, task_id=task_id), world.claire
        )
    query = ListTasks(convention_id=world.convention, room=PRIVATE, done=True, limit=2)
    first = await world.ask(query, world.karim)
    rest = await world.ask(query.model_copy(update={"before": first.next_before}), world.karim)
    assert [it.title for it in (*first.tasks, *rest.tasks)] == ["tâche 2", "tâche 1", "tâche 0"]
    with pytest.raises(InvalidRequest):
        await world.ask(query.model_copy(update={"before": new_id()}), world.karim)


async def test_search_knows_no_accent_no_case_and_no_order(rooms: Rooming) -> None:
    world = rooms.world
    await rooms.post(SHARED, world.odile, "L’Œuvre des bénévoles se réunit le mardi.")
    await rooms.add(PRIVATE, world.claire, "Relire la charte des BÉNÉVOLES")

    assert await rooms.found("benevoles œuvre", world.claire) == ["L’Œuvre des bénévoles se réunit le mardi."]
    assert len(await rooms.found("bénévoles", world.claire)) == 2
    assert await rooms.found("bénévoles", world.odile) == ["L’Œuvre des bénévoles se réunit le mardi."]
    assert await rooms.found("", world.claire) == []
    for literal in ("%", "_", "\\"):
        assert await rooms.found(literal, world.claire) == []
    await rooms.post(PRIVATE, world.claire, "100 % sûr")
    assert await rooms.found("100 %", world.karim) == ["100 % sûr"]
    nowhere = SearchRooms(text="bénévoles", convention_id=ConventionId(new_id()))
    assert (await world.ask(nowhere, world.claire)).hits == ()


async def test_the_home_page_tells_what_tasks_await(rooms: Rooming) -> None:
    world = rooms.world
    mine = await rooms.add(PRIVATE, world.claire, "Pour Karim", owner=world.karim.person_id, due_on=SOON)
    theirs = await rooms.add(SHARED, world.claire, "Pour l'association", organization_id=world.association)
    await rooms.add(SHARED, world.claire, "Pour personne")

    def tasks(acts: Any) -> list[Any]:
        return [(it.kind, it.task_id) for it in acts if it.task_id]

    karim = await world.ask(GetHome(), world.karim)
    assert tasks(karim.awaiting) == [(AwaitedKind.DO_PRIVATE_TASK, mine)]
    assert tasks(karim.awaited_from_others) == [(AwaitedKind.DO_TASK, theirs)]
    assert [it.task_id for it in karim.dates if it.task_id] == [mine]
    odile = await world.ask(GetHome(), world.odile)
    assert tasks(odile.awaiting) == [(AwaitedKind.DO_TASK, theirs)]
    assert tasks(odile.awaited_from_others) == []
    assert not [it for it in odile.dates if it.task_id]


async def test_the_timeline_tells_of_the_shared_room_and_each_private_one_of_itself(rooms: Rooming) -> None:
    world = rooms.world
    task_id = await rooms.add(SHARED, world.claire, "Réserver la salle")
    secret = await rooms.add(PRIVATE, world.claire, "Secret de l'hôpital")

    shared = await world.timeline(world.odile)
    assert shared[0].type == "entente.projects.room.task_added.v1"
    assert (shared[0].room, shared[0].task_id, shared[0].title) == (SHARED, task_id, "Réserver la salle")
    assert shared == await world.timeline(world.claire)
    own = GetTimeline(convention_id=world.convention, room=PRIVATE)
    (entry,) = (await world.ask(own, world.karim)).entries
    assert (entry.task_id, entry.title, entry.convention_id) == (
        secret,
        "Secret de l'hôpital",
        world.convention,
    )
    assert (await world.ask(own, world.odile)).entries == ()
    titles = NameSubjects(ids=(task_id, secret))
    assert set((await world.ask(titles, world.odile)).titles) == {task_id}
    assert set((await world.ask(titles, world.claire)).titles) == {task_id, secret}
