"""Before and after the seal: what is missing, and the text that it covers."""

from services.projects.authority.public import member_or_invited
from services.projects.conventions import storage
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import (
    CanonicalText,
    CheckSealing,
    GetSealedText,
    SealCheck,
)
from shared.contracts.projects.refusals import NotSealed
from shared.contracts.projects.seals import FindSeal, SealStanding
from shared.kit import clock
from shared.kit.database import Transaction

_SEALED_TEXT = """
SELECT seal.canonical_form, seal.sealed_hash
FROM conventions AS convention JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
WHERE convention.convention_id = $1
"""

# The same words may have been sealed more than once: the seal in force counts, else the last one.
_STANDING = """
SELECT seal.sealed_at, convention.sealed_at_version IS NOT DISTINCT FROM seal.sealed_at_version AS in_force,
       convention.state, given.signatures, given.last_signed_at,
       (
           -- Whoever left after it had signed is one of those who agreed; whoever left before is awaited no more.
           SELECT count(*) FROM convention_parties AS party
           WHERE party.convention_id = seal.convention_id
             AND (party.left_on IS NULL OR EXISTS (
                 SELECT FROM convention_signatures AS signature
                 WHERE signature.convention_id = seal.convention_id
                   AND signature.sealed_at_version = seal.sealed_at_version
                   AND signature.organization_id = party.organization_id
             ))
       ) AS parties
FROM convention_seals AS seal
JOIN conventions AS convention USING (convention_id)
CROSS JOIN LATERAL (
    SELECT count(*) AS signatures, max(signature.signed_at) AS last_signed_at FROM convention_signatures AS signature
    WHERE signature.convention_id = seal.convention_id AND signature.sealed_at_version = seal.sealed_at_version
) AS given
WHERE seal.sealed_hash = $1
ORDER BY in_force DESC, seal.sealed_at DESC
LIMIT 1
"""


async def check_sealing(query: CheckSealing, actor: Actor, tx: Transaction) -> SealCheck:
    """Everything that stands against sealing.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
    """
    convention = await storage.read_convention(tx, query.convention_id, on_behalf_of=actor)
    authorities = await storage.authorities_of(tx, convention)
    return SealCheck(
        problems=convention.problems(authorities, clock.today_in_paris()), version=convention.version
    )


async def get_sealed_text(query: GetSealedText, actor: Actor, tx: Transaction) -> CanonicalText:
    """The canonical form of the sealed text.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        NotSealed: there is none now.
    """
    await member_or_invited(tx, actor, query.convention_id)
    brief = await get_brief(tx, query.convention_id, actor)
    row = await tx.fetchrow(_SEALED_TEXT, query.convention_id)
    if row is None:
        raise NotSealed(state=brief.state)
    return CanonicalText(text=row["canonical_form"], sealed_hash=row["sealed_hash"])


async def find_seal(query: FindSeal, tx: Transaction) -> SealStanding:
    """What a hash stands for, for whoever holds it."""
    row = await tx.fetchrow(_STANDING, query.sealed_hash)
    if row is None:
        return SealStanding(known=False)
    return SealStanding(
        known=True,
        in_force=row["in_force"],
        state=row["state"] if row["in_force"] else None,
        sealed_at=row["sealed_at"],
        parties=row["parties"],
        signatures=row["signatures"],
        last_signed_at=row["last_signed_at"],
    )
