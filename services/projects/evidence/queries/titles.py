"""What names an indicator, for the other modules."""

from collections.abc import Iterable
from uuid import UUID

from services.projects.authority.public import Member
from shared.contracts.identifiers import ConventionId, IndicatorId
from shared.kit.database import Transaction

_TITLES = """
SELECT indicator_id, title FROM indicators
WHERE indicator_id = ANY($2::uuid[])
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = indicators.convention_id AND access.organization_id = $1
  )
"""

_TITLE = "SELECT title FROM indicators WHERE convention_id = $1 AND indicator_id = $2"


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those ids that are indicators, as far as the member may see them."""
    rows = await tx.fetch(_TITLES, member.organization_id, list(ids))
    return {row["indicator_id"]: row["title"] for row in rows}


async def title_for_notice(
    tx: Transaction, convention_id: ConventionId, indicator_id: IndicatorId | None
) -> str | None:
    """What names an indicator under a convention. For the service itself: no reader is checked."""
    return await tx.fetchval(_TITLE, convention_id, indicator_id) if indicator_id else None
