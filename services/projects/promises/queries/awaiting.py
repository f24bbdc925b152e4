"""The obligations whose day comes or has passed in silence: the parts of the home page that are theirs."""

from datetime import date
from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.queries import Awaited, Dated
from shared.kit.database import Transaction

# What all promised together awaits each side; what one side promised awaits its référents, and is awaited by the others.
_AWAITED = """
WITH own AS MATERIALIZED (
    SELECT access.convention_id FROM convention_access AS access
    JOIN conventions AS convention USING (convention_id)
    WHERE access.organization_id = $1 AND convention.state = 'active'
), silent AS (
    SELECT obligation.convention_id, obligation.obligation_id, obligation.title, obligation.due_on,
           coalesce(obligation.missed_at, obligation.told_at) AS since,
           coalesce(obligation.owed_by = $1, true) AS from_actor
    FROM own JOIN obligations AS obligation USING (convention_id)
    WHERE (obligation.look_on IS NOT NULL OR obligation.missed_at IS NOT NULL)
      AND coalesce(obligation.missed_at, obligation.told_at) IS NOT NULL
      AND NOT EXISTS (SELECT FROM obligation_words AS word WHERE word.obligation_id = obligation.obligation_id)
      AND (obligation.owed_by IS DISTINCT FROM $1 OR obligation.convention_id = ANY($2::uuid[]))
      AND (obligation.owed_by IS NOT NULL OR obligation.convention_id = ANY($2::uuid[]))
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY from_actor ORDER BY due_on, obligation_id) AS rank FROM silent
)
SELECT convention_id, obligation_id, title, due_on, since, from_actor,
       coalesce((
           SELECT organization_id FROM convention_parties AS party
           WHERE party.convention_id = ranked.convention_id AND party.organization_id <> $1 AND party.left_on IS NULL
           ORDER BY organization_id LIMIT 1
       ), $1) AS other_party
FROM ranked
WHERE rank <= $3
ORDER BY due_on, obligation_id
"""

_COMING = """
WITH coming AS (
    SELECT obligation.due_on, obligation.obligation_id, obligation.convention_id, obligation.title, convention.title AS context
    FROM convention_access AS access
    JOIN conventions AS convention USING (convention_id)
    CROSS JOIN LATERAL (
        SELECT due_on, obligation_id, obligations.convention_id, title FROM obligations
        WHERE obligations.convention_id = access.convention_id AND look_on IS NOT NULL AND due_on >= $2
        ORDER BY due_on LIMIT $3
    ) AS obligation
    WHERE access.organization_id = $1 AND convention.state = 'active'
    ORDER BY obligation.due_on, obligation.obligation_id
    LIMIT $3
)
SELECT due_on, obligation_id, convention_id, title, context FROM coming ORDER BY due_on, obligation_id
"""


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """What awaits the member's word, and what the other sides owe."""
    rows = await tx.fetch(_AWAITED, member.organization_id, list(member.referent_in), limit)
    return AwaitedActs(
        from_actor=tuple(_awaited(row) for row in rows if row["from_actor"]),
        from_others=tuple(_awaited(row) for row in rows if not row["from_actor"]),
    )


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next days of what the member's conventions promise, today's included."""
    return tuple(
        Dated(
            kind=DatedKind.OBLIGATION,
            on=row["due_on"],
            convention_id=row["convention_id"],
            obligation_id=row["obligation_id"],
            title=row["title"],
            context=row["context"],
        )
        for row in await tx.fetch(_COMING, member.organization_id, today, limit)
    )


def _awaited(row: Any) -> Awaited:
    return Awaited(
        kind=AwaitedKind.KEEP_OBLIGATION,
        convention_id=row["convention_id"],
        obligation_id=row["obligation_id"],
        title=row["title"],
        other_party=row["other_party"],
        due_on=row["due_on"],
        since=row["since"],
    )
