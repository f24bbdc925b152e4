"""What a reader does after it was away, or has lost something: catch up, make a projection again, read a lost tail.

The floor of catching up is the least that keeps each event once: pull, read its fields, one statement for the whole
batch, acknowledge.
"""

import asyncio
import multiprocessing
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from multiprocessing.synchronize import Event as ProcessEvent
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import nats
import uvloop
from nats.aio.client import Client

from shared.backbone.consumer import Consumer
from shared.backbone.heads import Follower, Owner
from shared.backbone.outbox import announce
from shared.backbone.projections import Projection
from shared.backbone.rebuild import Rebuilder
from shared.backbone.relay import Relay
from shared.backbone.streams import Stream
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import OrganizationId
from shared.contracts.values import Side
from shared.kit import metrics
from shared.kit.database import Database, Transaction, connected, transaction
from shared.kit.service import connected_client, in_background
from tests.benchmarks.backbone import Addresses, backbone
from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.kit_chain import Loaded
from tests.support.eventually import eventually

PENDING = 100_000
AGGREGATES = 1_000
LOST = 5_000

_WITHIN_SECONDS = 180.0

_FLOOR_INBOX = "INSERT INTO floor_inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING"
_PROJECT = "INSERT INTO organizations (organization_id, side) VALUES ($1, $2) ON CONFLICT DO NOTHING"

# One that only reads the fields, and one that writes for each event.
reading, projecting = Subscribers(), Subscribers()


@reading.on(OrganizationRegistered)
async def read(event: OrganizationRegistered, _about: Envelope, _tx: Transaction) -> None:
    """What an event costs before anybody reacts to it."""


@projecting.on(OrganizationRegistered)
async def project(event: OrganizationRegistered, _about: Envelope, tx: Transaction) -> None:
    tx.later(_PROJECT, event.organization_id, event.side)


def measure(_seconds: float) -> list[Figure]:
    """Log a hundred thousand events, publish them, and read them in each of the ways."""
    with backbone() as servers, servers.databases() as addresses:
        context = multiprocessing.get_context("spawn")
        published, stop = context.Event(), context.Event()
        owner = context.Process(target=_own, args=(addresses, published, stop))
        try:
            owner.start()
            if not published.wait(_WITHIN_SECONDS):
                raise TimeoutError("the events were not published")
            return uvloop.run(_measure(addresses))
        finally:
            stop.set()
            owner.join(timeout=10)
            owner.kill()


async def _measure(addresses: Addresses) -> list[Figure]:
    floor = PENDING / await _floor_seconds(addresses)
    read_rate = PENDING / await _consumer_seconds(addresses, reading)
    catching_up = PENDING / await _consumer_seconds(addresses, projecting)
    rebuilt = await _rebuild(addresses)
    asked, seconds = await _recover_lost_tail(addresses)
    return [
        Figure(
            "consumer with metrics, per event", 1e6 / read_rate, "µs", goal=at_most(1.6), floor=1e6 / floor
        ),
        Figure("catching up, one write per event", catching_up, "/s", goal=at_least(4_000)),
        Figure("rebuild of a projection", rebuilt, "/s", goal=at_least(10_000)),
        Figure("lost tail, read again", asked, "events", goal=at_most(1.5), floor=LOST),
        Figure("lost tail, recovered in", seconds, "s"),
    ]


async def _floor_seconds(addresses: Addresses) -> float:
    client = await nats.connect(addresses.operator_nats)
    await client.jetstream().add_consumer("CONTACTS", Stream("contacts").consumer_config("floor"))
    connection: Any = await asyncpg.connect(addresses.reader_database)
    subscription = await client.jetstream().pull_subscribe_bind("floor", stream="CONTACTS")
    began, seen = time.monotonic(), 0
    while seen < PENDING:
        batch = await subscription.fetch(256, timeout=5)
        for message in batch:
            OrganizationRegistered.model_validate_json(message.data)
        await connection.execute(_FLOOR_INBOX, [UUID((message.headers or {})["ce-id"]) for message in batch])
        for message in batch:
            await message.ack()
        seen += len(batch)
    took = time.monotonic() - began
    await connection.close()
    await client.close()
    return took


async def _consumer_seconds(addresses: Addresses, subscribers: Subscribers) -> float:
    async with _reader(addresses) as (database, client):
        await database.pool.execute("DELETE FROM inbox_head")
        await _forget_consumer(addresses)
        consumer = Consumer(database, client, subscribers, source="contacts", reader="projects")
        began = time.monotonic()
        async with in_background(consumer.run()):
            await _until(lambda: _heads_sum_to(database, PENDING))
        return time.monotonic() - began


async def _rebuild(addresses: Addresses) -> float:
    projection = Projection("organizations", ("organizations",), projecting)
    async with _reader(addresses) as (database, client):
        rebuilt = await Rebuilder(database, client, [projection]).rebuild("organizations")
    if rebuilt.live_hash != rebuilt.rebuilt_hash:
        raise RuntimeError("the rebuilt projection is another one")
    return rebuilt.events / rebuilt.seconds


async def _recover_lost_tail(addresses: Addresses) -> tuple[float, float]:
    """JetStream has lost events that it had acknowledged: the relay has marked them, and no consumer gets them."""
    async with connected(addresses.producer_database) as producer, _reader(addresses) as (database, client):
        async with transaction(producer, actor=None) as tx:
            each = LOST // AGGREGATES
            for row in await tx.fetch("SELECT aggregate_id, version FROM event_head"):
                loaded = Loaded(row["aggregate_id"], row["version"])
                await announce(tx, _facts(loaded.id, each), of=loaded)
            await tx.execute(
                "UPDATE event_log SET published_at = now(), stream_seq = 1 WHERE published_at IS NULL"
            )
        consumer = Consumer(database, client, projecting, source="contacts", reader="projects")
        follower = Follower(client, consumer, reader="projects", grace_seconds=0.1)
        async with connected_client(addresses.producer_nats, service="contacts") as owner:
            began, before = time.monotonic(), _recovered()
            async with in_background(follower.run(), Owner(producer, owner, service="contacts").run()):
                await _until(lambda: _heads_sum_to(database, PENDING + LOST))
            return _recovered() - before, time.monotonic() - began


def _own(addresses: Addresses, published: ProcessEvent, stop: ProcessEvent) -> None:
    """The producer, in a process of its own: logs, publishes, and then reads out its log."""

    async def own() -> None:
        async with (
            connected(addresses.producer_database) as database,
            connected_client(addresses.producer_nats, service="contacts") as client,
        ):
            for aggregate_id in [uuid4() for _ in range(AGGREGATES)]:
                async with transaction(database, actor=None) as tx:
                    await announce(
                        tx, _facts(aggregate_id, PENDING // AGGREGATES), of=Loaded(aggregate_id, 0)
                    )
            async with in_background(
                Relay(database, client, service="contacts").run(),
                Owner(database, client, service="contacts").run(),
            ):
                await _until(lambda: _all_published(database))
                published.set()
                await asyncio.to_thread(stop.wait)

    uvloop.run(own())


def _facts(aggregate_id: UUID, count: int) -> list[OrganizationRegistered]:
    fact = OrganizationRegistered(organization_id=OrganizationId(aggregate_id), side=Side.ASSOCIATION)
    return [fact] * count


@asynccontextmanager
async def _reader(addresses: Addresses) -> AsyncGenerator[tuple[Database, Client]]:
    async with (
        connected(addresses.reader_database) as database,
        connected_client(addresses.reader_nats, service="projects") as client,
    ):
        yield database, client


async def _forget_consumer(addresses: Addresses) -> None:
    async with connected_client(addresses.operator_nats, service="operator") as operator:
        await operator.jsm().delete_consumer("CONTACTS", "projects")


async def _heads_sum_to(database: Database, count: int) -> bool:
    return await database.pool.fetchval("SELECT sum(version) FROM inbox_head") == count


async def _all_published(database: Database) -> bool:
    return not await database.pool.fetchval(
        "SELECT EXISTS (SELECT FROM event_log WHERE published_at IS NULL)"
    )


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    await eventually(condition, deadline=_WITHIN_SECONDS)


def _recovered() -> float:
    return metrics.events_recovered_total.labels("projects", "contacts")._value.get()
