"""The versions of a convention's text: each change of a clause, of the terms or of an annex, and each seal."""

from dataclasses import dataclass

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.comparisons import ListTextVersions, TextVersion, TextVersions
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class Edges:
    """The version that a text began with, the one that it has, and the one that somebody last read."""

    first: int
    current: int
    read: int | None


_EDGES = """
SELECT convention.version AS current, mark.version AS read,
       (SELECT min(convention_version) FROM convention_terms WHERE convention_id = $1) AS first
FROM conventions AS convention
LEFT JOIN reading_marks AS mark ON mark.convention_id = convention.convention_id AND mark.person_id = $2
WHERE convention.convention_id = $1
"""

# Of a version that only sealed, `sealed` alone is true: the text is that of the version before.
_VERSIONS = """
WITH changed AS (
    SELECT known.convention_version AS version, known.organization_id, known.person_id, known.proposed_at AS at,
           CASE WHEN NOT known.withdrawn THEN clause.number END AS clause,
           CASE WHEN known.withdrawn THEN clause.number::integer END AS withdrawn, NULL::integer AS annex, false AS terms, false AS sealed
    FROM clause_revisions AS known JOIN clauses AS clause USING (clause_id)
    WHERE known.convention_id = $1
    UNION ALL
    SELECT known.convention_version, known.organization_id, known.person_id, known.proposed_at,
           NULL, NULL, NULL, true, false
    FROM convention_terms AS known
    WHERE known.convention_id = $1
    UNION ALL
    SELECT known.convention_version, known.organization_id, known.person_id, known.proposed_at,
           NULL, NULL, annex.number, false, false
    FROM annex_revisions AS known JOIN convention_annexes AS annex USING (convention_id, annex_id)
    WHERE known.convention_id = $1
    UNION ALL
    SELECT clause.withdrawn_at_version, logged.actor_organization, logged.actor_person, clause.withdrawn_at,
           NULL, clause.number, NULL, false, false
    FROM clauses AS clause
    JOIN event_log AS logged ON logged.aggregate_id = $1 AND logged.version = clause.withdrawn_at_version
    WHERE clause.convention_id = $1
    UNION ALL
    SELECT seal.sealed_at_version, seal.organization_id, seal.person_id, seal.sealed_at, NULL, NULL, NULL, false, true
    FROM convention_seals AS seal
    WHERE seal.convention_id = $1
), counted AS (
    SELECT version, (array_agg(organization_id))[1] AS organization_id,
           (array_agg(person_id))[1] AS person_id, max(at) AS at,
           coalesce(array_agg(clause ORDER BY clause) FILTER (WHERE clause IS NOT NULL), '{}') AS clauses,
           coalesce(array_agg(withdrawn ORDER BY withdrawn) FILTER (WHERE withdrawn IS NOT NULL), '{}') AS withdrawn,
           coalesce(array_agg(annex ORDER BY annex) FILTER (WHERE annex IS NOT NULL), '{}') AS annexes,
           bool_or(terms) AS terms, bool_or(sealed) AS sealed,
           row_number() OVER (ORDER BY version DESC) AS place
    FROM changed
    GROUP BY version
)
SELECT version, organization_id, person_id, at, clauses, withdrawn, annexes, terms, sealed FROM counted
WHERE place <= 200 OR sealed
ORDER BY version DESC
LIMIT 500
"""


async def list_text_versions(query: ListTextVersions, actor: Actor, tx: Transaction) -> TextVersions:
    """What can be compared, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    edges = await edges_of(tx, query.convention_id, actor)
    rows = await tx.fetch(_VERSIONS, query.convention_id)
    return TextVersions(
        versions=tuple(TextVersion(**row) for row in rows),
        first=edges.first,
        current=edges.current,
        read=edges.read,
    )


async def edges_of(tx: Transaction, convention_id: ConventionId, actor: Actor) -> Edges:
    """Between which versions the text of a convention lies that the actor may read."""
    return Edges(**await tx.fetchrow(_EDGES, convention_id, actor.person_id))
