"""What was written in a room, newest first."""

from typing import Any

from services.projects.rooms.queries.views import view_room
from shared.contracts.actor import Actor
from shared.contracts.identifiers import MessageId
from shared.contracts.projects.rooms import ListMessages, Messages, MessageView, RoomView
from shared.contracts.refusals import InvalidRequest
from shared.kit.database import Transaction

_POINT = "SELECT room_version FROM room_messages WHERE room_id = $1 AND message_id = $2"

_PAGE = """
SELECT message.message_id, message.organization_id, message.person_id, message.text, message.written_at,
       message.person_id <> $2 AND message.room_version > coalesce(
           (SELECT mark.version FROM room_reading_marks AS mark WHERE mark.room_id = $1 AND mark.person_id = $2), 0
       ) AS is_new
FROM room_messages AS message
WHERE message.room_id = $1 AND message.room_version < $3
ORDER BY message.room_version DESC
LIMIT $4
"""

_AFTER_ALL = 2**31 - 1


async def list_messages(query: ListMessages, actor: Actor, tx: Transaction) -> Messages:
    """One page.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    room, _, member = await view_room(tx, query.convention_id, query.room, actor)
    before = await _point(tx, room, query.before)
    rows: list[Any] = await tx.fetch(_PAGE, room.room_id, member.person_id, before, query.limit + 1)
    page = tuple(MessageView(**row) for row in rows[: query.limit])
    return Messages(
        room=room, messages=page, next_before=page[-1].message_id if len(rows) > query.limit else None
    )


async def _point(tx: Transaction, room: RoomView, before: MessageId | None) -> int:
    if before is None:
        return _AFTER_ALL
    version = await tx.fetchval(_POINT, room.room_id, before)
    if version is None:
        raise InvalidRequest([{"field": "before", "reason": "not_in_room"}])
    return version
