"""Mandates to rows and back."""

from collections.abc import Sequence
from typing import Any

from services.contacts.mandates.domain.mandate import Mandate
from shared.contracts.actor import Actor
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import AlreadyReferent, MandateNotFound
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.kit.database import Transaction

_MANDATE = """
SELECT mandate_id, version, convention_id, organization_id, person_id, proposed_by, proposed_at, state, answered_at,
       decline_reason
FROM mandate WHERE mandate_id = $1
"""

_INSERT = """
INSERT INTO mandate (mandate_id, version, convention_id, organization_id, person_id, proposed_by, proposed_by_person,
                     proposed_at, state, answered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING mandate_id
"""

_UPDATE = """
UPDATE mandate SET version = $2, state = $3, answered_at = $4, decline_reason = $5
WHERE mandate_id = $1 AND version = $6
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
    )
    if inserted is not None:
        return None
    row = await tx.fetchrow(_MANDATE, mandate.id)
    if row is None or not (known := _mandate(row)).same_as(mandate):
        raise AlreadyReferent
    return known


async def load_own_mandate(tx: Transaction, mandate_id: MandateId, *, on_behalf_of: Actor) -> Mandate:
    """A mandate that the actor may answer, locked until the end of the transaction.

    Raises:
        MandateNotFound: there is none, or it is somebody else's to answer.
    """
    row = await tx.fetchrow(f"{_MANDATE} AND person_id = $2 FOR UPDATE", mandate_id, on_behalf_of.person_id)
    if row is None:
        raise MandateNotFound
    return _mandate(row)


async def save_mandate(tx: Transaction, mandate: Mandate, events: Sequence[Event]) -> None:
    """Store what the events changed."""
    await tx.execute(
        _UPDATE,
        mandate.id,
        mandate.version + len(events),
        mandate.state,
        mandate.answered_at,
        mandate.decline_reason,
        mandate.version,
    )


async def is_asked_by(
    tx: Transaction, convention_id: ConventionId, person_id: PersonId, *organization_ids: OrganizationId
) -> bool:
    """Whether a person is, or is asked to be, a référent of one of these sides."""
    return await tx.fetchval(_ASKED_BY_OTHERS, convention_id, person_id, list(organization_ids))


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
        version=row["version"],
    )
