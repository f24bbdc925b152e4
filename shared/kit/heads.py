"""Heads: how a lost tail shows. A gap in versions reveals a loss in the middle; nothing reveals a lost last event.

Every owner tells, now and then, the version of each of its aggregates. A consumer that stays behind reads what it
misses from the owner's log, by request and reply: only what is missing travels, to the one who misses it, and it works
while JetStream does not.
"""

import asyncio
import json
from typing import Any
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Trouble
from shared.kit import metrics
from shared.kit.consumer import Consumer
from shared.kit.database import Database, transaction
from shared.kit.relay import COLUMNS, envelope_of

logger = structlog.get_logger()

DIGEST_SECONDS = 30.0

# A digest of 2,000 heads takes about 100 kB, a tenth of what NATS carries in one message.
PAGE = 2_000

# What is in flight arrives well within this; only who is still behind afterwards has lost something.
GRACE_SECONDS = 3.0

# Keeps a reply under NATS' 1 MiB, events being 64 kB at most and usually under 1 kB.
READ_LIMIT = 200
READ_BYTES = 700_000

_RECENT = """
SELECT aggregate_id, version FROM event_head WHERE changed_at > now() - interval '15 minutes'
ORDER BY changed_at DESC LIMIT $1
"""

_FOLLOWING = (
    "SELECT aggregate_id, version FROM event_head WHERE aggregate_id > $1 ORDER BY aggregate_id LIMIT $2"
)

_LOG = f"SELECT {COLUMNS} FROM event_log WHERE aggregate_id = $1 AND version > $2 ORDER BY version LIMIT $3"


class Owner:
    """The owner's part: tell the heads, and read out the log to whoever missed something."""

    def __init__(self, database: Database, client: Client, *, service: str) -> None:
        self._database = database
        self._client = client
        self._service = service
        self._last = UUID(int=0)

    async def run(self) -> None:
        """Tell the heads until cancelled: those that changed lately, and one more page of the others each time."""
        subscription = await self._client.subscribe(
            f"entente.{self._service}.log.read", queue=self._service, cb=self._read_out
        )
        try:
            while True:
                try:
                    await self._tell()
                except (Trouble, NatsError) as error:
                    logger.warning("digest_interrupted", reason=type(error).__name__)
                await asyncio.sleep(DIGEST_SECONDS)
        finally:
            await subscription.unsubscribe()

    async def _tell(self) -> None:
        async with transaction(self._database, actor=None) as tx:
            recent = await tx.fetch(_RECENT, PAGE)
            page = await tx.fetch(_FOLLOWING, self._last, PAGE)
        self._last = page[-1]["aggregate_id"] if len(page) == PAGE else UUID(int=0)
        for rows in (recent, page):
            if rows:
                heads = [[row["aggregate_id"].hex, row["version"]] for row in rows]
                await self._client.publish(f"entente.{self._service}.digest", json.dumps(heads).encode())

    async def _read_out(self, message: Any) -> None:
        try:
            wanted = json.loads(message.data)
            aggregate_id, after = UUID(wanted["aggregate_id"]), int(wanted["after_version"])
        except (ValueError, KeyError, TypeError):
            await message.respond(b'{"error": "unreadable request"}')
            return
        async with transaction(self._database, actor=None) as tx:
            rows = await tx.fetch(_LOG, aggregate_id, after, READ_LIMIT)
            epoch = await tx.fetchval("SELECT epoch FROM relay_state")
        events: list[dict[str, Any]] = []
        size = 0
        for row in rows:
            size += len(row["data"])
            if size > READ_BYTES:
                break
            events.append({"headers": envelope_of(row, self._service, epoch).headers(), "data": row["data"]})
        await message.respond(json.dumps({"events": events}).encode())


class Follower:
    """The consumer's part: notice that it stays behind, and read what it misses from the owner."""

    def __init__(
        self, client: Client, consumer: Consumer, *, reader: str, grace_seconds: float = GRACE_SECONDS
    ) -> None:
        self._client = client
        self._consumer = consumer
        self._reader = reader
        self._grace_seconds = grace_seconds

    async def run(self) -> None:
        """Listen to the owner's digests until cancelled."""
        subscription = await self._client.subscribe(
            f"entente.{self._consumer.source}.digest", queue=self._reader, pending_msgs_limit=64
        )
        try:
            async for message in subscription.messages:
                try:
                    await self._compare(message.data)
                except (Trouble, NatsError, TimeoutError) as error:
                    # The next digest tries again: that is the back-off.
                    logger.warning(
                        "recovery_interrupted", source=self._consumer.source, reason=type(error).__name__
                    )
                except Exception:
                    logger.exception("digest_not_usable", source=self._consumer.source)
        finally:
            await subscription.unsubscribe()

    async def _compare(self, digest: bytes) -> None:
        heads = [(UUID(hex=aggregate), int(version)) for aggregate, version in json.loads(digest)]
        if not await self._consumer.behind(heads):
            return
        await asyncio.sleep(self._grace_seconds)
        for aggregate_id, version in await self._consumer.behind(heads):
            try:
                await self._recover(aggregate_id, version)
            except (Trouble, NatsError, TimeoutError):
                raise
            except Exception:
                # Poison again, which the consumer put aside when it first came: it holds back nobody else.
                logger.exception("event_not_applicable", source=self._consumer.source)

    async def _recover(self, aggregate_id: UUID, after: int) -> None:
        source = self._consumer.source
        while True:
            question = json.dumps({"aggregate_id": str(aggregate_id), "after_version": after}).encode()
            answer = await self._client.request(f"entente.{source}.log.read", question, timeout=5)
            events = json.loads(answer.data).get("events", [])
            if not events:
                return
            envelopes = [Envelope.read(it["headers"], it["data"].encode()) for it in events]
            await self._consumer.apply(envelopes)
            metrics.events_recovered_total.labels(self._reader, source).inc(len(envelopes))
            after = envelopes[-1].version
