"""Write events into the service's log, in the transaction of the state that they report. Nothing is sent here.

The log is outbox, audit trail and source of replay at once. The aggregate's row is locked by whoever loaded it, so
versions follow one another; the log's own constraint refuses a gap-free history written twice.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from shared.contracts.identifiers import new_id
from shared.contracts.messages import Event
from shared.contracts.refusals import Defect
from shared.kit import clock, tracing
from shared.kit.database import Transaction

# Well under NATS' 1 MiB, so that one row can never block the relay.
MAX_EVENT_BYTES = 65_536

GENESIS = bytes(32)

# Inserting first and locking on conflict makes the first two events of one chain queue like any others.
_LOCK_CHAIN = """
INSERT INTO event_chain (chain_id, hash, length) VALUES ($1, $2, 0)
ON CONFLICT (chain_id) DO UPDATE SET length = event_chain.length
RETURNING hash
"""

_WRITE = """
WITH logged AS (
    INSERT INTO event_log (event_id, type, aggregate_id, version, partnership_id, occurred_at,
                           actor_person, actor_organization, traceparent, data, chain_id, previous_hash, hash)
    SELECT event_id, type, $5, version, $6, $7, $8, $9, $10, data, $11, previous_hash, hash
    FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $12::bytea[], $13::bytea[])
         AS e (event_id, type, version, data, previous_hash, hash)
    ORDER BY version
), chained AS (
    UPDATE event_chain SET hash = $14, length = length + cardinality($1::uuid[]) WHERE chain_id = $11
)
INSERT INTO event_head (aggregate_id, version, changed_at) VALUES ($5, $15, $7)
ON CONFLICT (aggregate_id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at
"""


class Announcing(Protocol):
    """An aggregate as it was loaded."""

    @property
    def id(self) -> UUID:
        """Its identifier, which its events carry."""
        ...

    @property
    def version(self) -> int:
        """The number of events it had when it was loaded."""
        ...

    @property
    def partnership_id(self) -> UUID | None:
        """The partnership that it belongs to, whose chain its events are sealed into."""
        ...


async def announce(tx: Transaction, events: Sequence[Event], *, of: Announcing) -> None:
    """Log events of one aggregate; the relay publishes them after the commit.

    Raises:
        Defect: an event is another aggregate's, or too large.
    """
    if not events:
        return
    chain_id = of.partnership_id or of.id
    previous: bytes = await tx.fetchval(_LOCK_CHAIN, chain_id, GENESIS)
    rows: list[tuple[UUID, str, int, str, bytes, bytes]] = []
    for version, event in enumerate(events, start=of.version + 1):
        if event.aggregate_id != of.id:
            raise Defect(f"{type(event).__name__} does not belong to the aggregate {of.id}")
        data = event.model_dump_json()
        if len(data.encode()) > MAX_EVENT_BYTES:
            raise Defect(f"{type(event).__name__} takes more than {MAX_EVENT_BYTES} bytes")
        event_id = new_id()
        sealed = link(previous, event_id, event.subject, of.id, version, data)
        rows.append((event_id, event.subject, version, data, previous, sealed))
        previous = sealed
    ids, subjects, versions, bodies, before, after = (list(column) for column in zip(*rows, strict=True))
    await tx.execute(
        _WRITE,
        ids,
        subjects,
        versions,
        bodies,
        of.id,
        of.partnership_id,
        clock.now(),
        tx.actor.person_id if tx.actor else None,
        tx.actor.organization_id if tx.actor else None,
        tracing.current(),
        chain_id,
        before,
        after,
        previous,
        of.version + len(rows),
    )
    tx.announces = True


def link(previous: bytes, event_id: UUID, subject: str, aggregate_id: UUID, version: int, data: str) -> bytes:
    """The hash that seals one row to the one before it in its chain (SHA-256 over length-prefixed fields)."""
    digest = hashlib.sha256(previous)
    for field in (event_id.bytes, subject.encode(), aggregate_id.bytes, str(version).encode(), data.encode()):
        digest.update(len(field).to_bytes(4, "big"))
        digest.update(field)
    return digest.digest()
