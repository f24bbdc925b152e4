"""The evidence of signatures, with those that count no more."""

from pydantic import TypeAdapter

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.seals import EvidenceRecord, GetEvidence, SealEvidence
from shared.kit.database import Transaction

_SEALS = """
SELECT coalesce(jsonb_agg(to_jsonb(latest) ORDER BY latest.sealed_at DESC), '[]')::text
FROM (
    SELECT seal.sealed_hash, seal.sealed_at, seal.organization_id, seal.person_id, seal.sign_before, seal.sign_order,
           convention.sealed_at_version IS NOT DISTINCT FROM seal.sealed_at_version AS in_force,
           (SELECT coalesce(jsonb_agg(to_jsonb(given) ORDER BY given.signed_at), '[]')
            FROM convention_signatures AS given
            WHERE given.convention_id = seal.convention_id AND given.sealed_at_version = seal.sealed_at_version
           ) AS signatures,
           (SELECT to_jsonb(refusal) FROM signature_refusals AS refusal
            WHERE refusal.convention_id = seal.convention_id AND refusal.sealed_at_version = seal.sealed_at_version
           ) AS refusal
    FROM convention_seals AS seal JOIN conventions AS convention USING (convention_id)
    WHERE seal.convention_id = $1
    ORDER BY seal.sealed_at DESC
    LIMIT 50
) AS latest
"""

_EVIDENCE = TypeAdapter(tuple[SealEvidence, ...])


async def get_evidence(query: GetEvidence, actor: Actor, tx: Transaction) -> EvidenceRecord:
    """All of it, for whoever may read the convention.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    return EvidenceRecord(seals=_EVIDENCE.validate_json(await tx.fetchval(_SEALS, query.convention_id)))
