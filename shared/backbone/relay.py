"""Publish the event log to JetStream: in order, many at once, by one leader per service.

What waits is what is not marked as published; never a cursor on `seq`, because transactions commit out of order and
a cursor skips those that come late. The stream is a cache: of what it lost, the newest events are unmarked and sent again;
readers that miss older ones learn of the loss, and read them from the log.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.backbone import healing
from shared.backbone.publishing import BATCH, Outgoing, Publisher
from shared.backbone.streams import Stream
from shared.contracts.envelope import Envelope
from shared.kit import metrics
from shared.kit.database import TROUBLES, Database

logger = structlog.get_logger()

# One advisory lock per database is enough: each service has its own.
_LEADER_LOCK = 0x656E74656E7465

# Fallback when a wake-up was lost.
POLL_SECONDS = 1.0

# Marks are written together: one for each event took more time than publishing it. One that is lost is made again by
# publishing once more, which JetStream recognises by its id; so they do not wait for the disk either.
MARK_SECONDS = 0.05

# How often the stream is compared with what was sent to it.
HEAL_SECONDS = 30.0

TROUBLE_PAUSE_SECONDS = 0.5

# Longer than a leader ever waits for NATS between two questions.
LEADER_SILENT_FOR = "15s"

COLUMNS = """seq, event_id, type, aggregate_id, version, partnership_id, occurred_at, actor_person, actor_organization,
             traceparent, data"""

# Read from a floor that is no cursor: nothing can come below it any more, because everything that was writing when its
# row was seen has ended: each had its number before this look took one, because announce() writes elsewhere first. Without it, each look would pass every row that was marked while some old transaction (a dump,
# an idle session) keeps PostgreSQL from cleaning up: at 130,000 of those, 100 ms instead of 2.
_NEW = f"""
SELECT {COLUMNS}, emissions,
       (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint) AS oldest_writer,
       (SELECT pg_current_xact_id()::text::bigint) AS next_writer
FROM event_log
WHERE published_at IS NULL AND emissions = 0 AND seq > $2 AND seq <> ALL($1::bigint[]) ORDER BY seq LIMIT {BATCH}
"""

# What a stream has lost comes after what was never published: readers mostly have it, and nobody waits for it.
_AGAIN = f"""
SELECT {COLUMNS}, emissions FROM event_log
WHERE published_at IS NULL AND emissions > 0 AND seq <> ALL($1::bigint[]) ORDER BY seq LIMIT $2
"""

# By its indexes, always: what is planned while the log is small would otherwise read all of it once it is large.
_PLANS = {"enable_seqscan": "off", "enable_sort": "off"}

# A place in the stream that was another event's is the word of a stream that was rolled back: it has lost that one, even
# if it has grown past it meanwhile.
_MARK = """
WITH sent AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS s (seq, stream_seq)
), replaced AS (
    UPDATE event_log SET published_at = NULL, stream_seq = NULL
    FROM sent
    WHERE event_log.stream_number = $3 AND event_log.stream_seq = sent.stream_seq AND event_log.seq <> sent.seq
    RETURNING event_log.seq
), marked AS (
    UPDATE event_log
    SET published_at = now(), stream_number = $3, stream_seq = sent.stream_seq, emissions = emissions + 1
    FROM sent WHERE event_log.seq = sent.seq
)
SELECT count(*) FROM replaced
"""


class Relay:
    """The publisher of one service's log. Run one in every process: they agree on a leader."""

    def __init__(
        self,
        database: Database,
        client: Client,
        *,
        service: str,
        replicas: int = 1,
        syncs_always: bool = False,
        lost: asyncio.Event | None = None,
    ) -> None:
        """`lost` is set when the stream is found to have lost something."""
        self._database = database
        self._client = client
        self._publisher = Publisher(client, syncs_always=syncs_always)
        self._service = service
        self._stream = Stream(service, replicas=replicas)
        self._wake_subject = f"entente.{service}.wake"
        self._lost = lost or asyncio.Event()
        self._epoch = 1
        self._stream_number = 0
        metrics.relay_interruptions_total.labels(service)
        self._unmarked: dict[int, int] = {}
        """What was published and not marked yet: `seq`, and where it is in the stream."""
        self._refilling = True
        """Whether there may be something that a stream has lost."""
        self._floor = 0
        self._seen: tuple[int, int] | None = None
        """A row that may become the floor, and the first transaction that was not writing yet when it was seen."""

    async def run(self) -> None:
        """Lead or follow until cancelled; outlives the failures of both servers."""
        woken = self._database.announced
        subscription = await self._client.subscribe(self._wake_subject, cb=self._on_wake)
        try:
            while True:
                try:
                    async with self._leadership() as leading:
                        if leading is not None:
                            await self._lead(leading)
                    # Somebody else leads: tell him that there is something, then ask again.
                    if await _set_within(woken, POLL_SECONDS):
                        woken.clear()
                        await self._client.publish(self._wake_subject)
                except (*TROUBLES, NatsError, asyncpg.PostgresError) as error:
                    logger.warning("relay_interrupted", reason=type(error).__name__)
                    metrics.relay_interruptions_total.labels(self._service).inc()
                    await asyncio.sleep(TROUBLE_PAUSE_SECONDS)
        finally:
            await subscription.unsubscribe()

    async def _on_wake(self, _message: Any) -> None:
        self._database.announced.set()

    @asynccontextmanager
    async def _leadership(self) -> AsyncGenerator[Any | None]:
        """A connection that holds the leader's lock, or None. The lock falls with the connection, so with the process."""
        connection = await asyncpg.connect(
            self._database.url,
            timeout=5,
            command_timeout=30,
            # It asks something every few seconds. A leader whose process stands still would keep the lock without leading.
            server_settings={
                "synchronous_commit": "off",
                "idle_session_timeout": LEADER_SILENT_FOR,
                **_PLANS,
            },
        )
        try:
            leads = await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LEADER_LOCK)
            metrics.relay_leader.labels(self._service).set(1 if leads else 0)
            yield connection if leads else None
        finally:
            metrics.relay_leader.labels(self._service).set(0)
            await connection.close(timeout=2)

    async def _lead(self, connection: Any) -> None:
        loop = asyncio.get_running_loop()
        healed_at, reconnects, mark_at = float("-inf"), 0, float("inf")
        self._unmarked.clear()
        while True:
            # Behind a connection that was lost, there may be another server, or the same with less.
            if loop.time() - healed_at > HEAL_SECONDS or reconnects != self._client.stats["reconnects"]:
                reconnects = self._client.stats["reconnects"]
                await self._heal(connection)
                healed_at = loop.time()
            self._database.announced.clear()
            while await self._publish_batch(connection):
                pass
            if not self._unmarked:
                mark_at = float("inf")
            elif mark_at == float("inf"):
                mark_at = loop.time() + MARK_SECONDS
            await _set_within(self._database.announced, min(POLL_SECONDS, mark_at - loop.time()))
            if loop.time() >= mark_at:
                await self._mark(connection)
                mark_at = float("inf")

    async def _publish_batch(self, connection: Any) -> bool:
        """Publish what waits; True when there may be more."""
        rows: list[Any] = await connection.fetch(_NEW, list(self._unmarked), self._floor)
        if rows:
            self._raise_floor(rows)
        if self._refilling and len(rows) < BATCH:
            again = await connection.fetch(_AGAIN, list(self._unmarked), BATCH - len(rows))
            self._refilling = bool(again)
            rows += again
        metrics.events_waiting.labels(self._service).set(len(rows))
        if not rows:
            return False
        publishing = asyncio.create_task(self._publisher.publish([self._outgoing(row) for row in rows]))
        try:
            if len(self._unmarked) >= BATCH:
                # Those before, while these travel.
                await self._mark(connection)
            acknowledged = await publishing
        finally:
            publishing.cancel()
        self._unmarked.update(acknowledged)
        metrics.events_published_total.labels(self._service).inc(len(acknowledged))
        if len(acknowledged) < len(rows):
            await self._mark(connection)
            raise NatsError("some publishes were not acknowledged")
        return len(rows) == BATCH

    def _raise_floor(self, rows: Sequence[Any]) -> None:
        """Forget what is below the row that was seen, once it is all written and nothing new of it waits any more."""
        if self._seen is not None:
            seq, next_writer = self._seen
            if rows[0]["oldest_writer"] < next_writer or rows[0]["seq"] <= seq:
                return
            self._floor = seq
        self._seen = rows[-1]["seq"], rows[0]["next_writer"]

    def _outgoing(self, row: Any) -> Outgoing:
        message = envelope_of(row, self._service, self._epoch)
        # A re-emission must not look like a repeated publish, or the duplicate window would swallow it.
        msg_id = f"{message.event_id}.{self._epoch}.{row['emissions']}"
        return Outgoing(row["seq"], message.type, message.data, message.headers() | {"Nats-Msg-Id": msg_id})

    async def _mark(self, connection: Any) -> None:
        if self._unmarked:
            lost = await connection.fetchval(
                _MARK, list(self._unmarked), list(self._unmarked.values()), self._stream_number
            )
            self._unmarked.clear()
            if lost:
                await healing.count_loss(connection)
                self._report_lost(lost)

    async def _heal(self, connection: Any) -> None:
        """Compare the stream with what was sent to it, and unmark what it no longer holds."""
        # What is marked only later would be marked with a place in a stream that may not exist any more.
        await self._mark(connection)
        # Somebody else may have unmarked something; this looks at all of it, now and then.
        self._floor, self._seen, self._refilling = 0, None, True
        found = await healing.compare(connection, self._client, self._stream)
        self._epoch, self._stream_number = found.epoch, found.stream_number
        if found.lost is not None:
            self._report_lost(found.lost)

    def _report_lost(self, count: int) -> None:
        self._refilling = True
        self._lost.set()
        metrics.events_republished_total.labels(self._service).inc(count)
        logger.warning("stream_lost_events", stream=self._stream.name, count=count)


def envelope_of(row: Any, service: str, epoch: int) -> Envelope:
    """The message that a row of the log is published as."""
    return Envelope(
        event_id=row["event_id"],
        source=f"urn:entente:{service}",
        type=row["type"],
        occurred_at=row["occurred_at"],
        aggregate_id=row["aggregate_id"],
        version=row["version"],
        epoch=epoch,
        partnership_id=row["partnership_id"],
        actor_person=row["actor_person"],
        actor_organization=row["actor_organization"],
        traceparent=row["traceparent"],
        data=row["data"].encode(),
    )


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
