"""Mandates to rows and back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.contacts.mandates.domain.delegation import Delegation
from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.mandates.domain.naming import Namer
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import InviteReferent
from shared.contracts.contacts.events import MandateEnd
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import AlreadyReferent, MandateNotFound, NotAMember
from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.kit.database import Transaction

_MANDATE = """
SELECT mandate_id, version, convention_id, organization_id, person_id, proposed_by, proposed_at, state, answered_at,
       decline_reason, ended_at, end_reason, succeeds, entrusted
FROM mandate
"""

_ONE = f"{_MANDATE} WHERE mandate_id = $1"

# Who leaves and who takes over decide on how many référents a side has left: one after the other.
_LOCK_SIDE = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"

_SIDE_OF = "SELECT convention_id, organization_id FROM mandate WHERE mandate_id = $1 AND person_id = $2"

_CONVENTIONS_OF = """
SELECT DISTINCT convention_id FROM mandate
WHERE person_id = $1 AND organization_id = $2 AND state IN ('proposed', 'accepted') ORDER BY convention_id
"""

_OPEN_OF = f"""
{_MANDATE} WHERE person_id = $1 AND organization_id = $2 AND state IN ('proposed', 'accepted')
ORDER BY mandate_id FOR UPDATE
"""

_ASKED_OF = f"""
{_MANDATE} WHERE convention_id = $1 AND organization_id = $2 AND state = 'proposed' AND mandate_id IS DISTINCT FROM $3
ORDER BY proposed_at DESC, mandate_id LIMIT 200 FOR UPDATE
"""

# Hers to arrange, or her deputy's to end: the référent, the deputy, an administrator of the organisation.
_ARRANGED_BY = """
SELECT convention_id, organization_id, person_id = $2 OR ($4 AND organization_id = $3) AS arranges,
       EXISTS (
           SELECT FROM delegation
           WHERE delegation.mandate_id = mandate.mandate_id AND deputy_id = $2 AND ended_at IS NULL
       ) AS is_deputy
FROM mandate WHERE mandate_id = $1
"""

_DELEGATIONS = """
SELECT delegation_id, deputy_id, starts_on, ends_on FROM delegation
WHERE mandate_id = $1 AND ended_at IS NULL ORDER BY starts_on, delegation_id LIMIT 200
"""

_IS_REFERENT = """
SELECT EXISTS (
    SELECT FROM mandate WHERE convention_id = $1 AND organization_id = $2 AND person_id = $3 AND state = 'accepted'
)
"""

_IS_LAST = """
SELECT NOT EXISTS (
    SELECT FROM mandate WHERE convention_id = $1 AND organization_id = $2 AND mandate_id <> $3 AND state = 'accepted'
)
"""

_INSERT = """
INSERT INTO mandate (mandate_id, version, convention_id, organization_id, person_id, proposed_by, proposed_by_person,
                     proposed_at, state, answered_at, succeeds, entrusted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING mandate_id
"""

_UPDATE = """
UPDATE mandate SET version = $2, state = $3, answered_at = $4, decline_reason = $5, ended_at = $6, end_reason = $7
WHERE mandate_id = $1 AND version = $8
"""

# A draft is the drafter's until each party has had a référent.
_NAMER = """
SELECT administrator, signatory, mandate.mandate_id IS NOT NULL AS referent, coalesce(mandate.entrusted, false) AS entrusted,
       EXISTS (
           SELECT FROM party WHERE convention_id = $1 AND organization_id = $3 AND drafted_by_person = $2
       ) AND EXISTS (
           SELECT FROM party WHERE convention_id = $1 AND NOT has_left AND NOT EXISTS (
               SELECT FROM mandate AS had
               WHERE had.convention_id = $1 AND had.organization_id = party.organization_id
                 AND had.state IN ('accepted', 'ended')
           )
       ) AS drafts
FROM membership
LEFT JOIN mandate ON mandate.convention_id = $1 AND mandate.organization_id = $3 AND mandate.person_id = $2
    AND mandate.state = 'accepted'
WHERE membership.person_id = $2 AND membership.organization_id = $3 AND is_current
"""

_ASKED_BY_OTHERS = """
SELECT EXISTS (
    SELECT FROM mandate WHERE convention_id = $1 AND person_id = $2 AND organization_id = ANY($3::uuid[])
    AND state IN ('proposed', 'accepted')
)
"""


async def insert_mandate(
    tx: Transaction, mandate: Mandate, events: Sequence[Event], *, by: Actor
) -> Mandate | None:
    """Store a new mandate; when this very mandate is there already, that one, and nothing is stored.

    Raises:
        AlreadyReferent: the person has another open mandate for this side.
    """
    inserted = await tx.fetchval(
        _INSERT,
        mandate.id,
        mandate.version + len(events),
        mandate.convention_id,
        mandate.organization_id,
        mandate.person_id,
        mandate.proposed_by,
        by.person_id,
        mandate.proposed_at,
        mandate.state,
        mandate.answered_at,
        mandate.succeeds,
        mandate.entrusted,
    )
    if inserted is not None:
        return None
    row = await tx.fetchrow(_ONE, mandate.id)
    if row is None or not (known := _mandate(row)).same_as(mandate):
        raise AlreadyReferent
    return known


async def load_own_mandate(tx: Transaction, mandate_id: MandateId, *, on_behalf_of: Actor) -> Mandate:
    """A mandate that the actor may answer or end, locked with its side until the end of the transaction.

    Raises:
        MandateNotFound: there is none, or it is somebody else's to answer.
    """
    side = await tx.fetchrow(_SIDE_OF, mandate_id, on_behalf_of.person_id)
    if side is None:
        raise MandateNotFound
    await _lock_side(tx, side["convention_id"], side["organization_id"])
    row = await tx.fetchrow(f"{_ONE} AND person_id = $2 FOR UPDATE", mandate_id, on_behalf_of.person_id)
    if row is None:
        raise MandateNotFound
    return _mandate(row)


async def load_open_mandates_of(
    tx: Transaction, person_id: PersonId, organization_id: OrganizationId
) -> list[Mandate]:
    """What a person is, or is asked to be, for an organisation, locked with its sides. For the service itself."""
    for row in await tx.fetch(_CONVENTIONS_OF, person_id, organization_id):
        await _lock_side(tx, row["convention_id"], organization_id)
    return [_mandate(row) for row in await tx.fetch(_OPEN_OF, person_id, organization_id)]


async def load_asked(
    tx: Transaction,
    convention_id: ConventionId,
    organization_id: OrganizationId,
    *,
    but: MandateId | None = None,
) -> list[Mandate]:
    """Who is asked to be a side's référent and has not answered, locked with that side. For the service itself."""
    await _lock_side(tx, convention_id, organization_id)
    return [_mandate(row) for row in await tx.fetch(_ASKED_OF, convention_id, organization_id, but)]


async def load_namer(
    tx: Transaction, convention_id: ConventionId, person_id: PersonId, organization_id: OrganizationId
) -> Namer:
    """What a member of a party is in its convention.

    Raises:
        NotAMember: she has left the organisation.
    """
    row = await tx.fetchrow(_NAMER, convention_id, person_id, organization_id)
    if row is None:
        raise NotAMember
    return Namer(person_id=person_id, **row)


async def has_another_referent(tx: Transaction, invitation: InviteReferent) -> bool:
    """Whether a side has a référent by another mandate than this one, which may come twice."""
    return not await tx.fetchval(
        _IS_LAST, invitation.convention_id, invitation.organization_id, invitation.mandate_id
    )


async def load_predecessor(tx: Transaction, mandate: Mandate) -> Mandate | None:
    """The mandate that this one takes over from, locked; its side is, since this one was loaded. For the service itself."""
    row = await tx.fetchrow(f"{_ONE} FOR UPDATE", mandate.succeeds) if mandate.succeeds else None
    return None if row is None else _mandate(row)


async def load_mandate_to_arrange(
    tx: Transaction,
    mandate_id: MandateId,
    *,
    on_behalf_of: Actor,
    administrator: bool,
    or_deputy: bool = False,
) -> Mandate:
    """A mandate with its delegations, for whoever may arrange its absences, locked with its side. For the service itself.

    Raises:
        MandateNotFound: there is none, or the actor may not arrange it: the two look the same.
    """
    row = await tx.fetchrow(
        _ARRANGED_BY, mandate_id, on_behalf_of.person_id, on_behalf_of.organization_id, administrator
    )
    if row is None or not (row["arranges"] or (or_deputy and row["is_deputy"])):
        raise MandateNotFound
    await _lock_side(tx, row["convention_id"], row["organization_id"])
    mandate = _mandate(await tx.fetchrow(f"{_ONE} FOR UPDATE", mandate_id))
    mandate.delegations = [
        Delegation(
            DelegationId(it["delegation_id"]), PersonId(it["deputy_id"]), it["starts_on"], it["ends_on"]
        )
        for it in await tx.fetch(_DELEGATIONS, mandate_id)
    ]
    return mandate


async def is_referent(tx: Transaction, mandate: Mandate, person_id: PersonId) -> bool:
    """Whether a person is a référent of the mandate's side."""
    return await tx.fetchval(_IS_REFERENT, mandate.convention_id, mandate.organization_id, person_id)


async def is_last_of_side(tx: Transaction, mandate: Mandate) -> bool:
    """Whether nobody else is a référent of its side."""
    return await tx.fetchval(_IS_LAST, mandate.convention_id, mandate.organization_id, mandate.id)


async def save_mandate(tx: Transaction, mandate: Mandate, events: Sequence[Event]) -> None:
    """Store what the events changed."""
    await tx.execute(
        _UPDATE,
        mandate.id,
        mandate.version + len(events),
        mandate.state,
        mandate.answered_at,
        mandate.decline_reason,
        mandate.ended_at,
        mandate.end_reason,
        mandate.version,
    )


async def is_asked_by(
    tx: Transaction, convention_id: ConventionId, person_id: PersonId, *organization_ids: OrganizationId
) -> bool:
    """Whether a person is, or is asked to be, a référent of one of these sides."""
    return await tx.fetchval(_ASKED_BY_OTHERS, convention_id, person_id, list(organization_ids))


async def _lock_side(tx: Transaction, convention_id: UUID, organization_id: UUID) -> None:
    await tx.execute(_LOCK_SIDE, f"side {organization_id} of {convention_id}")


def _mandate(row: Any) -> Mandate:
    return Mandate(
        id=MandateId(row["mandate_id"]),
        convention_id=ConventionId(row["convention_id"]),
        organization_id=OrganizationId(row["organization_id"]),
        person_id=PersonId(row["person_id"]),
        proposed_by=OrganizationId(row["proposed_by"]),
        proposed_at=row["proposed_at"],
        state=MandateState(row["state"]),
        answered_at=row["answered_at"],
        decline_reason=row["decline_reason"],
        ended_at=row["ended_at"],
        succeeds=MandateId(row["succeeds"]) if row["succeeds"] else None,
        end_reason=MandateEnd(row["end_reason"]) if row["end_reason"] else None,
        entrusted=row["entrusted"],
        version=row["version"],
    )
