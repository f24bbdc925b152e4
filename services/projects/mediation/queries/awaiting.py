"""Mediations that wait for an answer, and the days on which the parties meet: the parts of the home page that are theirs."""

from datetime import date
from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.queries import Awaited, Dated
from shared.kit.database import Transaction

# What a party proposed last awaits every party that has not accepted it: the mediator first, then the agreement.
_AWAITED = """
WITH lasting AS (
    SELECT mediation.mediation_id, mediation.convention_id, convention.title
    FROM convention_access AS access
    JOIN mediations AS mediation USING (convention_id)
    JOIN conventions AS convention USING (convention_id)
    WHERE access.organization_id = $1 AND mediation.ended_at IS NULL
), standing AS (
    SELECT lasting.convention_id, lasting.title, proposal.*
    FROM lasting CROSS JOIN LATERAL (
        SELECT DISTINCT ON (part) mediation_id, part, revision, organization_id AS proposed_by, proposed_at
        FROM mediation_proposals WHERE mediation_proposals.mediation_id = lasting.mediation_id
        ORDER BY part, revision DESC
    ) AS proposal
)
SELECT DISTINCT ON (standing.convention_id, party.organization_id)
       standing.convention_id, standing.title, standing.proposed_by, standing.proposed_at AS since,
       party.organization_id AS awaited
FROM standing
JOIN convention_parties AS party USING (convention_id)
WHERE party.left_on IS NULL AND NOT EXISTS (
    SELECT FROM mediation_acceptances AS acceptance
    WHERE (acceptance.mediation_id, acceptance.part, acceptance.revision, acceptance.organization_id)
        = (standing.mediation_id, standing.part, standing.revision, party.organization_id)
)
  AND (party.organization_id <> $1 OR standing.convention_id = ANY($2::uuid[]) OR $3)
ORDER BY standing.convention_id, party.organization_id, standing.part DESC
LIMIT $4
"""

_COMING = """
SELECT mediation.meets_on, mediation.convention_id, convention.title
FROM convention_access AS access
JOIN mediations AS mediation USING (convention_id)
JOIN conventions AS convention USING (convention_id)
WHERE access.organization_id = $1 AND mediation.ended_at IS NULL AND mediation.meets_on >= $2
ORDER BY mediation.meets_on, mediation.convention_id
LIMIT $3
"""


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """The answers that await the member's party, and those that await the others."""
    rows = await tx.fetch(
        _AWAITED, member.organization_id, list(member.referent_in), member.signatory, 2 * limit
    )
    own = member.organization_id
    return AwaitedActs(
        from_actor=tuple(_awaited(row, row["proposed_by"]) for row in rows if row["awaited"] == own),
        from_others=tuple(_awaited(row, row["awaited"]) for row in rows if row["awaited"] != own),
    )


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next meetings with a mediator, today's included."""
    return tuple(
        Dated(
            kind=DatedKind.MEDIATION,
            on=row["meets_on"],
            convention_id=row["convention_id"],
            title=row["title"],
            context="",
        )
        for row in await tx.fetch(_COMING, member.organization_id, today, limit)
    )


def _awaited(row: Any, other_party: Any) -> Awaited:
    return Awaited(
        kind=AwaitedKind.ANSWER_MEDIATION,
        convention_id=row["convention_id"],
        title=row["title"],
        other_party=other_party,
        since=row["since"],
    )
