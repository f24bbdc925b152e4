"""The titles of obligations, for pages that name them."""

from collections.abc import Iterable
from uuid import UUID

from services.projects.authority.public import Member
from shared.kit.database import Transaction

_TITLES = """
SELECT obligation_id AS id, title FROM obligations
WHERE obligation_id = ANY($2::uuid[])
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = obligations.convention_id AND access.organization_id = $1
  )
"""


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those ids that are obligations of the member's conventions."""
    return {row["id"]: row["title"] for row in await tx.fetch(_TITLES, member.organization_id, list(ids))}
