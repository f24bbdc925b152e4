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

# Applied together, so that what is missing of many aggregates costs a few transactions.
MISSED_LIMIT = 500

Heads = dict[UUID, int]
"""The last version of each aggregate."""

# By aggregate and version, never by `seq`: transactions commit out of order, and a page would skip those that come late.
_FOLLOWING = f"""
SELECT {COLUMNS} FROM event_log
WHERE (aggregate_id, version) > ($1, $2) AND type ^@ ANY($3::text[]) ORDER BY aggregate_id, version LIMIT {READ_LIMIT}
"""

# Aggregate by aggregate through the index: joined as a whole, the history of a large one was read to its end.
_MISSED = f"""
SELECT missed.* FROM unnest($1::uuid[], $2::bigint[]) AS reader (id, known) CROSS JOIN LATERAL (
    SELECT {COLUMNS} FROM event_log WHERE aggregate_id = id AND version > known ORDER BY version LIMIT {MISSED_LIMIT}
) AS missed ORDER BY aggregate_id, version LIMIT {MISSED_LIMIT}
"""

_HEADS = f"""
SELECT aggregate_id, version FROM event_head WHERE aggregate_id > $1 ORDER BY aggregate_id LIMIT {HEADS_LIMIT}
"""

STATE = "SELECT epoch, losses FROM relay_state"

_HEADS_BEFORE = f"""
SELECT aggregate_id, max(version) AS version FROM event_log WHERE aggregate_id > $1 AND epoch < $2
GROUP BY aggregate_id ORDER BY aggregate_id LIMIT {HEADS_LIMIT}
"""


def digest(state: Mapping[str, Any], rows: Sequence[Any]) -> dict[str, Any]:
    """Heads as they travel, with the epoch that they belong to and the count of the stream's losses."""
    heads = [[row["aggregate_id"].hex, row["version"]] for row in rows]
    return {"epoch": state["epoch"], "losses": state["losses"], "heads": heads}


def heads_of(told: Mapping[str, Any]) -> Heads:
    """The heads in a digest."""
    return {UUID(hex=aggregate): int(version) for aggregate, version in told["heads"]}


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
        answers = {"read": self._read, "page": self._page, "heads": self._heads}
        for name, answer in answers.items():
            subscription = await self._client.subscribe(
                f"entente.{self._service}.log.{name}", queue=self._service, cb=_replying(answer)
            )
            stack.push_async_callback(subscription.unsubscribe)

    async def _read(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        known = {UUID(hex=aggregate): int(version) for aggregate, version in wanted["known"]}
        return await self._events(_MISSED, list(known), list(known.values()))

    async def _page(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        types = [str(it) for it in wanted["types"]]
        return await self._events(_FOLLOWING, UUID(wanted["aggregate_id"]), int(wanted["version"]), types)

    async def _heads(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        async with transaction(self._database, actor=None) as tx:
            after, epoch = UUID(wanted["after"]), wanted.get("before_epoch")
            rows = (
                await tx.fetch(_HEADS, after)
                if epoch is None
                else await tx.fetch(_HEADS_BEFORE, after, int(epoch))
            )
            return digest(await tx.fetchrow(STATE), rows)

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

    async def after(self, known: Heads) -> AsyncIterator[Sequence[Envelope]]:
        """The events of some aggregates after the versions that are known, in their order, page by page.

        Raises:
            OwnerSilent: it does not answer.
        """
        left = dict(sorted(known.items()))
        while left:
            events = await self._ask_events("read", known=[[it.hex, version] for it, version in left.items()])
            if not events:
                return
            yield events
            last = events[-1]
            left = {it: version for it, version in left.items() if it > last.aggregate_id}
            left = {last.aggregate_id: last.version, **left}

    async def has(self, event: Envelope) -> bool:
        """Whether it holds this very event at its place in the history of its aggregate.

        Raises:
            OwnerSilent: it does not answer.
        """
        known = [[event.aggregate_id.hex, event.version - 1]]
        found = (await self._ask_events("read", known=known))[:1]
        return [(it.event_id, it.version) for it in found] == [(event.event_id, event.version)]

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
        while page := heads_of(await self._ask("heads", after=str(after), before_epoch=epoch)):
            heads |= page
            after = max(page)
        return heads

    async def heads(self) -> AsyncIterator[Heads]:
        """All that the owner has, page by page.

        Raises:
            OwnerSilent: it does not answer.
        """
        after = UUID(int=0)
        while page := heads_of(await self._ask("heads", after=str(after))):
            yield page
            after = max(page)

    async def state(self) -> Mapping[str, Any]:
        """A digest without heads: the epoch that the owner is in, and how often its stream has lost something.

        Raises:
            OwnerSilent: it does not answer.
        """
        return await self._ask("heads", after=str(UUID(int=0)), before_epoch=0)

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
