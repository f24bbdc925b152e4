"""Rooms as their readers see them, with what is new to her."""

from services.projects.authority.public import Member
from services.projects.conventions.public import ConventionBrief, observers_of
from services.projects.rooms import storage
from services.projects.rooms.domain import Room
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.refusals import RoomNotFound
from shared.contracts.projects.rooms import ListRooms, RoomKind, Rooms, RoomView
from shared.kit.database import Transaction

# "A hundred or more" is as much as anybody wants to know, and bounds the count.
MOST_UNREAD = 100

_UNREAD = """
SELECT room_id,
       (SELECT count(*) FROM (
            SELECT 1 FROM room_messages AS message
            WHERE message.room_id = room.room_id AND message.room_version > coalesce(mark.version, 0)
              AND message.person_id <> $2
            UNION ALL
            SELECT 1 FROM room_files AS file
            WHERE file.room_id = room.room_id AND file.room_version > coalesce(mark.version, 0)
              AND file.person_id <> $2 AND file.removed_at IS NULL
            LIMIT $3
        ) AS new) AS unread
FROM rooms AS room
LEFT JOIN room_reading_marks AS mark USING (room_id)
WHERE room_id = ANY($1::uuid[]) AND (mark.person_id IS NULL OR mark.person_id = $2)
"""


async def list_rooms(query: ListRooms, actor: Actor, tx: Transaction) -> Rooms:
    """The rooms of a convention, the shared one first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor's organisation.
    """
    brief, member, rooms = await storage.find_rooms(tx, query.convention_id, actor)
    return Rooms(rooms=await _views(tx, rooms, brief, member))


async def view_room(
    tx: Transaction, convention_id: ConventionId, kind: RoomKind, actor: Actor
) -> tuple[RoomView, Room, Member]:
    """One room, as its reader sees it and as the rules do.

    Raises:
        ConventionNotFound: the convention does not exist, or not for the actor's organisation.
        RoomNotFound: her side has no such room in it.
    """
    brief, member, rooms = await storage.find_rooms(tx, convention_id, actor)
    wanted = tuple(room for room in rooms if room.kind is kind)
    if not wanted:
        raise RoomNotFound
    return (await _views(tx, wanted, brief, member))[0], wanted[0], member


async def _views(
    tx: Transaction, rooms: tuple[Room, ...], brief: ConventionBrief, member: Member
) -> tuple[RoomView, ...]:
    ids = [room.room_id for room in rooms]
    unread = {
        row["room_id"]: row["unread"] for row in await tx.fetch(_UNREAD, ids, member.person_id, MOST_UNREAD)
    }
    by = storage.standing_of(member)
    observers = await observers_of(tx, brief.convention_id)
    every = (*(it.organization_id for it in brief.parties), *observers)
    return tuple(
        RoomView(
            room=room.kind,
            room_id=room.room_id,
            version=room.version,
            readers=every if room.kind is RoomKind.SHARED else (member.organization_id,),
            observers=observers if room.kind is RoomKind.SHARED else (),
            unread=unread[room.room_id],
            open_tasks=room.open_tasks,
            files=room.files,
            may_write=room.why_not_write(by) is None,
        )
        for room in rooms
    )
