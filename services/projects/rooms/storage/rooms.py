"""A room with its messages and tasks: how it is found, loaded and saved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import ConventionBrief, describe_convention
from services.projects.rooms.domain import Letter, Room, Standing, Task, folded
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, MessageId, OrganizationId, TaskId
from shared.contracts.messages import Event
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotFound, RoomNotFound
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.refusals import Defect
from shared.contracts.values import Side
from shared.kit.database import Transaction

# The predicates are the policies', said again: nobody but its own organisation finds a private room, and who observes
# finds the shared one only.
_FIND = """
SELECT room_id, convention_id, organization_id, version,
       (SELECT count(*) FROM room_tasks AS task
        WHERE task.room_id = rooms.room_id AND task.finished_at IS NULL) AS open_tasks,
       (SELECT count(*) FROM room_files AS file
        WHERE file.room_id = rooms.room_id AND file.removed_at IS NULL) AS files
FROM rooms
WHERE convention_id = $1 AND (organization_id IS NULL OR organization_id = $2)
  AND (
      EXISTS (
          SELECT FROM convention_access AS access
          WHERE access.convention_id = rooms.convention_id AND access.organization_id = $2
      )
      OR (organization_id IS NULL AND EXISTS (
          SELECT FROM convention_admissions AS seen
          WHERE seen.convention_id = rooms.convention_id AND seen.organization_id = $2 AND seen.observes
      ))
  )
ORDER BY organization_id NULLS FIRST
"""

_LOCK = """
SELECT room_id FROM rooms
WHERE convention_id = $1 AND organization_id IS NOT DISTINCT FROM $2::uuid
FOR NO KEY UPDATE
"""

_TASKS = """
SELECT task_id, revision, title, organization_id, owner, due_on, added_by, added_by_person, added_at,
       finished_at, finished_by, finished_by_person
FROM room_tasks WHERE room_id = $1 AND task_id = ANY($2::uuid[])
"""

_FIND_MESSAGE = """
SELECT message_id, organization_id, person_id, text, room_version FROM room_messages
WHERE room_id = $1 AND message_id = $2
"""

_ADD_MESSAGE = """
INSERT INTO room_messages (room_id, message_id, convention_id, room_version, organization_id, person_id, text, words,
                           written_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_SAVE_TASK = """
INSERT INTO room_tasks (room_id, task_id, convention_id, revision, title, words, organization_id, owner, due_on,
                        added_by, added_by_person, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

_CHANGE_TASK = """
UPDATE room_tasks
SET revision = $3, title = $4, words = $5, organization_id = $6, owner = $7, due_on = $8,
    finished_at = $9, finished_by = $10, finished_by_person = $11
WHERE room_id = $1 AND task_id = $2
"""

_SAVE = "UPDATE rooms SET version = $3 WHERE room_id = $1 AND version = $2"

_MARK_AS_READ = """
INSERT INTO room_reading_marks AS mark (room_id, person_id, version, read_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (room_id, person_id)
DO UPDATE SET version = greatest(mark.version, excluded.version), read_at = excluded.read_at
"""


@dataclass(frozen=True, slots=True)
class KnownLetter:
    """A message that is there, and the room's version with which it came."""

    letter: Letter
    at_version: int


def standing_of(member: Member) -> Standing:
    """A member as the rules of a room see her."""
    return Standing(member.person_id, member.organization_id)


async def find_rooms(
    tx: Transaction, convention_id: ConventionId, actor: Actor
) -> tuple[ConventionBrief, Member, tuple[Room, ...]]:
    """The rooms of a convention that the actor enters, the shared one first, without their tasks.

    Raises:
        ConventionNotFound: it does not exist, or not for her organisation.
    """
    member = await require_member(tx, actor, convention_id)
    rows = await tx.fetch(_FIND, convention_id, member.organization_id)
    if not rows:
        raise ConventionNotFound
    brief = await describe_convention(tx, convention_id)
    if brief is None:
        raise ConventionNotFound
    return brief, member, tuple(_room(row, brief, member) for row in rows)


async def find_room(
    tx: Transaction, convention_id: ConventionId, kind: RoomKind, actor: Actor
) -> tuple[Room, Member]:
    """One room, without its tasks.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    _, member, rooms = await find_rooms(tx, convention_id, actor)
    for room in rooms:
        if room.kind is kind:
            return room, member
    raise RoomNotFound


async def load_room(
    tx: Transaction,
    convention_id: ConventionId,
    kind: RoomKind,
    *,
    on_behalf_of: Actor,
    tasks: Collection[TaskId] = (),
) -> tuple[Room, Standing]:
    """A room to decide on, locked, with the tasks that the decision is about.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    own = on_behalf_of.organization_id if kind is RoomKind.PRIVATE else None
    # Locked first, read afterwards: what is read is then what nobody else changes.
    await tx.fetchrow(_LOCK, convention_id, own)
    room, member = await find_room(tx, convention_id, kind, on_behalf_of)
    if tasks:
        rows = await tx.fetch(_TASKS, room.room_id, list(tasks))
        room.tasks = {row["task_id"]: Task(**row) for row in rows}
    return room, standing_of(member)


async def find_message(tx: Transaction, room: Room, message_id: MessageId) -> KnownLetter | None:
    """A message of a room; None when there is none."""
    row = await tx.fetchrow(_FIND_MESSAGE, room.room_id, message_id)
    if row is None:
        return None
    letter = Letter(row["message_id"], row["organization_id"], row["person_id"], row["text"])
    return KnownLetter(letter, row["room_version"])


async def add_message(tx: Transaction, room: Room, letter: Letter, version: int, now: datetime) -> None:
    """Store a message."""
    await tx.execute(
        _ADD_MESSAGE,
        room.room_id,
        letter.message_id,
        room.convention_id,
        version,
        letter.organization_id,
        letter.person_id,
        letter.text,
        folded(letter.text),
        now,
    )


async def save_room(
    tx: Transaction,
    room: Room,
    events: Sequence[Event],
    *,
    new: Iterable[TaskId] = (),
    changed: Iterable[TaskId] = (),
) -> int:
    """Store the room's next version and its new or changed tasks; returns the version."""
    if not events:
        return room.version
    for task_id in new:
        await tx.execute(_SAVE_TASK, *_columns_of_new(room, room.tasks[task_id]))
    for task_id in changed:
        await tx.execute(_CHANGE_TASK, *_columns_of_changed(room, room.tasks[task_id]))
    version = room.version + len(events)
    if await tx.execute(_SAVE, room.room_id, room.version, version) != "UPDATE 1":
        raise Defect(f"the room {room.room_id} was locked, yet it changed")
    return version


async def mark_as_read(tx: Transaction, room: Room, member: Member, version: int, now: datetime) -> None:
    """Remember how far the member has read; a mark never goes back."""
    await tx.execute(_MARK_AS_READ, room.room_id, member.person_id, min(version, room.version), now)


def _columns_of_new(room: Room, task: Task) -> tuple[Any, ...]:
    return (
        room.room_id,
        task.task_id,
        room.convention_id,
        task.revision,
        task.title,
        folded(task.title),
        task.organization_id,
        task.owner,
        task.due_on,
        task.added_by,
        task.added_by_person,
        task.added_at,
    )


def _columns_of_changed(room: Room, task: Task) -> tuple[Any, ...]:
    return (
        room.room_id,
        task.task_id,
        task.revision,
        task.title,
        folded(task.title),
        task.organization_id,
        task.owner,
        task.due_on,
        task.finished_at,
        task.finished_by,
        task.finished_by_person,
    )


def _room(row: Any, brief: ConventionBrief, member: Member) -> Room:
    shared = row["organization_id"] is None
    return Room(
        room_id=row["room_id"],
        convention_id=row["convention_id"],
        kind=RoomKind.SHARED if shared else RoomKind.PRIVATE,
        version=row["version"],
        negotiated=brief.state is not ConventionState.DRAFT,
        writers=working_parties(brief) if shared else frozenset({member.organization_id}),
        open_tasks=row["open_tasks"],
        files=row["files"],
    )


def working_parties(brief: ConventionBrief) -> frozenset[OrganizationId]:
    """The parties that do what is agreed; a third party observes."""
    return frozenset(it.organization_id for it in brief.parties if it.side is not Side.THIRD_PARTY)
