"""A directory's worth of conventions of the same two sides: copies by SQL of one that was negotiated by its people."""

from typing import Any
from uuid import UUID

# Eight in ten are active, one in ten waits for a signature, one in ten is negotiated.
_COPIES = """
CREATE TEMP TABLE copies AS
SELECT n, uuidv7() AS convention_id,
       CASE WHEN n % 10 < 8 THEN 'active' WHEN n % 10 = 8 THEN 'ready' ELSE 'negotiating' END AS state,
       format('Partenariat n° %s : %s à %s', n,
              (ARRAY['écoute en oncologie', 'éducation thérapeutique', 'accueil des proches', 'maladies rares'])[n % 4 + 1],
              (ARRAY['Pontbriand', 'Montclair', 'Saint-Aubin', 'Les Ormes', 'Valfleury'])[n % 5 + 1]) AS title
FROM generate_series(1, $2::int) AS n WHERE $1::uuid IS NOT NULL
"""

# Whatever other columns there are.
_CONVENTIONS = """
INSERT INTO conventions
SELECT (jsonb_populate_record(convention, jsonb_build_object(
    'convention_id', copies.convention_id, 'version', 20, 'title', copies.title,
    'changed_at', now() - make_interval(mins => n)))).*
FROM copies JOIN conventions AS convention ON convention.convention_id = $1
"""

_TERMS = """
INSERT INTO convention_terms
SELECT (jsonb_populate_record(terms, jsonb_build_object('convention_id', copies.convention_id))).*
FROM copies JOIN convention_terms AS terms ON terms.convention_id = $1
"""

_PARTIES = """
INSERT INTO convention_parties (convention_id, organization_id, side, name, seat, shared_at)
SELECT copies.convention_id, organization_id, side, name, seat, now()
FROM copies JOIN convention_parties AS party ON party.convention_id = $1
"""

_ACCESS = """
INSERT INTO convention_access (convention_id, organization_id)
SELECT convention_id, organization_id FROM convention_parties JOIN copies USING (convention_id) ON CONFLICT DO NOTHING
"""

_MANDATES = """
INSERT INTO mandates (mandate_id, convention_id, organization_id, person_id, state)
SELECT uuidv7(), copies.convention_id, organization_id, person_id, 'accepted'
FROM copies JOIN mandates AS mandate ON mandate.convention_id = $1
"""

_CLAUSES = """
CREATE TEMP TABLE copied AS
SELECT copies.convention_id, uuidv7() AS clause_id, clause_id AS of_clause, number, clause.title, required, reason, accepted_by
FROM copies JOIN clauses AS clause ON clause.convention_id = $1
"""

_CLAUSES_IN = """
INSERT INTO clauses (clause_id, convention_id, number, title, required, reason, revision, accepted_by, agreed_at)
SELECT clause_id, convention_id, number, title, required, reason, 1, accepted_by, now() FROM copied
"""

_REVISIONS = """
INSERT INTO clause_revisions (clause_id, revision, convention_id, convention_version, text, organization_id, person_id, proposed_at)
SELECT copied.clause_id, 1, copied.convention_id, 1, text, organization_id, person_id, now() - interval '1 day'
FROM copied JOIN clause_revisions AS revision ON revision.clause_id = copied.of_clause AND revision.revision = 1
"""

_SEALS = """
INSERT INTO convention_seals (convention_id, sealed_at_version, sealed_hash, canonical_form, sign_before, organization_id, person_id,
                              sealed_at)
SELECT copies.convention_id, 20, encode(sha256(copies.convention_id::text::bytea), 'hex'), '{}', current_date + 30, drafted_by,
       drafted_by_person, now()
FROM copies JOIN conventions USING (convention_id) WHERE copies.state IN ('active', 'ready')
"""

_SEALED = """
UPDATE conventions SET state = copies.state, sealed_at_version = 20,
                       activated_at = CASE WHEN copies.state = 'active' THEN now() END
FROM copies WHERE conventions.convention_id = copies.convention_id AND copies.state IN ('active', 'ready')
"""


async def multiply(look: Any, convention_id: UUID, count: int) -> None:
    """Copy a convention that is negotiated that many times. `look` sees everything."""
    async with look.transaction():
        await look.execute(_COPIES, convention_id, count)
        await look.execute(_CONVENTIONS, convention_id)
        for statement in (_TERMS, _PARTIES, _MANDATES):
            await look.execute(statement, convention_id)
        await look.execute(_ACCESS)
        await look.execute(_CLAUSES, convention_id)
        for statement in (_CLAUSES_IN, _REVISIONS, _SEALS, _SEALED):
            await look.execute(statement)
        await look.execute("DROP TABLE copies, copied")
    await look.execute("ANALYZE")


_WIDER = """
INSERT INTO clauses (clause_id, convention_id, number, title, required, reason, revision, accepted_by, agreed_at)
SELECT uuidv7(), $1, number, 'Article ' || number, false, '', 1, accepted_by, now()
FROM generate_series((SELECT max(number) + 1 FROM clauses WHERE convention_id = $1), $2::int - 1) AS number,
     (SELECT accepted_by FROM clauses WHERE convention_id = $1 LIMIT 1) AS one
"""

_HISTORY = """
INSERT INTO clause_revisions (clause_id, revision, convention_id, convention_version, text, organization_id, person_id, proposed_at)
SELECT clause_id, made, $1, 20 + made,
       string_agg('La partie no ' || (word + made / (word % 7 + 1)) || ' fait ce qui est dit.', ' ' ORDER BY word),
       CASE WHEN made % 2 = 0 THEN other.organization_id ELSE drafted_by END, drafted_by_person,
       now() - make_interval(mins => $2::int - made)
FROM clauses JOIN conventions USING (convention_id)
JOIN convention_parties AS other ON other.convention_id = $1 AND other.organization_id <> drafted_by,
     generate_series(1, $2::int) AS made, generate_series(1, 40) AS word
WHERE clauses.convention_id = $1
GROUP BY clause_id, made, drafted_by, drafted_by_person, other.organization_id
ON CONFLICT DO NOTHING
"""


async def widen(look: Any, convention_id: UUID, *, clauses: int, versions: int) -> None:
    """Give a convention that many clauses, each in that many versions of some 1,500 characters, written in turns."""
    async with look.transaction():
        await look.execute(_WIDER, convention_id, clauses)
        await look.execute(_HISTORY, convention_id, versions)
        await look.execute(
            "UPDATE clauses SET revision = $2 WHERE convention_id = $1", convention_id, versions
        )
        await look.execute(
            "UPDATE conventions SET version = version + 20 + $2 WHERE convention_id = $1",
            convention_id,
            versions,
        )
    await look.execute("ANALYZE")
