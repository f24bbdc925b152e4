"""The rules of a room and of its tasks, without a server."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.rooms.domain import MOST_OPEN_TASKS, Letter, Room, Standing, folded, words_of
from shared.contracts.identifiers import (
    ConventionId,
    MessageId,
    OrganizationId,
    PersonId,
    RoomId,
    TaskId,
    new_id,
)
from shared.contracts.projects.events import TaskAdded, TaskAssigned, TaskChanged
from shared.contracts.projects.refusals import (
    IdentifierTaken,
    RoomNotOpen,
    RoomReadOnly,
    TaskAlreadyDone,
    TaskForNoParty,
    TaskMoved,
    TaskNotFound,
    TaskOwnerNotOfSide,
    TooManyOpenTasks,
)
from shared.contracts.projects.rooms import AddTask, ChangeTask, RoomKind

HOSPITAL, ASSOCIATION, AGENCY = (OrganizationId(new_id()) for _ in range(3))
CLAIRE, ODILE = Standing(PersonId(new_id()), HOSPITAL), Standing(PersonId(new_id()), ASSOCIATION)
OBSERVER = Standing(PersonId(new_id()), AGENCY)
KARIM = PersonId(new_id())
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def room(kind: RoomKind = RoomKind.SHARED, **given: Any) -> Room:
    writers = {HOSPITAL, ASSOCIATION} if kind is RoomKind.SHARED else {HOSPITAL}
    fields: dict[str, Any] = {"version": 3, "negotiated": True, "writers": frozenset(writers)}
    return Room(room_id=RoomId(new_id()), convention_id=ConventionId(new_id()), kind=kind, **(fields | given))


def letter(by: Standing) -> Letter:
    return Letter(MessageId(new_id()), by.organization_id, by.person_id, "Bonjour.")


def to_add(it: Room, **given: Any) -> AddTask:
    fields = {"convention_id": it.convention_id, "room": it.kind, "task_id": new_id(), "title": "Réserver"}
    return AddTask.model_validate(fields | given)


def to_change(it: Room, task_id: TaskId, **given: Any) -> ChangeTask:
    fields = {
        "convention_id": it.convention_id,
        "room": it.kind,
        "task_id": task_id,
        "revision": 1,
        "title": "Réserver",
    }
    return ChangeTask.model_validate(fields | given)


def added(it: Room, **given: Any) -> TaskId:
    command = to_add(it, **given)
    it.add_task(command, CLAIRE, NOW)
    return command.task_id


def test_a_private_room_has_a_timeline_of_its_own() -> None:
    shared, private = room(), room(RoomKind.PRIVATE)
    assert shared.partnership_id == shared.convention_id
    assert private.partnership_id == private.room_id


def test_an_observer_reads_and_does_not_write() -> None:
    it = room()
    with pytest.raises(RoomReadOnly):
        it.post(letter(OBSERVER), OBSERVER)
    with pytest.raises(RoomReadOnly):
        it.add_task(to_add(it), OBSERVER, NOW)


def test_the_shared_room_waits_for_the_negotiation_and_the_private_one_does_not() -> None:
    early = room(negotiated=False)
    with pytest.raises(RoomNotOpen):
        early.post(letter(CLAIRE), CLAIRE)
    assert room(RoomKind.PRIVATE, negotiated=False).post(letter(CLAIRE), CLAIRE)


def test_a_task_given_at_once_is_added_and_assigned() -> None:
    it = room()
    events = it.add_task(to_add(it, owner=KARIM), CLAIRE, NOW)
    assert [type(event) for event in events] == [TaskAdded, TaskAssigned]
    assert [type(event) for event in it.add_task(to_add(it), CLAIRE, NOW)] == [TaskAdded]


def test_a_task_asked_for_twice_is_added_once_and_its_id_is_nobody_elses() -> None:
    it = room()
    command = to_add(it)
    it.add_task(command, CLAIRE, NOW)
    assert it.add_task(command, CLAIRE, NOW) == []
    with pytest.raises(IdentifierTaken):
        it.add_task(command, ODILE, NOW)


@pytest.mark.parametrize(
    "other", [{"title": "Autre chose"}, {"due_on": NOW.date()}, {"organization_id": ASSOCIATION}]
)
def test_other_words_under_the_id_of_a_task_are_not_passed_over(other: dict[str, Any]) -> None:
    it = room()
    command = to_add(it)
    it.add_task(command, CLAIRE, NOW)
    with pytest.raises(IdentifierTaken):
        it.add_task(command.model_copy(update=other), CLAIRE, NOW)


def test_a_task_given_to_oneself_may_be_asked_for_twice_even_once_it_was_changed() -> None:
    it = room()
    command = to_add(it, owner=CLAIRE.person_id)
    it.add_task(command, CLAIRE, NOW)
    assert it.add_task(command, CLAIRE, NOW) == []
    it.finish_task(command.task_id, CLAIRE, NOW)
    assert it.add_task(command, CLAIRE, NOW) == []


@pytest.mark.parametrize("given", [{"owner": KARIM, "organization_id": ASSOCIATION}, {"owner": KARIM}])
def test_a_side_names_its_own_people_only(given: dict[str, Any]) -> None:
    it = room()
    with pytest.raises(TaskOwnerNotOfSide):
        it.add_task(to_add(it, **given), CLAIRE, NOW, owner_of_side="organization_id" in given)


def test_a_task_is_given_to_a_party_that_works_in_the_room() -> None:
    it = room()
    with pytest.raises(TaskForNoParty):
        it.add_task(to_add(it, organization_id=AGENCY), CLAIRE, NOW)
    private = room(RoomKind.PRIVATE)
    with pytest.raises(TaskForNoParty):
        private.add_task(to_add(private, organization_id=ASSOCIATION), CLAIRE, NOW)


def test_what_somebody_else_changed_is_not_overwritten() -> None:
    it = room()
    task_id = added(it)
    it.change_task(to_change(it, task_id, title="Réserver jeudi"), ODILE)
    with pytest.raises(TaskMoved):
        it.change_task(to_change(it, task_id, title="Réserver mardi"), CLAIRE)
    assert it.tasks[task_id].title == "Réserver jeudi"
    assert it.change_task(to_change(it, task_id, title="Réserver jeudi"), CLAIRE) == [], "it is so already"


def test_rewording_keeps_a_person_whom_the_other_side_named() -> None:
    it = room()
    task_id = added(it, owner=KARIM)
    same = to_change(it, task_id, title="Réserver jeudi", organization_id=HOSPITAL, owner=KARIM)
    assert [type(event) for event in it.change_task(same, ODILE, owner_of_side=False)] == [TaskChanged]


def test_what_is_done_is_reopened_before_it_is_changed() -> None:
    it = room()
    task_id = added(it)
    it.finish_task(task_id, ODILE, NOW)
    assert it.finish_task(task_id, CLAIRE, NOW) == []
    with pytest.raises(TaskAlreadyDone):
        it.change_task(to_change(it, task_id, title="Autre"), CLAIRE)
    assert it.reopen_task(task_id, CLAIRE)
    assert it.reopen_task(task_id, CLAIRE) == []
    assert not it.tasks[task_id].done


def test_a_task_of_another_room_is_not_found() -> None:
    with pytest.raises(TaskNotFound):
        room().finish_task(TaskId(new_id()), CLAIRE, NOW)


def test_a_room_holds_so_many_tasks_and_no_more() -> None:
    full = room(open_tasks=MOST_OPEN_TASKS)
    with pytest.raises(TooManyOpenTasks):
        full.add_task(to_add(full), CLAIRE, NOW)


def test_words_are_compared_without_accents_case_or_ligatures() -> None:
    assert folded("L’Œuvre des ÉLÈVES") == "l'oeuvre des eleves"
    assert words_of("  été   ÉTÉ hiver ") == ["ete", "hiver"]


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
