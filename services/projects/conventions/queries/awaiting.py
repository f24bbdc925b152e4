"""What conventions wait for, and the days that matter to them: the parts of the home page that are theirs."""

from dataclasses import dataclass
from datetime import date

from services.projects.authority.public import Member
from shared.contracts.projects.queries import Awaited, Dated, DatedKind
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class AwaitedActs:
    """The acts that conventions wait for, the most urgent first: the actor's, and those of the other sides."""

    from_actor: tuple[Awaited, ...]
    from_others: tuple[Awaited, ...]


_COMING = """
SELECT convention.convention_id, convention.title, dated.kind, dated.on
FROM conventions AS convention
LEFT JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
CROSS JOIN LATERAL (
    VALUES
        ('sign_before', CASE WHEN convention.state IN ('ready', 'partly_signed') THEN seal.sign_before END),
        ('convention_starts', CASE WHEN convention.state = 'active' THEN convention.starts_on END),
        ('convention_ends', CASE WHEN convention.state = 'active' THEN convention.ends_on END)
) AS dated (kind, "on")
WHERE dated.on >= $2
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id AND access.organization_id = $1
  )
ORDER BY dated.on, convention.convention_id
LIMIT $3
"""


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next days of the member's conventions, today included."""
    rows = await tx.fetch(_COMING, member.organization_id, today, limit)
    return tuple(
        Dated(
            kind=DatedKind(row["kind"]),
            on=row["on"],
            convention_id=row["convention_id"],
            title=row["title"],
            context="",
        )
        for row in rows
    )


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """What awaits the member, and what awaits the other sides of her conventions, each at most `limit`."""
