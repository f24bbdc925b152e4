"""A task: something to do, for a side or a person of it, perhaps by a day. Done, it can be reopened, never removed."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.identifiers import OrganizationId, PersonId, TaskId
from shared.contracts.projects.rooms import AddTask


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it stands."""

    task_id: TaskId
    revision: int
    title: str
    organization_id: OrganizationId | None
    """The party that does it."""
    owner: PersonId | None
    due_on: date | None
    added_by: OrganizationId
    added_by_person: PersonId
    added_at: datetime
    finished_at: datetime | None = None
    finished_by: OrganizationId | None = None
    finished_by_person: PersonId | None = None

    @property
    def done(self) -> bool:
        """Whether somebody said that it is done."""
        return self.finished_at is not None

    def began_as(self, command: AddTask, by: OrganizationId) -> bool:
        """Whether a task that nobody has changed yet is the one of this order, given by this side."""
        side = by if command.owner is not None else command.organization_id
        wanted = (command.title, command.due_on, (side, command.owner))
        return (self.title, self.due_on, self.given_to) == wanted

    @property
    def given_to(self) -> tuple[OrganizationId | None, PersonId | None]:
        """Who does it."""
        return self.organization_id, self.owner
