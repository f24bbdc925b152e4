"""What can be asked of the rooms of a partnership, and the answers.

A room is named by its convention and its kind: the shared one, or the private one of the organisation as which the actor
speaks. So nobody can even name the private room of another side.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.identifiers import (
    ConventionId,
    FileId,
    MessageId,
    OrganizationId,
    PersonId,
    RoomId,
    TaskId,
)
from shared.contracts.messages import Command, Done, Message, Query, View
from shared.contracts.values import Day, Limit, Paragraph, SearchText, Title, Version


class RoomKind(StrEnum):
    """Who reads what a room holds."""

    SHARED = "shared"
    """Every party of the convention."""
    PRIVATE = "private"
    """The organisation as which the actor speaks, and nobody else."""


class InRoom(Message):
    """What may be about a room, and about a task or a file of it."""

    room: RoomKind | None = None
    task_id: TaskId | None = None
    file_id: FileId | None = None


# --------------------------------------------------------------------- commands


class PostMessage(Command[Done]):
    """Write in a room. What is written stays as it was written."""

    convention_id: ConventionId
    room: RoomKind
    message_id: MessageId
    text: Paragraph


class AddTask(Command[Done]):
    """Add a task to a room. Nobody names a person of the other side: a task is given to that side, which names her."""

    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    title: Title
    organization_id: OrganizationId | None = None
    """The party that does it; None for whoever can."""
    owner: PersonId | None = None
    """A member of the actor's own organisation."""
    due_on: Day | None = None


class ChangeTask(Command[Done]):
    """Reword, date or hand over a task that is not done, as it stood at `revision`."""

    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    revision: Version
    title: Title
    organization_id: OrganizationId | None = None
    owner: PersonId | None = None
    due_on: Day | None = None


class FinishTask(Command[Done]):
    """Say that a task is done. Said again, nothing happens."""

    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId


class ReopenTask(Command[Done]):
    """Say that a task was not done after all. Said again, nothing happens."""

    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId


class ReadRoom(Command[Done]):
    """Remember that the actor has read a room up to this version: what comes later is new to her."""

    convention_id: ConventionId
    room: RoomKind
    version: Version


# ---------------------------------------------------------------------- queries


class RoomView(Message):
    """A room, for one reader."""

    room: RoomKind
    room_id: RoomId
    version: int
    readers: tuple[OrganizationId, ...]
    """The organisations whose members read it."""
    observers: tuple[OrganizationId, ...] = ()
    """Those of them that are no party, and never write."""
    unread: int
    """Messages and files of others since the actor's last reading; 100 stands for a hundred or more."""
    open_tasks: int
    files: int
    may_write: bool


class Rooms(View):
    """The shared room first."""

    rooms: tuple[RoomView, ...]


class ListRooms(Query[Rooms]):
    """The rooms of a convention that the actor may enter."""

    convention_id: ConventionId


class MessageView(Message):
    """A message, as it was written."""

    message_id: MessageId
    organization_id: OrganizationId
    person_id: PersonId
    text: str
    written_at: datetime
    is_new: bool
    """Written by somebody else since the actor's last reading."""


class Messages(View):
    """One page of a room's messages, newest first."""

    room: RoomView
    messages: tuple[MessageView, ...]
    next_before: MessageId | None
    """Pass it as `before` for what was written earlier; None at the beginning."""


class ListMessages(Query[Messages]):
    """What was written in a room."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    before: MessageId | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 30


class TaskView(View):
    """A task."""

    task_id: TaskId
    revision: int
    title: str
    organization_id: OrganizationId | None
    owner: PersonId | None
    due_on: date | None
    added_by: OrganizationId
    added_by_person: PersonId
    added_at: datetime
    finished_at: datetime | None
    finished_by: OrganizationId | None
    finished_by_person: PersonId | None


class Tasks(View):
    """Tasks of one room: those to do by their day, or those done, last done first."""

    tasks: tuple[TaskView, ...]
    next_before: TaskId | None
    """Of tasks that are done: pass it as `before` for those done earlier; None at the beginning."""


class ListTasks(Query[Tasks]):
    """The tasks of a room: all that are to do, or a page of those that are done."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    done: bool = False
    before: TaskId | None = None
    limit: Limit = 200


class GetTask(Query[TaskView]):
    """One task."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    task_id: TaskId


class HitKind(StrEnum):
    """What a search found."""

    MESSAGE = "message"
    TASK = "task"
    FILE = "file"


class Hit(Message):
    """Something in a room that holds every word looked for."""

    kind: HitKind
    convention_id: ConventionId
    room: RoomKind
    message_id: MessageId | None = None
    task_id: TaskId | None = None
    file_id: FileId | None = None
    text: str
    """The message, the title of the task, or the name of the file."""
    organization_id: OrganizationId
    person_id: PersonId
    at: datetime


class Hits(View):
    """What was found, newest first."""

    hits: tuple[Hit, ...]


class SearchRooms(Query[Hits]):
    """Look for words in the rooms that the actor may enter: of one convention, or of all. Accents and case do not count."""

    text: SearchText
    convention_id: ConventionId | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 30
