"""Two versions of the whole text of a convention: what changed, page by page, and how much did not."""

from typing import Any

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from services.projects.conventions.queries.compare_clause import piece_of
from services.projects.conventions.queries.text_versions import edges_of
from services.projects.conventions.storage import file_of
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.comparisons import (
    CompareConvention,
    ComparedAnnex,
    ComparedClause,
    ComparedTerms,
    ConventionComparison,
    VersionNotFound,
)
from shared.contracts.projects.terms import Terms
from shared.kit.database import Transaction
from shared.texts.differences import Kind, differences

# Each clause as it stood at two versions: its last revision by then, unless it had been withdrawn. A change that was taken
# back in between is none.
_CLAUSES = """
SELECT clause.clause_id, clause.number, clause.title,
       coalesce(clause.withdrawn_by, after.taken_out_by) AS withdrawn_by,
       before.revision AS revision_before, after.revision AS revision_after,
       octet_length(coalesce(before.text, '')) + octet_length(coalesce(after.text, '')) AS weight,
       before.text IS DISTINCT FROM after.text AS changed
FROM clauses AS clause
LEFT JOIN LATERAL (
    SELECT CASE WHEN NOT withdrawn THEN revision END AS revision, CASE WHEN NOT withdrawn THEN text END AS text,
           CASE WHEN withdrawn THEN organization_id END AS taken_out_by
    FROM clause_revisions AS known
    WHERE known.clause_id = clause.clause_id AND known.convention_version <= $2
      AND (clause.withdrawn_at IS NULL OR clause.withdrawn_at_version > $2)
    ORDER BY known.revision DESC
    LIMIT 1
) AS before ON true
LEFT JOIN LATERAL (
    SELECT CASE WHEN NOT withdrawn THEN revision END AS revision, CASE WHEN NOT withdrawn THEN text END AS text,
           CASE WHEN withdrawn THEN organization_id END AS taken_out_by
    FROM clause_revisions AS known
    WHERE known.clause_id = clause.clause_id AND known.convention_version <= $3
      AND (clause.withdrawn_at IS NULL OR clause.withdrawn_at_version > $3)
    ORDER BY known.revision DESC
    LIMIT 1
) AS after ON true
WHERE clause.convention_id = $1 AND (before.revision IS NOT NULL OR after.revision IS NOT NULL)
ORDER BY clause.number, clause.clause_id
LIMIT 1000
"""

_TEXTS = """
SELECT wanted.clause_id, coalesce(before.text, '') AS before, coalesce(after.text, '') AS after,
       ARRAY(
           SELECT DISTINCT known.organization_id FROM clause_revisions AS known
           WHERE known.clause_id = wanted.clause_id AND known.revision > coalesce(wanted.revision_before, 0)
             AND known.revision <= coalesce(wanted.revision_after, 0)
       ) AS by
FROM unnest($1::uuid[], $2::integer[], $3::integer[]) AS wanted (clause_id, revision_before, revision_after)
LEFT JOIN clause_revisions AS before
  ON before.clause_id = wanted.clause_id AND before.revision = wanted.revision_before
LEFT JOIN clause_revisions AS after ON after.clause_id = wanted.clause_id AND after.revision = wanted.revision_after
"""

_TERMS = """
SELECT to_jsonb(terms) AS terms, terms.revision, terms.organization_id FROM convention_terms AS terms
WHERE terms.convention_id = $1 AND terms.convention_version <= $3
  AND terms.revision >= (SELECT max(past.revision) FROM convention_terms AS past
                         WHERE past.convention_id = $1 AND past.convention_version <= $2)
ORDER BY terms.revision
LIMIT 1000
"""

_ANNEXES = """
SELECT annex.annex_id, annex.number, annex.title, after.sha256, after.size, after.media_type, after.name, after.withdrawn,
       after.organization_id, before.file AS before
FROM convention_annexes AS annex
CROSS JOIN LATERAL (
    SELECT * FROM annex_revisions AS known
    WHERE known.convention_id = $1 AND known.annex_id = annex.annex_id AND known.convention_version <= $3
    ORDER BY revision DESC
    LIMIT 1
) AS after
LEFT JOIN LATERAL (
    SELECT known.revision,
           CASE WHEN known.sha256 IS NOT NULL AND NOT known.withdrawn THEN jsonb_build_object(
               'sha256', known.sha256, 'size', known.size, 'media_type', known.media_type, 'name', known.name) END AS file
    FROM annex_revisions AS known
    WHERE known.convention_id = $1 AND known.annex_id = annex.annex_id AND known.convention_version <= $2
    ORDER BY known.revision DESC
    LIMIT 1
) AS before ON true
WHERE annex.convention_id = $1 AND before.revision IS DISTINCT FROM after.revision
ORDER BY annex.number
LIMIT 100
"""

# A page: what one reply can carry, and what a reader takes in at once.
_MOST_CLAUSES, _MOST_BYTES = 20, 200_000


async def compare_convention(query: CompareConvention, actor: Actor, tx: Transaction) -> ConventionComparison:
    """What changed from one version of the text to another.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        VersionNotFound: the convention has no such version.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    edges = await edges_of(tx, query.convention_id, actor)
    after = query.after or edges.current
    before, after = sorted((query.before or edges.read or edges.first, after))
    if before < edges.first or after > edges.current:
        raise VersionNotFound
    found = await tx.fetch(_CLAUSES, query.convention_id, before, after)
    changed = [row for row in found if row["changed"]]
    page = _page(changed[query.begin :])
    end = query.begin + len(page)
    first_page = query.begin == 0
    return ConventionComparison(
        before=before,
        after=after,
        changed=len(changed),
        unchanged=len(found) - len(changed),
        terms=await _terms(tx, query.convention_id, before, after) if first_page else None,
        annexes=await _annexes(tx, query.convention_id, before, after) if first_page else (),
        clauses=await _clauses(tx, page),
        next_from=end if end < len(changed) else None,
    )


def _page(rows: list[Any]) -> list[Any]:
    """At least one, however long it is."""
    weight = 0
    for place, row in enumerate(rows[:_MOST_CLAUSES]):
        weight += row["weight"]
        if place and weight > _MOST_BYTES:
            return rows[:place]
    return rows[:_MOST_CLAUSES]


async def _clauses(tx: Transaction, page: list[Any]) -> tuple[ComparedClause, ...]:
    columns = ([row[name] for row in page] for name in ("clause_id", "revision_before", "revision_after"))
    texts = {row["clause_id"]: row for row in await tx.fetch(_TEXTS, *columns)}
    return tuple(_clause(row, texts[row["clause_id"]]) for row in page)


def _clause(row: Any, texts: Any) -> ComparedClause:
    gone = row["revision_after"] is None
    by = (row["withdrawn_by"],) if gone and row["withdrawn_by"] else tuple(texts["by"])
    # Whose words each are is told where one party wrote; where several did, the comparison of the clause tells it.
    alone = by[0] if len(by) == 1 else None
    return ComparedClause(
        clause_id=row["clause_id"],
        number=row["number"],
        title=row["title"],
        revision_before=row["revision_before"],
        revision_after=row["revision_after"],
        by=by,
        pieces=tuple(
            piece_of(it, None if it.kind is Kind.SAME else alone)
            for it in differences(texts["before"], texts["after"])
        ),
    )


async def _terms(
    tx: Transaction, convention_id: ConventionId, before: int, after: int
) -> ComparedTerms | None:
    rows = await tx.fetch(_TERMS, convention_id, before, after)
    first, last = Terms.model_validate(rows[0]["terms"]), Terms.model_validate(rows[-1]["terms"])
    if first == last:
        return None
    by = sorted({row["organization_id"] for row in rows[1:]})
    return ComparedTerms(before=first, after=last, by=tuple(by))


async def _annexes(
    tx: Transaction, convention_id: ConventionId, before: int, after: int
) -> tuple[ComparedAnnex, ...]:
    rows = await tx.fetch(_ANNEXES, convention_id, before, after)
    return tuple(
        ComparedAnnex(
            annex_id=row["annex_id"],
            number=row["number"],
            title=row["title"],
            before=row["before"],
            after=None if row["withdrawn"] else file_of(row),
            withdrawn=row["withdrawn"],
            by=row["organization_id"],
        )
        for row in rows
    )
