"""Rows of deliveries that tell no notice: letters about somebody's own account. They are claimed and closed as others are."""

from datetime import datetime

from services.notifications.notices.domain.letters import AccountLetterKind
from services.notifications.notices.domain.rules import ACCOUNT_LETTER_PAUSE
from shared.contracts.identifiers import PersonId, new_id
from shared.kit.database import Transaction

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))"

_QUEUE = """
INSERT INTO deliveries (delivery_id, letter_id, recipient, channel, kind, created_at, due_at, traceparent)
SELECT $1, $1, $2, 'email', $3, $4, $4, $5
WHERE NOT EXISTS (SELECT FROM deliveries
                  WHERE recipient = $2 AND notice_id IS NULL AND kind = $3 AND (state = 'queued' OR created_at > $6))
"""


async def queue_account_letter(
    tx: Transaction, recipient: PersonId, kind: AccountLetterKind, now: datetime, *, traceparent: str | None
) -> None:
    """Queue one, unless one still waits or was queued a moment ago."""
    # Two questions at once would each find nothing.
    await tx.execute(_LOCK, recipient)
    await tx.execute(_QUEUE, new_id(), recipient, kind, now, traceparent, now - ACCOUNT_LETTER_PAUSE)
