"""What people do in rooms, on the running service."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import FileId, MessageId, TaskId, new_id
from shared.contracts.projects.room_files import GiveRoomFile, ListRoomFiles, RoomFileView
from shared.contracts.projects.rooms import (
    AddTask,
    ListMessages,
    ListRooms,
    ListTasks,
    PostMessage,
    RoomKind,
    RoomView,
    SearchRooms,
    TaskView,
)
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.world import Member

SHARED, PRIVATE = RoomKind.SHARED, RoomKind.PRIVATE


def a_file(name: str = "planning.pdf") -> GivenFile:
    """A file as web would tell of it."""
    return GivenFile(sha256=token_hex(32), size=1200, media_type=MediaType.PDF, name=name)


@dataclass
class Rooming:
    """A negotiated convention and its rooms."""

    world: Collaboration

    def to_post(self, room: RoomKind, text: str = "Rendez-vous jeudi.", **given: Any) -> PostMessage:
        """A message for a room."""
        return PostMessage.model_validate(
            {
                "convention_id": self.world.convention,
                "room": room,
                "message_id": new_id(),
                "text": text,
            }
            | given
        )

    async def post(self, room: RoomKind, member: Member, text: str = "Rendez-vous jeudi.") -> MessageId:
        """Somebody writes in a room."""
        command = self.to_post(room, text)
        await self.world.ask(command, member)
        return command.message_id

    def to_add(self, room: RoomKind, title: str = "Réserver la salle", **given: Any) -> AddTask:
        """A task for a room."""
        return AddTask.model_validate(
            {"convention_id": self.world.convention, "room": room, "task_id": new_id(), "title": title}
            | given
        )

    async def add(
        self, room: RoomKind, member: Member, title: str = "Réserver la salle", **given: Any
    ) -> TaskId:
        """Somebody adds a task to a room."""
        command = self.to_add(room, title, **given)
        await self.world.ask(command, member)
        return command.task_id

    def to_give(self, room: RoomKind, name: str = "planning.pdf", **given: Any) -> GiveRoomFile:
        """A file for a room."""
        return GiveRoomFile.model_validate(
            {
                "convention_id": self.world.convention,
                "room": room,
                "file_id": new_id(),
                "file": a_file(name),
            }
            | given
        )

    async def give(self, room: RoomKind, member: Member, name: str = "planning.pdf") -> FileId:
        """Somebody puts a file into a room."""
        command = self.to_give(room, name)
        await self.world.ask(command, member)
        return command.file_id

    async def files(self, room: RoomKind, member: Member) -> tuple[RoomFileView, ...]:
        """The files of a room as somebody sees them."""
        query = ListRoomFiles(convention_id=self.world.convention, room=room)
        return (await self.world.ask(query, member)).files

    async def room(self, room: RoomKind, member: Member) -> RoomView:
        """A room as somebody sees it."""
        query = ListRooms(convention_id=self.world.convention)
        return next(it for it in (await self.world.ask(query, member)).rooms if it.room is room)

    async def texts(self, room: RoomKind, member: Member) -> list[str]:
        """What somebody reads in a room, newest first."""
        query = ListMessages(convention_id=self.world.convention, room=room)
        return [it.text for it in (await self.world.ask(query, member)).messages]

    async def tasks(self, room: RoomKind, member: Member, *, done: bool = False) -> tuple[TaskView, ...]:
        """The tasks of a room as somebody sees them."""
        query = ListTasks(convention_id=self.world.convention, room=room, done=done)
        return (await self.world.ask(query, member)).tasks

    async def found(self, text: str, member: Member) -> list[str]:
        """What somebody finds."""
        return [it.text for it in (await self.world.ask(SearchRooms(text=text), member)).hits]
