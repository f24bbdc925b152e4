"""Apply events once and in order, in the transaction of their effects. SQL only: the consumer brings the messages.

Of each aggregate only the version that follows its head is applied. What is early is parked, what is known is ignored.
Deduplicating by event id alone applied one event in seven out of order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.contracts.envelope import Envelope
from shared.kit.database import Transaction
from shared.kit.subscribers import Subscribers

# Touching each head locks it, so that two replicas never work on the same aggregate; sorted against deadlocks.
_LOCK_HEADS = """
INSERT INTO inbox_head (source, aggregate_id, version, epoch)
SELECT $1, id, 0, 0 FROM unnest($2::uuid[]) AS ids (id) ORDER BY id
ON CONFLICT (source, aggregate_id) DO UPDATE SET version = inbox_head.version
RETURNING aggregate_id, version
"""

# Together with what was parked behind the events that are now applied: it may follow. Asked only here, with the heads
# locked, so that what another replica has just parked is seen.
_SAVE_HEADS = """
WITH moved AS (
    SELECT * FROM unnest($2::uuid[], $3::bigint[], $4::bigint[]) AS m (aggregate_id, version, epoch)
), saved AS (
    UPDATE inbox_head SET version = moved.version, epoch = moved.epoch
    FROM moved WHERE inbox_head.source = $1 AND inbox_head.aggregate_id = moved.aggregate_id
)
DELETE FROM inbox_parked USING moved
WHERE inbox_parked.source = $1 AND inbox_parked.aggregate_id = moved.aggregate_id
RETURNING inbox_parked.headers, inbox_parked.data
"""

_PARK = """
INSERT INTO inbox_parked (source, aggregate_id, version, headers, data) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""

_BEHIND = """
SELECT told.aggregate_id, coalesce(inbox_head.version, 0) AS version
FROM unnest($2::uuid[], $3::bigint[]) AS told (aggregate_id, version)
LEFT JOIN inbox_head ON inbox_head.source = $1 AND inbox_head.aggregate_id = told.aggregate_id
WHERE told.version > coalesce(inbox_head.version, 0)
"""

_QUARANTINE = """
INSERT INTO quarantine (source, subject, stream_seq, aggregate_id, version, headers, data, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (source, stream_seq) DO NOTHING
"""


@dataclass
class Applied:
    """What became of a batch."""

    applied: list[Envelope] = field(default_factory=list)
    ignored: int = 0
    parked: int = 0


async def apply(tx: Transaction, source: str, batch: Iterable[Envelope], subscribers: Subscribers) -> Applied:
    """Apply a batch of one producer's events, in the order of their versions.

    Raises whatever a reaction raises; the transaction is then to be rolled back as a whole.
    """
    envelopes = list(batch)
    ids = list({it.aggregate_id for it in envelopes})
    heads: dict[UUID, int] = {
        row["aggregate_id"]: row["version"] for row in await tx.fetch(_LOCK_HEADS, source, ids)
    }
    outcome = Applied()
    while envelopes:
        moved: dict[UUID, Envelope] = {}
        for envelope in sorted(envelopes, key=lambda it: it.version):
            head = heads[envelope.aggregate_id]
            if envelope.version <= head:
                outcome.ignored += 1
            elif envelope.version > head + 1:
                await _park(tx, source, envelope)
                outcome.parked += 1
            else:
                await subscribers.react(envelope, tx)
                outcome.applied.append(envelope)
                heads[envelope.aggregate_id] = envelope.version
                moved[envelope.aggregate_id] = envelope
        envelopes = await _save_heads(tx, source, moved) if moved else []
        outcome.parked -= len(envelopes)
    return outcome


async def behind(tx: Transaction, source: str, heads: Sequence[tuple[UUID, int]]) -> list[tuple[UUID, int]]:
    """Of the heads that an owner told, those ahead of ours, each with the version that we have."""
    rows = await tx.fetch(_BEHIND, source, [it for it, _ in heads], [version for _, version in heads])
    return [(row["aggregate_id"], row["version"]) for row in rows]


async def quarantine(
    tx: Transaction,
    source: str,
    *,
    subject: str,
    stream_seq: int | None,
    headers: dict[str, str],
    data: bytes,
    reason: str,
    envelope: Envelope | None,
) -> None:
    """Keep a message that nobody can apply, with the reason, until an operator decides."""
    aggregate_id = envelope.aggregate_id if envelope else None
    version = envelope.version if envelope else None
    await tx.execute(_QUARANTINE, source, subject, stream_seq, aggregate_id, version, headers, data, reason)


async def _save_heads(tx: Transaction, source: str, moved: dict[UUID, Envelope]) -> list[Envelope]:
    versions, epochs = ([it.version for it in moved.values()], [it.epoch for it in moved.values()])
    rows: list[Any] = await tx.fetch(_SAVE_HEADS, source, list(moved), versions, epochs)
    return [Envelope.read(row["headers"], row["data"]) for row in rows]


async def _park(tx: Transaction, source: str, envelope: Envelope) -> None:
    await tx.execute(
        _PARK, source, envelope.aggregate_id, envelope.version, envelope.headers(), envelope.data
    )
