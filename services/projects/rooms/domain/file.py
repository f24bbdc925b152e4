"""A file of a room, and its rules. Once taken out, only that it was there remains."""

from dataclasses import dataclass

from services.projects.rooms.domain.room import Room, Standing
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import FileId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.projects.refusals import IdentifierTaken
from shared.contracts.projects.room_files import (
    RoomFileGiven,
    RoomFileNotFound,
    RoomFileOfOtherSide,
    RoomFileRemoved,
    TooManyRoomFiles,
)

# At the fifty megabytes that an installation takes of each by default, what a disk of its own still holds.
MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class RoomFile:
    """A file as it stands."""

    file_id: FileId
    file: GivenFile | None
    """None once it was taken out."""
    given_by: OrganizationId
    given_by_person: PersonId


def give_file(
    room: Room, known: RoomFile | None, file_id: FileId, file: GivenFile, by: Standing
) -> list[Event]:
    """Put a file into a room; asked again for the same one, nothing happens.

    Raises:
        RoomReadOnly, RoomNotOpen: she does not write here now.
        IdentifierTaken: another file of this room has, or had, the id.
        TooManyRoomFiles: there are as many as a room holds.
    """
    room.require_writing(by)
    if known is not None:
        if known == RoomFile(file_id, file, by.organization_id, by.person_id):
            return []
        raise IdentifierTaken
    if room.files >= MOST_FILES:
        raise TooManyRoomFiles(most=MOST_FILES)
    return [
        RoomFileGiven(
            room_id=room.room_id,
            convention_id=room.convention_id,
            room=room.kind,
            file_id=file_id,
            organization_id=by.organization_id,
        )
    ]


def may_remove(room: Room, file: RoomFile, by: Standing) -> bool:
    """Whether the person may take it out: her side gave it, and she writes here."""
    return file.given_by == by.organization_id and room.why_not_write(by) is None


def remove_file(room: Room, known: RoomFile | None, by: Standing) -> list[Event]:
    """Take a file out of a room; asked again, nothing happens.

    Raises:
        RoomReadOnly, RoomNotOpen: she does not write here now.
        RoomFileNotFound: there is no such file in this room.
        RoomFileOfOtherSide: another side gave it.
    """
    room.require_writing(by)
    if known is None:
        raise RoomFileNotFound
    if known.given_by != by.organization_id:
        raise RoomFileOfOtherSide
    if known.file is None:
        return []
    return [
        RoomFileRemoved(
            room_id=room.room_id,
            convention_id=room.convention_id,
            room=room.kind,
            file_id=known.file_id,
            organization_id=by.organization_id,
        )
    ]
