"""Two revisions of a clause, word by word, each change in the name of the party that made it."""

from typing import Any

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.comparisons import (
    ClauseComparison,
    ClauseVersion,
    CompareClause,
    Piece,
    PieceKind,
    VersionNotFound,
)
from shared.contracts.projects.refusals import ClauseNotFound
from shared.kit.database import Transaction
from shared.texts.differences import Kind, Segment, traced

_CLAUSE = """
SELECT clause_id, number, title, revision, added_by, withdrawn_at, withdrawn_by FROM clauses
WHERE convention_id = $1 AND clause_id = $2
"""

_VERSIONS = """
SELECT revision, organization_id, person_id, proposed_at FROM clause_revisions
WHERE convention_id = $1 AND clause_id = $2
ORDER BY revision DESC
LIMIT 500
"""

# Of several revisions in a row by one party the last says it all: whose words they are does not depend on the others.
_TEXTS = """
SELECT text, organization_id
FROM (
    -- One that was to go says nothing there.
    SELECT revision, CASE WHEN withdrawn THEN '' ELSE text END AS text, organization_id,
           lead(organization_id) OVER (ORDER BY revision) IS DISTINCT FROM organization_id AS last_of_party
    FROM clause_revisions
    WHERE convention_id = $1 AND clause_id = $2 AND revision BETWEEN $3 AND $4
) AS known
WHERE last_of_party OR revision = $3
ORDER BY revision
"""

# Told apart up to here: each takes about a millisecond, and a reader waits.
_MOST_TURNS = 60


async def compare_clause(query: CompareClause, actor: Actor, tx: Transaction) -> ClauseComparison:
    """What changed from one revision to another.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        ClauseNotFound: the convention has, and had, no such clause.
        VersionNotFound: the clause has no such revision.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    clause = await tx.fetchrow(_CLAUSE, query.convention_id, query.clause_id)
    if clause is None:
        raise ClauseNotFound
    after = query.after or clause["revision"]
    before, after = sorted((query.before or max(after - 1, 1), after))
    if after > clause["revision"]:
        raise VersionNotFound
    texts = await tx.fetch(_TEXTS, query.convention_id, query.clause_id, before, after)
    return ClauseComparison(
        clause_id=clause["clause_id"],
        number=clause["number"],
        title=clause["title"],
        added_by=clause["added_by"],
        withdrawn_at=clause["withdrawn_at"],
        withdrawn_by=clause["withdrawn_by"],
        versions=tuple(
            ClauseVersion(**row) for row in await tx.fetch(_VERSIONS, query.convention_id, query.clause_id)
        ),
        before=before,
        after=after,
        pieces=_pieces(texts),
    )


def _pieces(texts: list[Any]) -> tuple[Piece, ...]:
    told_apart = len(texts) <= _MOST_TURNS
    segments = traced([it["text"] for it in (texts if told_apart else (texts[0], texts[-1]))])
    makers = [it["organization_id"] if told_apart else None for it in texts]
    return tuple(piece_of(it, makers[it.by] if it.kind is not Kind.SAME else None) for it in segments)


def piece_of(segment: Segment, by: Any) -> Piece:
    """A segment as it is told."""
    return Piece(kind=PieceKind(segment.kind), text=segment.text, by=by)
