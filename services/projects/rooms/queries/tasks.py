"""The tasks of a room: what is to do by its day, what is done by when it was done."""

from typing import Any

from services.projects.rooms import storage
from shared.contracts.actor import Actor
from shared.contracts.projects.refusals import TaskNotFound
from shared.contracts.projects.rooms import GetTask, ListTasks, Tasks, TaskView
from shared.contracts.refusals import InvalidRequest
from shared.kit.database import Transaction

_COLUMNS = """
task_id, revision, title, organization_id, owner, due_on, added_by, added_by_person, added_at, finished_at, finished_by,
finished_by_person
"""

_ONE = f"SELECT {_COLUMNS} FROM room_tasks WHERE room_id = $1 AND task_id = $2"

_TO_DO = f"""
SELECT {_COLUMNS} FROM room_tasks WHERE room_id = $1 AND finished_at IS NULL
ORDER BY due_on NULLS LAST, added_at, task_id
LIMIT $2
"""

_DONE = f"""
SELECT {_COLUMNS} FROM room_tasks
WHERE room_id = $1 AND finished_at IS NOT NULL
  AND ($2::uuid IS NULL OR (finished_at, task_id) < (
      SELECT last.finished_at, last.task_id FROM room_tasks AS last WHERE last.room_id = $1 AND last.task_id = $2
  ))
ORDER BY finished_at DESC, task_id DESC
LIMIT $3
"""

_IS_DONE = """
SELECT EXISTS (SELECT FROM room_tasks WHERE room_id = $1 AND task_id = $2 AND finished_at IS NOT NULL)
"""


async def list_tasks(query: ListTasks, actor: Actor, tx: Transaction) -> Tasks:
    """The tasks of one room.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    room, _ = await storage.find_room(tx, query.convention_id, query.room, actor)
    if not query.done:
        rows = await tx.fetch(_TO_DO, room.room_id, query.limit)
        return Tasks(tasks=tuple(TaskView(**row) for row in rows), next_before=None)
    if query.before is not None and not await tx.fetchval(_IS_DONE, room.room_id, query.before):
        raise InvalidRequest([{"field": "before", "reason": "not_in_room"}])
    done: list[Any] = await tx.fetch(_DONE, room.room_id, query.before, query.limit + 1)
    page = tuple(TaskView(**row) for row in done[: query.limit])
    return Tasks(tasks=page, next_before=page[-1].task_id if len(done) > query.limit else None)


async def get_task(query: GetTask, actor: Actor, tx: Transaction) -> TaskView:
    """One task.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
        TaskNotFound: no such task in this room.
    """
    room, _ = await storage.find_room(tx, query.convention_id, query.room, actor)
    row = await tx.fetchrow(_ONE, room.room_id, query.task_id)
    if row is None:
        raise TaskNotFound
    return TaskView(**row)
