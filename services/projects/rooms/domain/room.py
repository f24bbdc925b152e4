"""A room: who writes in it, and the rules of its tasks.

Whether somebody may enter is decided before, by loading on behalf of her: what is not loaded does not exist for her.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from services.projects.rooms.domain.task import Task
from shared.contracts.identifiers import (
    ConventionId,
    MessageId,
    OrganizationId,
    PartnershipId,
    PersonId,
    RoomId,
    TaskId,
)
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    MessagePosted,
    TaskAdded,
    TaskAssigned,
    TaskChanged,
    TaskFinished,
    TaskReopened,
)
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
from shared.contracts.refusals import Refusal

# What two partners can still oversee; a list that is longer is read by nobody, and every list has a bound.
MOST_OPEN_TASKS = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """The person who acts, and the side as which she speaks."""

    person_id: PersonId
    organization_id: OrganizationId


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was written."""

    message_id: MessageId
    organization_id: OrganizationId
    person_id: PersonId
    text: str


@dataclass(slots=True)
class Room:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    room_id: RoomId
    convention_id: ConventionId
    kind: RoomKind
    version: int
    negotiated: bool
    """Whether the other side has somebody to answer: the negotiation of the convention is open, or over."""
    writers: frozenset[OrganizationId]
    """The parties that write here; whoever else may enter reads."""
    open_tasks: int = 0
    files: int = 0
    """How many it holds."""
    tasks: dict[TaskId, Task] = field(default_factory=dict[TaskId, Task])
    """Those that the decision is about."""

    @property
    def id(self) -> RoomId:
        """The aggregate's id, as the outbox asks for it."""
        return self.room_id

    @property
    def partnership_id(self) -> PartnershipId:
        """Whose timeline tells what happens here: a private room has one of its own, which only its side reads."""
        return PartnershipId(self.convention_id if self.kind is RoomKind.SHARED else self.room_id)

    def why_not_write(self, by: Standing) -> Refusal | None:
        """Why the person cannot write here now; None when she can."""
        if by.organization_id not in self.writers:
            return RoomReadOnly()
        if self.kind is RoomKind.SHARED and not self.negotiated:
            return RoomNotOpen()
        return None

    def post(self, letter: Letter, by: Standing) -> list[Event]:
        """Write a message."""
        self.require_writing(by)
        return [
            MessagePosted(
                room_id=self.room_id,
                convention_id=self.convention_id,
                room=self.kind,
                message_id=letter.message_id,
                organization_id=by.organization_id,
            )
        ]

    def add_task(
        self, command: AddTask, by: Standing, now: datetime, *, owner_of_side: bool = True
    ) -> list[Event]:
        """Add a task; asked again in the same words, nothing happens. `owner_of_side`: whether the colleague whom the
        actor names belongs to her side.

        Raises:
            IdentifierTaken: another task of this room has the id, or it came with other words.
        """
        self.require_writing(by)
        if known := self.tasks.get(command.task_id):
            hers = (known.added_by, known.added_by_person) == (by.organization_id, by.person_id)
            # One that was changed since says no more with which words it began.
            if not hers or (known.revision == 1 and not known.began_as(command, by.organization_id)):
                raise IdentifierTaken
            return []
        if self.open_tasks >= MOST_OPEN_TASKS:
            raise TooManyOpenTasks(most=MOST_OPEN_TASKS)
        task = Task(
            task_id=command.task_id,
            revision=1,
            title=command.title,
            organization_id=self._side_for(command, by, owner_of_side=owner_of_side),
            owner=command.owner,
            due_on=command.due_on,
            added_by=by.organization_id,
            added_by_person=by.person_id,
            added_at=now,
        )
        self.tasks[task.task_id] = task
        return [
            TaskAdded(
                room_id=self.room_id,
                convention_id=self.convention_id,
                room=self.kind,
                task_id=task.task_id,
                organization_id=by.organization_id,
                due_on=task.due_on,
            ),
            *([self._assigned(task, by)] if task.organization_id else []),
        ]

    def change_task(self, command: ChangeTask, by: Standing, *, owner_of_side: bool = True) -> list[Event]:
        """Reword, date or hand over a task, provided that nobody changed it since the actor read it."""
        self.require_writing(by)
        before = self._task(command.task_id)
        if before.done:
            raise TaskAlreadyDone
        keeps_owner = before.owner is not None and before.given_to == (
            command.organization_id,
            command.owner,
        )
        side = (
            before.organization_id
            if keeps_owner
            else self._side_for(command, by, owner_of_side=owner_of_side)
        )
        task = replace(
            before,
            revision=before.revision + 1,
            title=command.title,
            organization_id=side,
            owner=command.owner,
            due_on=command.due_on,
        )
        if (task.title, task.due_on, task.given_to) == (before.title, before.due_on, before.given_to):
            return []
        if command.revision != before.revision:
            raise TaskMoved(revision=before.revision)
        self.tasks[task.task_id] = task
        events: list[Event] = []
        if (task.title, task.due_on) != (before.title, before.due_on):
            events.append(
                TaskChanged(
                    room_id=self.room_id,
                    convention_id=self.convention_id,
                    room=self.kind,
                    task_id=task.task_id,
                    organization_id=by.organization_id,
                    due_on=task.due_on,
                )
            )
        if task.given_to != before.given_to:
            events.append(self._assigned(task, by))
        return events

    def finish_task(self, task_id: TaskId, by: Standing, now: datetime) -> list[Event]:
        """Say that a task is done."""
        self.require_writing(by)
        task = self._task(task_id)
        if task.done:
            return []
        self.tasks[task_id] = replace(
            task,
            revision=task.revision + 1,
            finished_at=now,
            finished_by=by.organization_id,
            finished_by_person=by.person_id,
        )
        return [
            TaskFinished(
                room_id=self.room_id,
                convention_id=self.convention_id,
                room=self.kind,
                task_id=task_id,
                organization_id=by.organization_id,
            )
        ]

    def reopen_task(self, task_id: TaskId, by: Standing) -> list[Event]:
        """Say that a task was not done after all."""
        self.require_writing(by)
        task = self._task(task_id)
        if not task.done:
            return []
        if self.open_tasks >= MOST_OPEN_TASKS:
            raise TooManyOpenTasks(most=MOST_OPEN_TASKS)
        self.tasks[task_id] = replace(
            task, revision=task.revision + 1, finished_at=None, finished_by=None, finished_by_person=None
        )
        return [
            TaskReopened(
                room_id=self.room_id,
                convention_id=self.convention_id,
                room=self.kind,
                task_id=task_id,
                organization_id=by.organization_id,
                assigned_to=task.organization_id,
                owner=task.owner,
            )
        ]

    def _side_for(
        self, command: AddTask | ChangeTask, by: Standing, *, owner_of_side: bool
    ) -> OrganizationId | None:
        """Which side does it: that of the person named, who is of the actor's own, or the one that is named itself."""
        side = command.organization_id
        if command.owner is not None:
            if side not in (None, by.organization_id) or not owner_of_side:
                raise TaskOwnerNotOfSide
            return by.organization_id
        if side is not None and side not in self.writers:
            raise TaskForNoParty
        return side

    def require_writing(self, by: Standing) -> None:
        """Pass if the person may write here now."""
        if refusal := self.why_not_write(by):
            raise refusal

    def _task(self, task_id: TaskId) -> Task:
        if task_id not in self.tasks:
            raise TaskNotFound
        return self.tasks[task_id]

    def _assigned(self, task: Task, by: Standing) -> TaskAssigned:
        return TaskAssigned(
            room_id=self.room_id,
            convention_id=self.convention_id,
            room=self.kind,
            task_id=task.task_id,
            organization_id=by.organization_id,
            assigned_to=task.organization_id,
            owner=task.owner,
        )
