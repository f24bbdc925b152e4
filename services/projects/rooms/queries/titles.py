"""The titles of tasks, for pages that name them."""

from collections.abc import Iterable
from uuid import UUID

from services.projects.authority.public import Member
from shared.kit.database import Transaction

_TITLES = """
SELECT task.task_id AS id, task.title
FROM room_tasks AS task
JOIN rooms AS room USING (room_id)
WHERE task.task_id = ANY($2::uuid[])
  AND (room.organization_id IS NULL OR room.organization_id = $1)
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = room.convention_id AND access.organization_id = $1
  )
"""


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those ids that are tasks of rooms that the member enters."""
    return {row["id"]: row["title"] for row in await tx.fetch(_TITLES, member.organization_id, list(ids))}
