"""Heads: how a lost tail shows. A gap in versions reveals a loss in the middle; nothing reveals a lost last event.

Every owner tells, now and then, the version of each of its aggregates. A consumer that stays behind reads what it
misses from the owner's log. It asks for all of them when it starts, and when it hears that the stream has lost something.
"""

import asyncio
import contextlib
import json
from collections.abc import Generator, Mapping
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.backbone.back_off import BackOff
from shared.backbone.consumer import Consumer
from shared.backbone.inbox import NotApplicable
from shared.backbone.owners_log import STATE, Heads, LogReader, OwnerSilent, OwnersLog, digest, heads_of
from shared.contracts.refusals import Trouble
from shared.kit import metrics
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

DIGEST_SECONDS = 30.0

# A digest of 2,000 heads takes about 100 kB, a tenth of what NATS carries in one message.
PAGE = 2_000

# What is in flight arrives well within this; only who is still behind afterwards has lost something.
GRACE_SECONDS = 3.0

# Aggregates whose missing events are asked for, and applied, together.
TOGETHER = 200

# So many aggregates in a row, and it is the database that is in trouble.
TROUBLES_IN_A_ROW = 3

_RECENT = """
SELECT aggregate_id, version FROM event_head WHERE changed_at > now() - interval '15 minutes'
ORDER BY changed_at DESC LIMIT $1
"""

_FOLLOWING = "SELECT aggregate_id, version FROM event_head WHERE aggregate_id > $1 ORDER BY 1 LIMIT $2"


class Owner:
    """The owner's part: tell the heads, and read out the log to whoever missed something."""

    def __init__(
        self, database: Database, client: Client, *, service: str, lost: asyncio.Event | None = None
    ) -> None:
        """`lost` is set when the readers should be told at once."""
        self._database = database
        self._client = client
        self._service = service
        self._lost = lost or asyncio.Event()
        self._last = UUID(int=0)

    async def run(self) -> None:
        """Tell the heads until cancelled: those that changed lately, and one more page of the others each time."""
        async with AsyncExitStack() as stack:
            await LogReader(self._database, self._client, service=self._service).answering(stack)
            while True:
                self._lost.clear()
                try:
                    await self._tell()
                except (Trouble, NatsError) as error:
                    logger.warning("digest_interrupted", reason=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(DIGEST_SECONDS):
                        await self._lost.wait()

    async def _tell(self) -> None:
        async with transaction(self._database, actor=None) as tx:
            state = await tx.fetchrow(STATE)
            recent = await tx.fetch(_RECENT, PAGE)
            page = await tx.fetch(_FOLLOWING, self._last, PAGE)
        self._last = page[-1]["aggregate_id"] if len(page) == PAGE else UUID(int=0)
        for rows in (recent, page):
            if rows:
                content = json.dumps(digest(state, rows)).encode()
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
        self._losses: int | None = None
        """Of the stream, when all heads were compared last."""

    async def run(self) -> None:
        """Ask the owner for what was missed, then listen to the digests that it tells, until cancelled."""
        subscription = await self._client.subscribe(
            f"entente.{self._consumer.source}.digest", queue=self._reader, pending_msgs_limit=64
        )
        try:
            # An owner that is not there yet tells its heads when it comes.
            with self._going_on(), contextlib.suppress(OwnerSilent):
                await self._compare(await self._log.state())
            async for message in subscription.messages:
                with self._going_on():
                    await self._compare(json.loads(message.data))
        finally:
            await subscription.unsubscribe()

    @contextlib.contextmanager
    def _going_on(self) -> Generator[None]:
        try:
            yield
        except (Trouble, NatsError, TimeoutError) as error:
            # The next digest tries again: that is the back-off.
            logger.warning("recovery_interrupted", source=self._consumer.source, reason=type(error).__name__)
        except Exception:
            logger.exception("digest_not_usable", source=self._consumer.source)

    async def _compare(self, told: Mapping[str, Any]) -> None:
        await self._consumer.follow_epoch(int(told["epoch"]))
        await self._consumer.apply_early()
        losses = int(told["losses"])
        ahead = heads_of(told) if losses == self._losses else await self._all_ahead()
        behind = await self._consumer.behind(ahead)
        if behind:
            await asyncio.sleep(self._grace_seconds)
            behind = await self._consumer.behind({it: ahead[it] for it in behind})
        metrics.events_behind.labels(*self._labels).set(len(behind))
        due = [(it, known) for it, known in behind.items() if self._back_off.due(it)]
        for first in range(0, len(due), TOGETHER):
            await self._recover(dict(due[first : first + TOGETHER]))
        self._losses = losses

    async def _all_ahead(self) -> Heads:
        ahead: Heads = {}
        async for page in self._log.heads():
            ahead |= {it: page[it] for it in await self._consumer.behind(page)}
        return ahead

    async def _recover(self, known: Heads) -> None:
        try:
            await self._read_after(known)
        except OwnerSilent:
            raise
        except Exception:
            # One of them may be in the way: it holds back nobody else.
            await self._recover_one_by_one(known)

    async def _recover_one_by_one(self, known: Heads) -> None:
        troubles = 0
        for aggregate_id, version in known.items():
            try:
                await self._read_after({aggregate_id: version})
            except OwnerSilent:
                raise
            except (Trouble, NatsError, TimeoutError):
                # It may be this one's alone, in the way of another replica: the others do not wait for a digest.
                troubles += 1
                if troubles == TROUBLES_IN_A_ROW:
                    raise
            except Exception:
                logger.exception("recovery_failed", source=self._consumer.source)
                self._back_off.failed(aggregate_id)
            else:
                troubles = 0

    async def _read_after(self, known: Heads) -> None:
        passed = set(known)
        async for events in self._log.after(known):
            try:
                await self._consumer.apply(events)
            except NotApplicable as failed:
                # The consumer has put it aside. Those behind it are parked.
                self._back_off.failed(failed.envelope.aggregate_id)
                passed.discard(failed.envelope.aggregate_id)
            metrics.events_recovered_total.labels(*self._labels).inc(len(events))
        for aggregate_id in passed:
            self._back_off.passed(aggregate_id)
