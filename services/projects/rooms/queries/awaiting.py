"""The tasks that somebody waits for, and the days by which they are due: the parts of the home page that are theirs."""

from datetime import date
from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind
from shared.contracts.projects.rooms import RoomKind
from shared.kit.database import Transaction

_ENTERED = """
WITH entered AS MATERIALIZED (
    SELECT room.room_id, room.convention_id, room.organization_id IS NULL AS shared
    FROM rooms AS room
    JOIN convention_access AS access
      ON access.convention_id = room.convention_id AND access.organization_id = $1
    WHERE room.organization_id IS NULL OR room.organization_id = $1
)
"""

# A task that a side was given awaits its référents until it names somebody; one that nobody was given awaits nobody.
_AWAITED = f"""
{_ENTERED}, awaited AS (
    SELECT entered.convention_id, entered.shared, task.task_id, task.title, task.due_on, task.added_at AS since,
           task.organization_id AS awaited_from, task.organization_id = $1 AS from_actor
    FROM entered JOIN room_tasks AS task USING (room_id)
    WHERE task.finished_at IS NULL
      AND (
          (task.organization_id <> $1 AND entered.shared)
          OR task.owner = $2
          OR (task.organization_id = $1 AND task.owner IS NULL AND task.convention_id = ANY($3::uuid[]))
      )
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY from_actor ORDER BY due_on NULLS LAST, since, task_id) AS rank
    FROM awaited
)
SELECT convention_id, shared, task_id, title, due_on, since, from_actor,
       coalesce(CASE WHEN NOT from_actor THEN awaited_from END, (
           SELECT organization_id FROM convention_parties AS party
           WHERE party.convention_id = ranked.convention_id AND party.organization_id <> $1 AND party.left_on IS NULL
           ORDER BY organization_id LIMIT 1
       ), $1) AS other_party
FROM ranked
WHERE rank <= $4
ORDER BY due_on NULLS LAST, since, task_id
"""

_COMING = f"""
{_ENTERED}
SELECT task.due_on, entered.convention_id, entered.shared, task.task_id, task.title,
       (SELECT title FROM conventions AS convention WHERE convention.convention_id = entered.convention_id) AS context
FROM entered JOIN room_tasks AS task USING (room_id)
WHERE task.finished_at IS NULL AND task.due_on >= $2
ORDER BY task.due_on, task.task_id
LIMIT $3
"""


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """The tasks that await the member, and those of shared rooms that await the other sides."""
    rows = await tx.fetch(_AWAITED, member.organization_id, member.person_id, list(member.referent_in), limit)
    return AwaitedActs(
        from_actor=tuple(_awaited(row) for row in rows if row["from_actor"]),
        from_others=tuple(_awaited(row) for row in rows if not row["from_actor"]),
    )


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next days by which a task of a room that the member enters is due, today's included."""
    return tuple(
        Dated(
            kind=DatedKind.TASK,
            on=row["due_on"],
            convention_id=row["convention_id"],
            room=_kind(row),
            task_id=row["task_id"],
            title=row["title"],
            context=row["context"],
        )
        for row in await tx.fetch(_COMING, member.organization_id, today, limit)
    )


def _awaited(row: Any) -> Awaited:
    return Awaited(
        kind=AwaitedKind.DO_TASK if row["shared"] else AwaitedKind.DO_PRIVATE_TASK,
        convention_id=row["convention_id"],
        room=_kind(row),
        task_id=row["task_id"],
        title=row["title"],
        other_party=row["other_party"],
        due_on=row["due_on"],
        since=row["since"],
    )


def _kind(row: Any) -> RoomKind:
    return RoomKind.SHARED if row["shared"] else RoomKind.PRIVATE
