"""How a clause came to its text."""

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import ClauseHistory, ClauseRevisionView, GetClauseHistory
from shared.contracts.projects.refusals import ClauseNotFound
from shared.kit.database import Transaction

_HISTORY = """
SELECT revision, text, organization_id, person_id, proposed_at
FROM (
    SELECT *, sum(octet_length(to_json(text)::text)) OVER (ORDER BY revision DESC) AS bytes
    FROM (
        SELECT * FROM clause_revisions
        WHERE convention_id = $1 AND clause_id = $2
        ORDER BY revision DESC
        LIMIT 100
    ) AS latest
) AS known
WHERE bytes <= 800000
ORDER BY revision DESC
LIMIT 100
"""


async def get_clause_history(query: GetClauseHistory, actor: Actor, tx: Transaction) -> ClauseHistory:
    """Every text of a clause, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        ClauseNotFound: the convention has no such clause.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    rows = await tx.fetch(_HISTORY, query.convention_id, query.clause_id)
    if not rows:
        raise ClauseNotFound
    return ClauseHistory(revisions=tuple(ClauseRevisionView(**row) for row in rows))
