"""What rooms are called, and where they are."""

from uuid import UUID

from shared.contracts.projects.rooms import RoomKind

NAMES: dict[RoomKind, str] = {RoomKind.SHARED: "Salle commune", RoomKind.PRIVATE: "Salle privée"}
SLUGS: dict[RoomKind, str] = {RoomKind.SHARED: "commune", RoomKind.PRIVATE: "privee"}


def room_url(convention_id: UUID, room: RoomKind) -> str:
    """The page of a room."""
    return f"/conventions/{convention_id}/salles/{SLUGS[room]}"


def files_url(convention_id: UUID, room: RoomKind) -> str:
    """The page of the files of a room."""
    return f"{room_url(convention_id, room)}/fichiers"


def file_url(convention_id: UUID, room: RoomKind, file_id: UUID) -> str:
    """A file itself, to save it."""
    return f"{files_url(convention_id, room)}/{file_id}"


def task_url(convention_id: UUID, room: RoomKind, task_id: UUID) -> str:
    """The page of a task."""
    return f"{room_url(convention_id, room)}/taches/{task_id}"
