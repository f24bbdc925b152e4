"""A producer and a reader of its events, with the kit's own parts and a subscriber that records what it sees."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from shared.backbone.consumer import Consumer
from shared.backbone.heads import Follower, Owner
from shared.backbone.projections import Projection
from shared.backbone.rebuild import Rebuilder
from shared.backbone.relay import Relay
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.refusals import TooEarly
from shared.kit.database import Database, Transaction
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted
from tests.support.eventually import eventually
from tests.support.servers import NatsForTests

RECORD = "INSERT INTO event_chain (chain_id, hash, length) VALUES (gen_random_uuid(), $1, $2)"
RECORDED = "SELECT length FROM event_chain WHERE hash = $1 ORDER BY ctid"


class Recorder:
    """A subscriber that writes each version it sees into the reader's database, in the inbox transaction."""

    def __init__(self) -> None:
        self.subscribers = Subscribers()
        self.subscribers.on(OrganizationRegistered)(self.on_registered)
        self.failures: list[Exception] = []
        self.poison: UUID | None = None
        self.too_early: set[tuple[UUID, int]] = set()

    async def on_registered(self, event: OrganizationRegistered, about: Envelope, tx: Transaction) -> None:
        await tx.execute(RECORD, event.organization_id.bytes, about.version)
        if self.failures:
            raise self.failures.pop()
        if event.organization_id == self.poison:
            raise ZeroDivisionError
        if (event.organization_id, about.version) in self.too_early:
            raise TooEarly("what this needs is still on its way")


async def versions(reader: Database, aggregate: Counted | UUID) -> list[int]:
    key = aggregate.id if isinstance(aggregate, Counted) else aggregate
    return [row["length"] for row in await reader.pool.fetch(RECORDED, key.bytes)]


@asynccontextmanager
async def relaying(database: Database, server: NatsForTests) -> AsyncGenerator[None]:
    async with connected_client(server.url("contacts"), service="contacts") as client:
        async with in_background(Relay(database, client, service="contacts").run()):
            yield


@asynccontextmanager
async def owning(database: Database, server: NatsForTests) -> AsyncGenerator[None]:
    """The producer whole: it publishes, tells its heads, and reads out its log."""
    async with connected_client(server.url("contacts"), service="contacts") as client:
        lost = asyncio.Event()
        relay = Relay(database, client, service="contacts", lost=lost)
        owner = Owner(database, client, service="contacts", lost=lost)
        async with in_background(relay.run(), owner.run()):
            yield


@asynccontextmanager
async def consuming(
    database: Database, server: NatsForTests, recorder: Recorder, projections: Sequence[Projection] = ()
) -> AsyncGenerator[Consumer]:
    async with connected_client(server.url("projects"), service="projects") as client:
        consumer = Consumer(
            database,
            client,
            recorder.subscribers,
            source="contacts",
            reader="projects",
            rebuilder=Rebuilder(database, client, projections),
        )
        follower = Follower(client, consumer, reader="projects", grace_seconds=0.05)
        async with in_background(consumer.run(), follower.run()):
            await eventually(lambda: consumer.attached)
            yield consumer


async def has_seen(reader: Database, aggregate: Counted, count: int) -> bool:
    return len(await versions(reader, aggregate)) == count
