"""The definitions that a side has still to accept: the part of the home page that is evidence's."""

from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from services.projects.work.public import ProjectBrief, briefs_of
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import Awaited, AwaitedKind
from shared.kit.database import Transaction

# Who may accept is known after this statement, so it takes more of the member's own than a page shows.
_SPARE = 5

# Who proposes has accepted: for most rows that is known without a look-up.
_OPEN = """
WITH open AS (
    SELECT indicator.indicator_id, indicator.project_id, indicator.convention_id, indicator.title,
           indicator.proposed_by, indicator.proposed_at,
           indicator.proposed_by = $1 OR EXISTS (
               SELECT FROM indicator_acceptances AS acceptance
               WHERE acceptance.indicator_id = indicator.indicator_id AND acceptance.organization_id = $1
           ) AS accepted
    FROM convention_access AS access
    JOIN indicators AS indicator USING (convention_id)
    WHERE access.organization_id = $1 AND indicator.agreed_at IS NULL
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY accepted ORDER BY proposed_at, indicator_id) AS rank FROM open
)
SELECT *, ARRAY(SELECT organization_id FROM indicator_acceptances AS acceptance
                WHERE acceptance.indicator_id = ranked.indicator_id) AS accepted_by
FROM ranked
WHERE rank <= CASE WHEN accepted THEN $2::integer ELSE $3::integer END
ORDER BY proposed_at, indicator_id
"""


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """The acceptances that await the member, and those that await the other sides."""
    rows = await tx.fetch(_OPEN, member.organization_id, limit, limit * _SPARE)
    projects = await briefs_of(tx, (row["project_id"] for row in rows), member) if rows else {}
    from_actor: list[Awaited] = []
    others: list[Awaited] = []
    for row in rows:
        project = projects[row["project_id"]]
        if row["accepted"]:
            others.extend(_awaited(row, party) for party in _still_to_accept(row, project))
        elif project.directed:
            from_actor.append(_awaited(row, row["proposed_by"]))
    return AwaitedActs(from_actor=tuple(from_actor[:limit]), from_others=tuple(others[:limit]))


def _still_to_accept(row: Any, project: ProjectBrief) -> list[OrganizationId]:
    return sorted(project.parties - set(row["accepted_by"]))


def _awaited(row: Any, other_party: OrganizationId) -> Awaited:
    return Awaited(
        kind=AwaitedKind.ACCEPT_INDICATOR,
        convention_id=row["convention_id"],
        project_id=row["project_id"],
        indicator_id=row["indicator_id"],
        title=row["title"],
        other_party=other_party,
        since=row["proposed_at"],
    )
