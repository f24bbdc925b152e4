"""A convention with a history of many years: filled in by SQL, with the rows that the acts themselves would have left."""

from typing import Any
from uuid import UUID

# Of five acts one proposes a text for a clause, one accepts it, three are comments on it; the sides take turns.
_ACTS = """
CREATE TEMP TABLE acts AS
WITH clause AS (
    SELECT clause_id, revision, text, count(*) OVER () AS clauses, row_number() OVER (ORDER BY number) - 1 AS place
    FROM clauses JOIN clause_revisions USING (clause_id, revision) WHERE clauses.convention_id = $1
)
SELECT version, clause_id, uuidv7() AS act_id,
       (ARRAY['proposed', 'accepted', 'comment', 'comment', 'comment'])[version % 5 + 1] AS kind,
       clause.revision + rank() OVER (PARTITION BY clause_id ORDER BY version / 5) AS revision,
       CASE WHEN (version / 5 + version % 5) % 2 = 0 THEN $2::uuid ELSE $4::uuid END AS organization_id,
       CASE WHEN (version / 5 + version % 5) % 2 = 0 THEN $3::uuid ELSE $5::uuid END AS person_id,
       now() - make_interval(mins => $7::int - version) AS at,
       clause.text || ' ' || version AS text
FROM generate_series(($6::int / 5 + 1) * 5, $7::int) AS version
JOIN clause ON clause.place = version / 5 % clause.clauses
"""

# The numbers in between belong to nothing that is of interest here.
_BETWEEN = """
INSERT INTO acts
SELECT version, NULL, uuidv7(), 'comment', NULL, $2::uuid, $3::uuid, now() - make_interval(mins => $7::int - version), 'Entre deux.'
FROM generate_series($6::int + 1, ($6::int / 5 + 1) * 5 - 1) AS version WHERE $1::uuid IS NOT NULL AND $4::uuid <> $5::uuid
"""

_REVISIONS = """
INSERT INTO clause_revisions (clause_id, revision, convention_id, convention_version, text, organization_id, person_id, proposed_at)
SELECT clause_id, revision, $1, version, text, organization_id, person_id, at FROM acts WHERE kind = 'proposed'
"""

_COMMENTS = """
INSERT INTO clause_comments (convention_id, comment_id, clause_id, convention_version, organization_id, person_id, text, written_at)
SELECT $1, act_id, clause_id, version, organization_id, person_id, 'Remarque sur ' || left(text, 300), at
FROM acts WHERE kind = 'comment'
"""

_CLAUSES = """
UPDATE clauses SET revision = last.revision, accepted_by = ARRAY[$2::uuid, $3::uuid], agreed_at = now()
FROM (SELECT clause_id, max(revision) AS revision FROM acts WHERE kind = 'proposed' GROUP BY clause_id) AS last
WHERE clauses.clause_id = last.clause_id AND clauses.convention_id = $1
"""

# Fifty at a time, each with a moment of its own, by the very function that seals them.
_ANNOUNCE = """
SELECT announce($1::uuid, min(version) - 1, $1::uuid, max(at), NULL,
                array_agg(uuidv7() ORDER BY version), array_agg(type ORDER BY version), array_agg(data ORDER BY version))
FROM (
    SELECT version, at,
           'entente.projects.convention.' ||
               CASE kind WHEN 'proposed' THEN 'clause_proposed.v1' WHEN 'accepted' THEN 'clause_accepted.v1' ELSE 'comment_added.v1' END
               AS type,
           (jsonb_build_object('convention_id', $1::uuid, 'clause_id', clause_id, 'organization_id', organization_id) ||
               CASE kind WHEN 'proposed' THEN jsonb_build_object('revision', revision)
                         WHEN 'accepted' THEN jsonb_build_object('revision', revision, 'agreed', true)
                         ELSE jsonb_build_object('comment_id', act_id) END)::text AS data
    FROM acts WHERE version > $2 AND version <= $2 + 50
) AS page
"""


async def lengthen(
    look: Any, convention_id: UUID, sides: tuple[tuple[UUID, UUID], tuple[UUID, UUID]], *, events: int
) -> None:
    """Bring a convention that is negotiated to that many events. `look` sees everything; `sides` are organisation and person.

    They count as published, so that nobody has to wait for the relay.
    """
    (mine, claire), (theirs, odile) = sides
    async with look.transaction():
        version = await look.fetchval(
            "SELECT version FROM conventions WHERE convention_id = $1", convention_id
        )
        for statement in (_ACTS, _BETWEEN):
            await look.execute(statement, convention_id, mine, claire, theirs, odile, version, events)
        await look.execute("CREATE UNIQUE INDEX ON acts (version)")
        await look.execute("ANALYZE acts")
        await look.execute(_REVISIONS, convention_id)
        await look.execute(_COMMENTS, convention_id)
        await look.execute(_CLAUSES, convention_id, mine, theirs)
        for after in range(version, events, 50):
            await look.execute(_ANNOUNCE, convention_id, after)
        await look.execute("UPDATE event_log SET published_at = now() WHERE published_at IS NULL")
        await look.execute(
            "UPDATE conventions SET version = $2 WHERE convention_id = $1", convention_id, events
        )
        await look.execute("DROP TABLE acts")
    await look.execute("ANALYZE")
