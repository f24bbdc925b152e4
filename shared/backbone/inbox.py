"""Apply events once and in order, in the transaction of their effects. SQL only: the consumer brings the messages.

Of each aggregate only the version that follows its head is applied. What is early is parked, what is known is ignored.
Deduplicating by event id alone applied one event in seven out of order.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Defect, TooEarly, Trouble
from shared.kit.database import CONFLICTS, TROUBLES, Transaction

# Touching each head locks it, so that two replicas never work on the same aggregate; sorted against deadlocks. The
# epoch is read by the same statement: whoever follows the producer into a new one has locked the heads before.
_LOCK_HEADS = """
INSERT INTO inbox_head (source, aggregate_id, version)
SELECT $1, id, 0 FROM unnest($2::uuid[]) AS ids (id) ORDER BY id
ON CONFLICT (source, aggregate_id) DO UPDATE SET version = inbox_head.version
RETURNING aggregate_id, version, (SELECT epoch FROM inbox_source WHERE source = $1) AS epoch
"""

# Another replica may have been faster.
_FIRST_EPOCH = """
INSERT INTO inbox_source (source, epoch) VALUES ($1, $2)
ON CONFLICT (source) DO UPDATE SET epoch = inbox_source.epoch RETURNING epoch
"""

# Together with what was parked right behind the events that are now applied: it may follow. What waits behind a gap stays
# where it is. Asked only here, with the heads locked, so that what another replica has just parked is seen.
_SAVE_HEADS = """
WITH moved AS (
    SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS m (aggregate_id, version)
), saved AS (
    UPDATE inbox_head SET version = moved.version
    FROM moved WHERE inbox_head.source = $1 AND inbox_head.aggregate_id = moved.aggregate_id
), waiting AS (
    SELECT aggregate_id, parked.version, moved.version AS head,
           count(*) FILTER (WHERE parked.version > moved.version)
               OVER (PARTITION BY aggregate_id ORDER BY parked.version) AS place
    FROM inbox_parked AS parked JOIN moved USING (aggregate_id)
    WHERE parked.source = $1
)
DELETE FROM inbox_parked USING waiting
WHERE inbox_parked.source = $1 AND inbox_parked.aggregate_id = waiting.aggregate_id
  AND inbox_parked.version = waiting.version AND waiting.version <= waiting.head + waiting.place
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
  AND NOT EXISTS (
      SELECT FROM inbox_parked AS next
      WHERE (next.source, next.aggregate_id, next.version) = ($1, told.aggregate_id, inbox_head.version + 1)
  )
"""

# Known by its content: positions in the stream begin again when it is wiped, and a message may come several times. One
# that was applied may fail when it comes again, after its producer was restored, and one that waits can then be applied only
# as it is published in the new epoch.
_QUARANTINE = """
INSERT INTO quarantine (source, subject, stream_seq, aggregate_id, version, headers, data, reason, fingerprint)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (source, fingerprint) DO UPDATE
SET headers = excluded.headers, reason = excluded.reason, resolved_at = NULL, resolution = NULL
WHERE quarantine.resolution = 'applied'
   OR (quarantine.resolved_at IS NULL AND quarantine.headers ->> 'ce-epoch' <> excluded.headers ->> 'ce-epoch')
"""

# Those whose next event is here: what it needs had not come.
_EARLY = """
SELECT parked.headers, parked.data
FROM inbox_parked AS parked JOIN inbox_head AS head USING (source, aggregate_id)
WHERE parked.source = $1 AND parked.version = head.version + 1 AND parked.aggregate_id > $2
ORDER BY parked.aggregate_id LIMIT $3
"""

_UNPARK = "DELETE FROM inbox_parked WHERE source = $1 AND aggregate_id = $2 AND version = $3"

# A reader that was upgraded, or repaired, may have applied since what it once put aside.
_RESOLVE = """
UPDATE quarantine SET resolved_at = now(), resolution = 'applied'
FROM unnest($2::uuid[], $3::bigint[]) AS applied (aggregate_id, version)
WHERE quarantine.source = $1 AND quarantine.resolved_at IS NULL
  AND quarantine.aggregate_id = applied.aggregate_id AND quarantine.version = applied.version
"""


class NotApplicable(Exception):
    """A reaction to one event failed, and would again. It may be another event than the one that was received: one that
    was parked behind it.
    """

    def __init__(self, envelope: Envelope, cause: Exception) -> None:
        super().__init__(f"{type(cause).__name__}: {cause}"[:500])
        self.envelope = envelope
        self.unforeseen = None if isinstance(cause, Defect) else cause
        """What a log should show; nothing where we say ourselves that we cannot read it."""


class SourceRestored(Trouble):
    """The producer was restored to an earlier point; its events can be applied once it is followed there."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"epoch {epoch}")
        self.epoch = epoch


@dataclass
class Applied:
    """What became of a batch."""

    applied: list[Envelope] = field(default_factory=list)
    ignored: int = 0
    early: set[UUID] = field(default_factory=set[UUID])
    """The ids of events that are parked because what they need has not come."""


async def apply(
    tx: Transaction,
    source: str,
    batch: Iterable[Envelope],
    subscribers: Subscribers,
    *,
    careful: bool = False,
) -> Applied:
    """Apply a batch of one producer's events, in the order of their versions.

    `careful` undoes an event alone that came before what it needs, and parks it; that takes two round trips for each event.

    Whatever it raises, the transaction is then to be rolled back as a whole. Only of a batch of one it is certain which
    event has failed: the writes of several may have been sent together.

    Raises:
        NotApplicable: a reaction failed.
        TooEarly: what a reaction needs has not come, and nobody said to be careful.
        SourceRestored: an event was published in a later epoch than the one that is followed here.
    """
    received = list(batch)
    if not received:
        return Applied()
    rows = await tx.fetch(_LOCK_HEADS, source, list({it.aggregate_id for it in received}))
    heads: dict[UUID, int] = {row["aggregate_id"]: row["version"] for row in rows}
    envelopes = await _of_present_epoch(tx, source, received, rows[0]["epoch"])
    outcome = Applied(ignored=len(received) - len(envelopes))
    while envelopes:
        moved: dict[UUID, Envelope] = {}
        for envelope in sorted(envelopes, key=lambda it: it.version):
            head = heads[envelope.aggregate_id]
            if envelope.version <= head:
                outcome.ignored += 1
                continue
            if envelope.version == head + 1:
                if not careful:
                    await _react(subscribers, envelope, tx, at_once=len(received) == 1)
                elif not await _react_carefully(subscribers, envelope, tx):
                    outcome.early.add(envelope.event_id)
            if envelope.version > head + 1 or envelope.event_id in outcome.early:
                tx.later(
                    _PARK, source, envelope.aggregate_id, envelope.version, envelope.headers(), envelope.data
                )
                continue
            outcome.applied.append(envelope)
            heads[envelope.aggregate_id] = envelope.version
            moved[envelope.aggregate_id] = envelope
        envelopes = await _save_heads(tx, source, moved) if moved else []
    return outcome


async def _react(subscribers: Subscribers, envelope: Envelope, tx: Transaction, *, at_once: bool) -> None:
    try:
        await subscribers.react(envelope, tx)
        if at_once:
            await tx.flush()
    except (Trouble, *TROUBLES, *CONFLICTS):
        raise
    except Exception as error:
        raise NotApplicable(envelope, error) from error


async def _react_carefully(subscribers: Subscribers, envelope: Envelope, tx: Transaction) -> bool:
    await tx.execute("SAVEPOINT reaction")
    try:
        await _react(subscribers, envelope, tx, at_once=True)
    except TooEarly:
        await tx.execute("ROLLBACK TO SAVEPOINT reaction")
        return False
    await tx.execute("RELEASE SAVEPOINT reaction")
    return True


async def _of_present_epoch(
    tx: Transaction, source: str, received: list[Envelope], epoch: int | None
) -> list[Envelope]:
    latest = max(it.epoch for it in received)
    if epoch is None:
        epoch = await tx.fetchval(_FIRST_EPOCH, source, latest)
    if latest > (epoch or 0):
        raise SourceRestored(latest)
    # What the producer published before it was restored may never have happened; what it kept it publishes again.
    return [it for it in received if it.epoch == epoch]


async def epoch_of(tx: Transaction, source: str) -> int | None:
    """The epoch of a producer that is followed here; None before its first event."""
    return await tx.fetchval("SELECT epoch FROM inbox_source WHERE source = $1", source)


async def early(tx: Transaction, source: str, after: UUID, limit: int) -> list[Envelope]:
    """Parked events that nothing is missing before, one of each aggregate, in the order of their aggregates."""
    rows = await tx.fetch(_EARLY, source, after, limit)
    return [Envelope.read(row["headers"], row["data"]) for row in rows]


async def count_parked(tx: Transaction, source: str) -> int:
    """How many of a producer's events wait for an earlier one."""
    return await tx.fetchval("SELECT count(*) FROM inbox_parked WHERE source = $1", source)


async def behind(tx: Transaction, source: str, heads: Mapping[UUID, int]) -> dict[UUID, int]:
    """Of the heads that an owner told, those whose next event has not come, each with the version that we have."""
    rows = await tx.fetch(_BEHIND, source, list(heads), list(heads.values()))
    return {row["aggregate_id"]: row["version"] for row in rows}


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
) -> bool:
    """Keep a message that nobody can apply, with the reason, until somebody can or an operator decides.

    Whether it did not wait there already.
    """
    aggregate_id = envelope.aggregate_id if envelope else None
    version = envelope.version if envelope else None
    # PostgreSQL's text holds no NUL, and what nobody can read is the last thing that may fail here.
    headers = {name.replace("\0", "\ufffd"): value.replace("\0", "\ufffd") for name, value in headers.items()}
    reason = reason.replace("\0", "\ufffd")
    fingerprint = hashlib.sha256(
        b"\0".join((subject.encode(), headers.get("ce-id", "").encode(), data))
    ).digest()
    inserted = await tx.execute(
        _QUARANTINE, source, subject, stream_seq, aggregate_id, version, headers, data, reason, fingerprint
    )
    await tx.execute(_UNPARK, source, aggregate_id, version)
    return inserted == "INSERT 0 1"


async def quarantine_event(tx: Transaction, source: str, envelope: Envelope, reason: str) -> bool:
    """The same for what did not come from the stream just now: it was parked, or read from the owner's log."""
    return await quarantine(
        tx,
        source,
        subject=envelope.type,
        stream_seq=None,
        headers=envelope.headers(),
        data=envelope.data,
        reason=reason,
        envelope=envelope,
    )


async def resolve(tx: Transaction, source: str, applied: Sequence[Envelope]) -> None:
    """Close what was put aside and is applied now."""
    ids, versions = [it.aggregate_id for it in applied], [it.version for it in applied]
    await tx.execute(_RESOLVE, source, ids, versions)


async def _save_heads(tx: Transaction, source: str, moved: dict[UUID, Envelope]) -> list[Envelope]:
    versions = [it.version for it in moved.values()]
    rows: list[Any] = await tx.fetch(_SAVE_HEADS, source, list(moved), versions)
    return [Envelope.read(row["headers"], row["data"]) for row in rows]
