"""Look for words in the rooms that somebody may enter. What she may not enter is not even looked at, so neither the answer
nor the time it takes depends on it.
"""

from typing import Any

from services.projects.authority.public import require_member
from services.projects.rooms.domain import words_of
from shared.contracts.actor import Actor
from shared.contracts.projects.rooms import Hit, HitKind, Hits, RoomKind, SearchRooms
from shared.kit.database import Transaction
from shared.kit.patterns import containing

# The rooms are found first and kept apart from the words, which are compared in those rooms only.
_SEARCH = """
WITH entered AS MATERIALIZED (
    SELECT room.room_id, room.convention_id, room.organization_id IS NULL AS shared
    FROM rooms AS room
    JOIN convention_access AS access
      ON access.convention_id = room.convention_id AND access.organization_id = $1
    WHERE (room.organization_id IS NULL OR room.organization_id = $1)
      AND ($2::uuid IS NULL OR room.convention_id = $2)
    UNION ALL
    SELECT room.room_id, room.convention_id, true
    FROM rooms AS room
    JOIN convention_admissions AS seen
      ON seen.convention_id = room.convention_id AND seen.organization_id = $1 AND seen.observes
    WHERE room.organization_id IS NULL AND ($2::uuid IS NULL OR room.convention_id = $2)
)
(SELECT 'message' AS kind, entered.convention_id, entered.shared, message.message_id, NULL::uuid AS task_id,
        NULL::uuid AS file_id, message.text, message.organization_id, message.person_id, message.written_at AS at
 FROM entered JOIN room_messages AS message USING (room_id)
 WHERE message.words LIKE ALL ($3::text[])
 ORDER BY message.written_at DESC, message.message_id DESC LIMIT $4)
UNION ALL
(SELECT 'task', entered.convention_id, entered.shared, NULL, task.task_id, NULL, task.title, task.added_by,
        task.added_by_person, task.added_at
 FROM entered JOIN room_tasks AS task USING (room_id)
 WHERE task.words LIKE ALL ($3::text[])
 ORDER BY task.added_at DESC, task.task_id DESC LIMIT $4)
UNION ALL
(SELECT 'file', entered.convention_id, entered.shared, NULL, NULL, file.file_id, file.name, file.organization_id,
        file.person_id, file.given_at
 FROM entered JOIN room_files AS file USING (room_id)
 WHERE file.words LIKE ALL ($3::text[])
 ORDER BY file.given_at DESC, file.file_id DESC LIMIT $4)
ORDER BY at DESC
LIMIT $4
"""


async def search_rooms(query: SearchRooms, actor: Actor, tx: Transaction) -> Hits:
    """What holds every word, newest first; nothing for no word. A convention that is not hers holds nothing."""
    member = await require_member(tx, actor)
    patterns = [containing(word) for word in words_of(query.text)]
    if not patterns:
        return Hits(hits=())
    rows = await tx.fetch(_SEARCH, member.organization_id, query.convention_id, patterns, query.limit)
    return Hits(hits=tuple(_hit(row) for row in rows))


def _hit(row: Any) -> Hit:
    return Hit(
        kind=HitKind(row["kind"]),
        convention_id=row["convention_id"],
        room=RoomKind.SHARED if row["shared"] else RoomKind.PRIVATE,
        message_id=row["message_id"],
        task_id=row["task_id"],
        file_id=row["file_id"],
        text=row["text"],
        organization_id=row["organization_id"],
        person_id=row["person_id"],
        at=row["at"],
    )
