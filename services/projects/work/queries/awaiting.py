"""What projects wait for, and the days that matter to them: the parts of the home page that are theirs."""

from datetime import date
from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind
from shared.kit.database import Transaction

# A step is worth a thought two weeks before its day: a committee has met at least once in between.
DAYS_OF_NOTICE = 14

# One statement for both lists. An act that either side can do (start, reach) awaits whoever can do it; for a
# member who cannot, it is awaited from the others. `directs` is the domain's rule of the same name, for a whole list.
_AWAITED = """
WITH own AS MATERIALIZED (
    SELECT access.convention_id, access.convention_id = ANY($3::uuid[]) AS referent
    FROM convention_access AS access WHERE access.organization_id = $1
), awaited AS (
    SELECT 'name_lead' AS kind, project.project_id, project.convention_id, NULL::uuid AS milestone_id,
           project.title, NULL::date AS due_on, project.proposed_at AS since,
           lead.organization_id = $1 AS own_side, lead.organization_id AS awaited_from, own.referent AS directs
    FROM own
    JOIN project_leads AS lead ON lead.convention_id = own.convention_id AND lead.person_id IS NULL
    JOIN projects AS project ON project.project_id = lead.project_id
    UNION ALL
    SELECT 'start_project', project.project_id, project.convention_id, NULL, project.title, NULL,
           project.proposed_at, NULL, NULL, own.referent OR EXISTS (
               SELECT FROM project_leads AS lead
               WHERE lead.project_id = project.project_id AND lead.organization_id = $1 AND lead.person_id = $2
           )
    FROM own
    JOIN projects AS project ON project.convention_id = own.convention_id AND project.state = 'framed'
    WHERE NOT EXISTS (
        SELECT FROM project_leads AS lead
        WHERE lead.project_id = project.project_id AND lead.convention_id = own.convention_id
          AND lead.person_id IS NULL
    )
    UNION ALL
    SELECT 'reach_milestone', project.project_id, project.convention_id, milestone.milestone_id,
           milestone.title, milestone.due_on, greatest(milestone.planned_at, project.started_at), NULL, NULL,
           own.referent OR EXISTS (
               SELECT FROM project_leads AS lead
               WHERE lead.project_id = project.project_id AND lead.organization_id = $1 AND lead.person_id = $2
           )
    FROM own
    JOIN milestones AS milestone ON milestone.convention_id = own.convention_id
         AND milestone.reached_on IS NULL AND milestone.due_on <= $4
    JOIN projects AS project ON project.project_id = milestone.project_id AND project.state = 'running'
), sided AS (
    SELECT *, coalesce(own_side, true) AND directs AS from_actor FROM awaited
    WHERE own_side IS DISTINCT FROM true OR directs
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY from_actor ORDER BY due_on NULLS LAST, since, project_id) AS rank
    FROM sided
)
SELECT kind, project_id, convention_id, milestone_id, title, due_on, from_actor,
       CASE WHEN from_actor OR awaited_from IS NULL THEN other.organization_id ELSE awaited_from END AS other_party,
       CASE WHEN kind = 'start_project' THEN other.named_at ELSE since END AS since
FROM ranked
CROSS JOIN LATERAL (
    SELECT (array_agg(organization_id) FILTER (WHERE organization_id <> $1))[1] AS organization_id,
           max(named_at) AS named_at
    FROM project_leads AS lead WHERE lead.project_id = ranked.project_id
) AS other
WHERE rank <= $5
ORDER BY due_on NULLS LAST, since, project_id
"""

# The days alone are sorted; titles are looked up for those that are kept.
_COMING = """
WITH coming AS (
    SELECT milestone.due_on, milestone.milestone_id, milestone.project_id, milestone.convention_id
    FROM convention_access AS access
    CROSS JOIN LATERAL (
        SELECT due_on, milestone_id, project_id, convention_id FROM milestones
        WHERE milestones.convention_id = access.convention_id AND reached_on IS NULL AND due_on >= $2
        ORDER BY due_on LIMIT $3
    ) AS milestone
    WHERE access.organization_id = $1
    ORDER BY milestone.due_on, milestone.milestone_id
    LIMIT $3
)
SELECT coming.due_on, coming.convention_id, coming.project_id,
       (SELECT title FROM milestones AS milestone
        WHERE milestone.project_id = coming.project_id AND milestone.milestone_id = coming.milestone_id) AS title,
       (SELECT title FROM projects AS project WHERE project.project_id = coming.project_id) AS context
FROM coming
ORDER BY due_on, milestone_id
"""


async def awaited_acts(tx: Transaction, member: Member, soon: date, limit: int = 20) -> AwaitedActs:
    """What awaits the member, and what awaits the other sides; milestones that are due by `soon` count."""
    rows = await tx.fetch(
        _AWAITED, member.organization_id, member.person_id, list(member.referent_in), soon, limit
    )
    return AwaitedActs(
        from_actor=tuple(_awaited(row) for row in rows if row["from_actor"]),
        from_others=tuple(_awaited(row) for row in rows if not row["from_actor"]),
    )


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next milestones of the member's organisation, today's included."""
    return tuple(
        Dated(
            kind=DatedKind.MILESTONE,
            on=row["due_on"],
            convention_id=row["convention_id"],
            project_id=row["project_id"],
            title=row["title"],
            context=row["context"],
        )
        for row in await tx.fetch(_COMING, member.organization_id, today, limit)
    )


def _awaited(row: Any) -> Awaited:
    return Awaited(
        kind=AwaitedKind(row["kind"]),
        convention_id=row["convention_id"],
        project_id=row["project_id"],
        milestone_id=row["milestone_id"],
        title=row["title"],
        other_party=row["other_party"],
        due_on=row["due_on"],
        since=row["since"],
    )
