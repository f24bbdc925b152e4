"""Absences to rows: who acts for a référent, between which days."""

from collections.abc import Sequence
from datetime import datetime

from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.mandates.storage import save_mandate
from shared.contracts.contacts.events import DelegationEnded, DelegationGranted
from shared.contracts.contacts.refusals import DelegationIdTaken
from shared.contracts.messages import Event
from shared.kit.database import Transaction

_INSERT_DELEGATION = """
INSERT INTO delegation (delegation_id, mandate_id, deputy_id, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING true
"""


async def save_delegations(tx: Transaction, mandate: Mandate, events: Sequence[Event], now: datetime) -> None:
    """Store what the events changed of its delegations; refuse an id that another one has, perhaps one that is over."""
    for event in events:
        if isinstance(event, DelegationGranted):
            term = (event.starts_on, event.ends_on)
            if not await tx.fetchval(
                _INSERT_DELEGATION, event.delegation_id, mandate.id, event.deputy_id, *term
            ):
                raise DelegationIdTaken
        elif isinstance(event, DelegationEnded):
            await tx.execute(
                "UPDATE delegation SET ended_at = $2 WHERE delegation_id = $1", event.delegation_id, now
            )
    await save_mandate(tx, mandate, events)
