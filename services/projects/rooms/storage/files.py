"""The files of a room: what is stored of each, and how it is read."""

from datetime import datetime
from typing import Any

from services.projects.rooms.domain import Room, RoomFile, Standing, folded
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import FileId
from shared.kit.database import Transaction
from shared.kit.files import let_go_of_file, name_file

_FIND = """
SELECT file_id, sha256, size, media_type, name, organization_id, person_id FROM room_files
WHERE room_id = $1 AND file_id = $2
"""

_ADD = """
INSERT INTO room_files (room_id, file_id, convention_id, room_version, organization_id, person_id, given_at, sha256, size,
                        media_type, name, words)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

# The name goes too: it may be why the file was taken out.
_REMOVE = """
UPDATE room_files
SET sha256 = NULL, size = NULL, media_type = NULL, name = NULL, words = NULL, removed_at = $3, removed_by_person = $4
WHERE room_id = $1 AND file_id = $2 AND removed_at IS NULL
"""


async def find_file(tx: Transaction, room: Room, file_id: FileId) -> RoomFile | None:
    """A file of a room, one that was taken out too; None when there never was any."""
    row = await tx.fetchrow(_FIND, room.room_id, file_id)
    return file_of(row) if row else None


async def add_file(
    tx: Transaction, room: Room, file_id: FileId, file: GivenFile, by: Standing, version: int, now: datetime
) -> None:
    """Store a file that came with this version of the room."""
    await name_file(tx, file.sha256, file.size)
    await tx.execute(
        _ADD,
        room.room_id,
        file_id,
        room.convention_id,
        version,
        by.organization_id,
        by.person_id,
        now,
        file.sha256,
        file.size,
        file.media_type,
        file.name,
        folded(file.name),
    )


async def forget_file(tx: Transaction, room: Room, known: RoomFile, by: Standing, now: datetime) -> None:
    """Keep of a file only that it was there."""
    if known.file:
        await let_go_of_file(tx, known.file.sha256)
    await tx.execute(_REMOVE, room.room_id, known.file_id, now, by.person_id)


def file_of(row: Any) -> RoomFile:
    """A file as the rules see it."""
    given = None
    if row["sha256"] is not None:
        given = GivenFile(
            sha256=row["sha256"], size=row["size"], media_type=row["media_type"], name=row["name"]
        )
    return RoomFile(FileId(row["file_id"]), given, row["organization_id"], row["person_id"])
