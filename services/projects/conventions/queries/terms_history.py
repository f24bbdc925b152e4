"""How a convention came to its terms."""

from typing import Any

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import GetTermsHistory
from shared.contracts.projects.terms import Terms, TermsHistory, TermsRevisionView
from shared.kit.database import Transaction

_HISTORY = """
SELECT terms.revision, terms.organization_id, terms.person_id, terms.proposed_at, to_jsonb(terms) AS terms
FROM convention_terms AS terms
WHERE terms.convention_id = $1
ORDER BY terms.revision DESC
LIMIT 100
"""


async def get_terms_history(query: GetTermsHistory, actor: Actor, tx: Transaction) -> TermsHistory:
    """All the terms that a convention has had, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    rows = await tx.fetch(_HISTORY, query.convention_id)
    return TermsHistory(revisions=tuple(_revision(row) for row in rows))


def _revision(row: Any) -> TermsRevisionView:
    return TermsRevisionView(
        revision=row["revision"],
        terms=Terms.model_validate(row["terms"]),
        organization_id=row["organization_id"],
        person_id=row["person_id"],
        proposed_at=row["proposed_at"],
    )
