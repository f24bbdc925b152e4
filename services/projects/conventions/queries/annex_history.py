"""How an annex came to its file."""

from typing import Any

from pydantic import TypeAdapter

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from services.projects.conventions.storage import file_of
from shared.contracts.actor import Actor
from shared.contracts.projects.annexes import AnnexHistory, AnnexRevisionView, AnnexView
from shared.contracts.projects.queries import GetAnnexHistory
from shared.contracts.projects.refusals import AnnexNotFound
from shared.kit.database import Transaction

_HISTORY = """
SELECT annex.title, known.revision, known.sha256, known.size, known.media_type, known.name, known.withdrawn,
       known.organization_id, known.person_id, known.proposed_at
FROM convention_annexes AS annex JOIN annex_revisions AS known USING (convention_id, annex_id)
WHERE annex.convention_id = $1 AND annex.annex_id = $2
ORDER BY known.revision DESC
LIMIT 100
"""

# For the statement that fetches a whole convention with what its reader has read (`mark`). What every side took out is not shown any more.
ANNEXES = """
SELECT coalesce(jsonb_agg(jsonb_build_object(
    'annex_id', annex.annex_id,
    'number', annex.number,
    'title', annex.title,
    'revision', annex.revision,
    'file', CASE WHEN current.sha256 IS NOT NULL THEN jsonb_build_object(
        'sha256', current.sha256, 'size', current.size, 'media_type', current.media_type, 'name', current.name
    ) END,
    'withdrawn', current.withdrawn,
    'accepted_by', annex.accepted_by,
    'agreed_at', annex.agreed_at,
    'proposed_by', current.organization_id,
    'proposed_by_person', current.person_id,
    'proposed_at', current.proposed_at,
    'changed', coalesce(current.convention_version > mark.version AND current.person_id <> mark.person_id, false)
) ORDER BY annex.number), '[]')::text
FROM convention_annexes AS annex JOIN annex_revisions AS current USING (convention_id, annex_id, revision)
WHERE annex.convention_id = convention.convention_id AND NOT (current.withdrawn AND annex.agreed_at IS NOT NULL)
"""

_ANNEXES = TypeAdapter(tuple[AnnexView, ...])


def annexes_of(found: str) -> tuple[AnnexView, ...]:
    """What `ANNEXES` gave."""
    return _ANNEXES.validate_json(found)


async def get_annex_history(query: GetAnnexHistory, actor: Actor, tx: Transaction) -> AnnexHistory:
    """Every state of an annex, newest first.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        AnnexNotFound: the convention has no such annex.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    rows = await tx.fetch(_HISTORY, query.convention_id, query.annex_id)
    if not rows:
        raise AnnexNotFound
    return AnnexHistory(title=rows[0]["title"], revisions=tuple(_revision(row) for row in rows))


def _revision(row: Any) -> AnnexRevisionView:
    return AnnexRevisionView(
        revision=row["revision"],
        file=file_of(row),
        withdrawn=row["withdrawn"],
        organization_id=row["organization_id"],
        person_id=row["person_id"],
        proposed_at=row["proposed_at"],
    )
