"""The files of a room, newest first. Those that were taken out are not told."""

from typing import Any

from services.projects.rooms import storage
from services.projects.rooms.domain import Room, Standing, may_remove
from services.projects.rooms.queries.views import view_room
from shared.contracts.actor import Actor
from shared.contracts.identifiers import FileId
from shared.contracts.projects.room_files import (
    GetRoomFile,
    ListRoomFiles,
    RoomFileNotFound,
    RoomFiles,
    RoomFileView,
)
from shared.contracts.refusals import Defect, InvalidRequest
from shared.kit.database import Transaction

_COLUMNS = """
file.file_id, file.sha256, file.size, file.media_type, file.name, file.organization_id, file.person_id, file.given_at,
file.person_id <> $2 AND file.room_version > coalesce(
    (SELECT mark.version FROM room_reading_marks AS mark WHERE mark.room_id = $1 AND mark.person_id = $2), 0
) AS is_new
"""

_PAGE = f"""
SELECT {_COLUMNS} FROM room_files AS file
WHERE file.room_id = $1 AND file.removed_at IS NULL AND file.room_version < $3
ORDER BY file.room_version DESC
LIMIT $4
"""

_ONE = f"SELECT {_COLUMNS} FROM room_files AS file WHERE file.room_id = $1 AND file.file_id = $3 AND file.removed_at IS NULL"

# One that was taken out meanwhile still says where the next page begins.
_POINT = "SELECT room_version FROM room_files WHERE room_id = $1 AND file_id = $2"

_AFTER_ALL = 2**31 - 1


async def list_room_files(query: ListRoomFiles, actor: Actor, tx: Transaction) -> RoomFiles:
    """One page.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    view, room, member = await view_room(tx, query.convention_id, query.room, actor)
    before = await _point(tx, room, query.before)
    rows: list[Any] = await tx.fetch(_PAGE, room.room_id, member.person_id, before, query.limit + 1)
    by = storage.standing_of(member)
    page = tuple(_view(row, room, by) for row in rows[: query.limit])
    return RoomFiles(room=view, files=page, next_before=page[-1].file_id if len(rows) > query.limit else None)


async def get_room_file(query: GetRoomFile, actor: Actor, tx: Transaction) -> RoomFileView:
    """One file.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
        RoomFileNotFound: no such file in this room.
    """
    room, member = await storage.find_room(tx, query.convention_id, query.room, actor)
    row = await tx.fetchrow(_ONE, room.room_id, member.person_id, query.file_id)
    if row is None:
        raise RoomFileNotFound
    return _view(row, room, storage.standing_of(member))


async def _point(tx: Transaction, room: Room, before: FileId | None) -> int:
    if before is None:
        return _AFTER_ALL
    version = await tx.fetchval(_POINT, room.room_id, before)
    if version is None:
        raise InvalidRequest([{"field": "before", "reason": "not_in_room"}])
    return version


def _view(row: Any, room: Room, by: Standing) -> RoomFileView:
    known = storage.file_of(row)
    if known.file is None:
        raise Defect(f"the file {known.file_id} was taken out, yet it is read")
    return RoomFileView(
        file_id=known.file_id,
        file=known.file,
        organization_id=known.given_by,
        person_id=known.given_by_person,
        given_at=row["given_at"],
        is_new=row["is_new"],
        may_remove=may_remove(room, known, by),
    )
