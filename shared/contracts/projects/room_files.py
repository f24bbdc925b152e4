"""Files in rooms: what can be asked of them, what is announced, why it is refused.

A file belongs to one room for ever. Its bytes never travel here: web keeps them, then says what it kept.
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ConventionId, FileId, OrganizationId, PersonId, RoomId
from shared.contracts.messages import Command, Done, Event, Query, View
from shared.contracts.projects.rooms import RoomKind, RoomView
from shared.contracts.refusals import Refusal, RefusalKind

# --------------------------------------------------------------------- commands


class GiveRoomFile(Command[Done]):
    """Put a file that was received into a room."""

    convention_id: ConventionId
    room: RoomKind
    file_id: FileId
    file: GivenFile


class RemoveRoomFile(Command[Done]):
    """Take a file out of a room: its name and bytes can be read no more. Said again, nothing happens."""

    convention_id: ConventionId
    room: RoomKind
    file_id: FileId


# ---------------------------------------------------------------------- queries


class RoomFileView(View):
    """A file of a room, for one reader."""

    file_id: FileId
    file: GivenFile
    organization_id: OrganizationId
    """The side that gave it."""
    person_id: PersonId
    given_at: datetime
    is_new: bool
    """Given by somebody else since the actor's last reading of the room."""
    may_remove: bool


class RoomFiles(View):
    """One page of a room's files, newest first."""

    room: RoomView
    files: tuple[RoomFileView, ...]
    next_before: FileId | None
    """Pass it as `before` for those given earlier; None at the beginning."""


class ListRoomFiles(Query[RoomFiles]):
    """The files of a room."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    before: FileId | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class GetRoomFile(Query[RoomFileView]):
    """One file of a room."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    file_id: FileId


# ----------------------------------------------------------------------- events


class RoomFileGiven(Event, subject="entente.projects.room.file_given.v1"):
    """Somebody put a file into a room; `organization_id` is the side that she spoke as."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    file_id: FileId
    organization_id: OrganizationId


class RoomFileRemoved(Event, subject="entente.projects.room.file_removed.v1"):
    """The side that had put a file into a room took it out."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    file_id: FileId
    organization_id: OrganizationId


# --------------------------------------------------------------------- refusals


class RoomFileNotFound(Refusal):
    """There is no such file in this room, or it was taken out."""

    code = "room_file_not_found"
    kind = RefusalKind.NOT_FOUND


class RoomFileOfOtherSide(Refusal):
    """A file is taken out by the side that gave it."""

    code = "room_file_of_other_side"
    kind = RefusalKind.NOT_ALLOWED


class TooManyRoomFiles(Refusal):
    """A room holds at most `most` files."""

    code = "too_many_room_files"
