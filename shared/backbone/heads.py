"""Heads: how a lost tail shows. A gap in versions reveals a loss in the middle; nothing reveals a lost last event.

Every owner tells, now and then, the version of each of its aggregates. A consumer that stays behind reads what it
misses from the owner's log.
"""

import asyncio
import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.backbone.back_off import BackOff
from shared.backbone.consumer import Consumer
from shared.backbone.inbox import NotApplicable
from shared.backbone.owners_log import PAGE, RECENT, LogReader, OwnerSilent, OwnersLog, digest
from shared.contracts.refusals import Trouble
from shared.kit import metrics
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

DIGEST_SECONDS = 30.0

# What is in flight arrives well within this; only who is still behind afterwards has lost something.
GRACE_SECONDS = 3.0

# So many aggregates in a row, and it is the database that is in trouble.
TROUBLES_IN_A_ROW = 3

_FOLLOWING = (
    "SELECT aggregate_id, version FROM event_head WHERE aggregate_id > $1 ORDER BY aggregate_id LIMIT $2"
)


class Owner:
    """The owner's part: tell the heads, and read out the log to whoever missed something."""

    def __init__(self, database: Database, client: Client, *, service: str) -> None:
        self._database = database
        self._client = client
        self._service = service
        self._last = UUID(int=0)

    async def run(self) -> None:
        """Tell the heads until cancelled: those that changed lately, and one more page of the others each time."""
        async with AsyncExitStack() as stack:
            await LogReader(self._database, self._client, service=self._service).answering(stack)
            while True:
                try:
                    await self._tell()
                except (Trouble, NatsError) as error:
                    logger.warning("digest_interrupted", reason=type(error).__name__)
                await asyncio.sleep(DIGEST_SECONDS)

    async def _tell(self) -> None:
        async with transaction(self._database, actor=None) as tx:
            epoch = await tx.fetchval("SELECT epoch FROM relay_state")
            recent = await tx.fetch(RECENT, PAGE)
            page = await tx.fetch(_FOLLOWING, self._last, PAGE)
        self._last = page[-1]["aggregate_id"] if len(page) == PAGE else UUID(int=0)
        for rows in (recent, page):
            if rows:
                content = json.dumps(digest(epoch, rows)).encode()
                await self._client.publish(f"entente.{self._service}.digest", content)


class Follower:
    """The consumer's part: notice that it stays behind, and read what it misses from the owner."""

    def __init__(
        self, client: Client, consumer: Consumer, *, reader: str, grace_seconds: float = GRACE_SECONDS
    ) -> None:
        self._client = client
        self._consumer = consumer
        self._log = OwnersLog(client, source=consumer.source)
        self._labels = (reader, consumer.source)
        self._reader = reader
        self._grace_seconds = grace_seconds
        self._back_off = BackOff[UUID]()
        self.recovered = 0
        """How many events were read from the owner's log."""

    async def run(self) -> None:
        """Ask the owner for a digest, then listen to those that it tells, until cancelled."""
        subscription = await self._client.subscribe(
            f"entente.{self._consumer.source}.digest", queue=self._reader, pending_msgs_limit=64
        )
        try:
            # Whoever has just started has missed some.
            await self._catch_up()
            async for message in subscription.messages:
                await self._catch_up(message.data)
        finally:
            await subscription.unsubscribe()

    async def _catch_up(self, told: bytes | None = None) -> None:
        try:
            await self._compare(await self._log.recent() if told is None else json.loads(told))
        except (Trouble, NatsError, TimeoutError) as error:
            # The next digest tries again: that is the back-off.
            logger.warning("recovery_interrupted", source=self._consumer.source, reason=type(error).__name__)
        except Exception:
            logger.exception("digest_not_usable", source=self._consumer.source)

    async def _compare(self, told: Mapping[str, Any]) -> None:
        heads = [(UUID(hex=aggregate), int(version)) for aggregate, version in told["heads"]]
        await self._consumer.follow_epoch(int(told["epoch"]))
        behind = await self._consumer.behind(heads)
        if behind:
            await asyncio.sleep(self._grace_seconds)
            behind = await self._consumer.behind(heads)
        metrics.events_behind.labels(*self._labels).set(len(behind))
        troubles = 0
        for aggregate_id, version in behind:
            if self._back_off.due(aggregate_id):
                try:
                    await self._recover(aggregate_id, version)
                    troubles = 0
                except OwnerSilent:
                    raise
                except Trouble:
                    # It may be this one's alone, in the way of another replica: the others do not wait for a digest.
                    troubles += 1
                    if troubles == TROUBLES_IN_A_ROW:
                        raise

    async def _recover(self, aggregate_id: UUID, after: int) -> None:
        try:
            async for events in self._log.of_aggregate(aggregate_id, after):
                await self._consumer.apply(events)
                self.recovered += len(events)
                metrics.events_recovered_total.labels(*self._labels).inc(len(events))
        except (Trouble, NatsError, TimeoutError):
            raise
        except NotApplicable:
            # The consumer has put it aside: it holds back nobody else.
            self._back_off.failed(aggregate_id)
        except Exception:
            logger.exception("recovery_failed", source=self._consumer.source)
            self._back_off.failed(aggregate_id)
        else:
            self._back_off.passed(aggregate_id)
