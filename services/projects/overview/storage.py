"""Keep what other services announced about a partnership, for its timeline. Ids only."""

from uuid import UUID

from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import ConventionId
from shared.kit.database import Transaction

_WITNESS = """
INSERT INTO witnessed_events (event_id, type, convention_id, occurred_at, actor_person, actor_organization, mandate_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (event_id) DO NOTHING
"""


def witness(tx: Transaction, about: Envelope, convention_id: ConventionId, mandate_id: UUID) -> None:
    """Keep one event; a replay that brings it again changes nothing."""
    tx.later(
        _WITNESS,
        about.event_id,
        about.type,
        convention_id,
        about.occurred_at,
        about.actor_person,
        about.actor_organization,
        mandate_id,
    )
