"""The titles of tasks and the names of files, for pages that name them."""

from collections.abc import Iterable
from uuid import UUID

from services.projects.authority.public import Member
from shared.kit.database import Transaction

_TITLES = """
SELECT thing.id, thing.title
FROM (
    SELECT task_id AS id, room_id, title FROM room_tasks WHERE task_id = ANY($2::uuid[])
    UNION ALL
    SELECT file_id, room_id, name FROM room_files WHERE file_id = ANY($2::uuid[]) AND removed_at IS NULL
) AS thing
JOIN rooms AS room USING (room_id)
WHERE (room.organization_id IS NULL OR room.organization_id = $1)
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = room.convention_id AND access.organization_id = $1
  )
"""


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those ids that are tasks or files of rooms that the member enters."""
    return {row["id"]: row["title"] for row in await tx.fetch(_TITLES, member.organization_id, list(ids))}
