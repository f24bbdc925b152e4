"""Read an owner's log by request and reply: whoever missed something, or rebuilds a projection, reads the truth itself.

It works while JetStream does not, and only what is missing travels, to the one who misses it.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from shared.backbone.relay import COLUMNS, envelope_of
from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Trouble
from shared.kit.database import Database, transaction

logger = structlog.get_logger()

ANSWER_SECONDS = 5.0

# Keeps a reply under NATS' 1 MiB, events being 64 kB at most and usually under 1 kB.
READ_LIMIT = 2_000
READ_BYTES = 700_000

HEADS_LIMIT = 5_000

# A digest of 2,000 heads takes about 100 kB, a tenth of what NATS carries in one message.
PAGE = 2_000

RECENT = """
SELECT aggregate_id, version FROM event_head WHERE changed_at > now() - interval '15 minutes'
ORDER BY changed_at DESC LIMIT $1
"""

Heads = dict[UUID, int]
"""The last version of each aggregate."""

# By aggregate and version, never by `seq`: transactions commit out of order, and a page would skip those that come late.
_FOLLOWING = f"""
SELECT {COLUMNS} FROM event_log
WHERE (aggregate_id, version) > ($1, $2) AND type ^@ ANY($3::text[]) ORDER BY aggregate_id, version LIMIT {READ_LIMIT}
"""

_OF_AGGREGATE = f"""
SELECT {COLUMNS} FROM event_log
WHERE aggregate_id = $1 AND version > $2 ORDER BY version LIMIT {READ_LIMIT}
"""

_HEADS_BEFORE = f"""
SELECT aggregate_id, max(version) AS version FROM event_log WHERE aggregate_id > $1 AND epoch < $2
GROUP BY aggregate_id ORDER BY aggregate_id LIMIT {HEADS_LIMIT}
"""


def digest(epoch: int, rows: Sequence[Any]) -> dict[str, Any]:
    """Heads as they travel, with the epoch that they belong to."""
    return {"epoch": epoch, "heads": [[row["aggregate_id"].hex, row["version"]] for row in rows]}


class OwnerSilent(Trouble):
    """The owner does not read out its log now."""


class LogReader:
    """The owner's part: read out what others ask for. Every replica answers; a question goes to one of them."""

    def __init__(self, database: Database, client: Client, *, service: str) -> None:
        self._database = database
        self._client = client
        self._service = service

    async def answering(self, stack: AsyncExitStack) -> None:
        """Answer until the stack is left."""
        answers = {"read": self._read, "page": self._page, "heads": self._heads, "recent": self._recent}
        for name, answer in answers.items():
            subscription = await self._client.subscribe(
                f"entente.{self._service}.log.{name}", queue=self._service, cb=_replying(answer)
            )
            stack.push_async_callback(subscription.unsubscribe)

    async def _read(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        return await self._events(_OF_AGGREGATE, UUID(wanted["aggregate_id"]), int(wanted["after_version"]))

    async def _page(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        types = [str(it) for it in wanted["types"]]
        return await self._events(_FOLLOWING, UUID(wanted["aggregate_id"]), int(wanted["version"]), types)

    async def _heads(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        async with transaction(self._database, actor=None) as tx:
            rows = await tx.fetch(_HEADS_BEFORE, UUID(wanted["after"]), int(wanted["before_epoch"]))
            epoch = await tx.fetchval("SELECT epoch FROM relay_state")
        return digest(epoch, rows)

    async def _recent(self, _wanted: Mapping[str, Any]) -> dict[str, Any]:
        async with transaction(self._database, actor=None) as tx:
            rows = await tx.fetch(RECENT, PAGE)
            return digest(await tx.fetchval("SELECT epoch FROM relay_state"), rows)

    async def _events(self, question: str, *values: Any) -> dict[str, Any]:
        async with transaction(self._database, actor=None) as tx:
            rows = await tx.fetch(question, *values)
            epoch = await tx.fetchval("SELECT epoch FROM relay_state")
        events: list[dict[str, Any]] = []
        size = 0
        for row in rows:
            event = {"headers": envelope_of(row, self._service, epoch).headers(), "data": row["data"]}
            size += sum(len(name) + len(value) + 8 for name, value in event["headers"].items()) + len(
                row["data"]
            )
            if size > READ_BYTES and events:
                break
            events.append(event)
        return {"events": events}


class OwnersLog:
    """The reader's part: the log of one producer, as it answers for it."""

    def __init__(self, client: Client, *, source: str) -> None:
        self._client = client
        self._source = source

    async def of_aggregate(self, aggregate_id: UUID, after: int) -> AsyncIterator[Sequence[Envelope]]:
        """The events of one aggregate after a version, page by page.

        Raises:
            OwnerSilent: it does not answer.
        """
        while True:
            events = await self._ask_events("read", aggregate_id=str(aggregate_id), after_version=after)
            if not events:
                return
            yield events
            after = events[-1].version

    async def whole(self, types: Collection[str]) -> AsyncIterator[Sequence[Envelope]]:
        """Every event of these types, in the order of aggregates and versions, page by page.

        In all their versions: whoever meets one that he does not know must not pass over it.

        Raises:
            OwnerSilent: it does not answer.
        """
        aggregate_id, version = UUID(int=0), 0
        beginnings = sorted({f"{it.rpartition('.')[0]}." for it in types})
        while True:
            events = await self._ask_events(
                "page", aggregate_id=str(aggregate_id), version=version, types=beginnings
            )
            if not events:
                return
            yield events
            aggregate_id, version = events[-1].aggregate_id, events[-1].version

    async def heads_before(self, epoch: int) -> Heads:
        """What the owner had when this epoch began: the point that its database was restored to.

        Raises:
            OwnerSilent: it does not answer.
        """
        heads: Heads = {}
        after = UUID(int=0)
        while page := (await self._ask("heads", after=str(after), before_epoch=epoch))["heads"]:
            heads |= {UUID(hex=aggregate): version for aggregate, version in page}
            after = UUID(hex=page[-1][0])
        return heads

    async def recent(self) -> dict[str, Any]:
        """The digest of what changed lately.

        Raises:
            OwnerSilent: it does not answer.
        """
        return await self._ask("recent")

    async def epoch(self) -> int:
        """The epoch that the owner is in.

        Raises:
            OwnerSilent: it does not answer.
        """
        return int((await self._ask("heads", after=str(UUID(int=0)), before_epoch=0))["epoch"])

    async def _ask_events(self, what: str, **wanted: Any) -> Sequence[Envelope]:
        events = (await self._ask(what, **wanted))["events"]
        return [Envelope.read(it["headers"], it["data"].encode()) for it in events]

    async def _ask(self, what: str, **wanted: Any) -> dict[str, Any]:
        try:
            answer = await self._client.request(
                f"entente.{self._source}.log.{what}", json.dumps(wanted).encode(), timeout=ANSWER_SECONDS
            )
        except (NatsError, TimeoutError) as error:
            raise OwnerSilent(f"{self._source} does not read out its log: {type(error).__name__}") from error
        answered: dict[str, Any] = json.loads(answer.data)
        if "error" in answered:
            raise OwnerSilent(f"{self._source} could not read out its log: {answered['error']}")
        return answered


def _replying(
    answer: Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]],
) -> Callable[[Any], Awaitable[None]]:
    async def reply(message: Any) -> None:
        try:
            content = await answer(json.loads(message.data))
        except (ValueError, KeyError, TypeError):
            content = {"error": "unreadable request"}
        except Trouble as trouble:
            content = {"error": str(trouble)}
        await message.respond(json.dumps(content).encode())

    return reply
