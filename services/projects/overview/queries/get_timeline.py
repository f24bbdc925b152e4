"""The timeline of a partnership: the same entries in the same order for everybody who may read its convention.

A private room has a timeline of its own, which its side alone reads.
"""

from datetime import UTC, datetime
from uuid import UUID

from services.projects.authority.public import member_or_invited
from services.projects.conventions.public import get_brief
from services.projects.overview.queries.entries import ENTRIES_OF_PARTNERSHIP, WITH_TITLES, entry_of
from services.projects.rooms.public import find_room
from shared.contracts.actor import Actor
from shared.contracts.identifiers import EventId
from shared.contracts.projects.queries import GetTimeline, Timeline
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.refusals import InvalidRequest
from shared.kit.database import Transaction

# After everything that can happen.
_END_OF_TIME = (datetime(9999, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))

_MOMENT = """
SELECT occurred_at FROM event_log WHERE event_id = $2 AND partnership_id = $1
UNION ALL
SELECT occurred_at FROM witnessed_events WHERE event_id = $2 AND convention_id = $1
"""

# Whoever is only asked to be a référent reads the convention, and enters no room.
_ENTERS_ROOMS = """
SELECT EXISTS (SELECT FROM convention_access WHERE convention_id = $1 AND organization_id = $2)
"""

_ENTRIES = ENTRIES_OF_PARTNERSHIP.format(
    partnership="$1",
    convention="$5::uuid",
    moment="$2",
    event="$3",
    limit="$4",
    seen="($6 OR type NOT LIKE 'entente.projects.room.%')",
)

_PAGE = f"""
WITH entry AS (
    {_ENTRIES}
    ORDER BY occurred_at DESC, event_id DESC LIMIT $4
)
{WITH_TITLES}
"""


async def get_timeline(query: GetTimeline, actor: Actor, tx: Transaction) -> Timeline:
    """One page, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        RoomNotFound: her side has no private room in it.
    """
    partnership = await _partnership(tx, query, actor)
    moment, event = await _point(tx, partnership, query.before)
    enters = await tx.fetchval(_ENTERS_ROOMS, query.convention_id, actor.organization_id)
    rows = await tx.fetch(_PAGE, partnership, moment, event, query.limit + 1, query.convention_id, enters)
    entries = tuple(entry_of(row) for row in rows[: query.limit])
    return Timeline(entries=entries, next_before=entries[-1].event_id if len(rows) > query.limit else None)


async def _partnership(tx: Transaction, query: GetTimeline, actor: Actor) -> UUID:
    """Under which id the log keeps what is asked for."""
    if query.room is RoomKind.PRIVATE:
        room, _ = await find_room(tx, query.convention_id, query.room, actor)
        return room.partnership_id
    await member_or_invited(tx, actor, query.convention_id)
    brief = await get_brief(tx, query.convention_id, actor)
    return brief.amends or query.convention_id


async def _point(tx: Transaction, partnership: UUID, before: EventId | None) -> tuple[datetime, UUID]:
    if before is None:
        return _END_OF_TIME
    moment = await tx.fetchval(_MOMENT, partnership, before)
    if moment is None:
        raise InvalidRequest([{"field": "before", "reason": "not_in_timeline"}])
    return moment, before
