"""A producer and a reader in two versions, N and N+1, on made-up events; the reader writes down what it does."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from shared.backbone import outbox
from shared.backbone.consumer import Consumer
from shared.backbone.heads import Follower
from shared.backbone.retrying import Retrier
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import new_id
from shared.contracts.messages import Event
from shared.kit.database import Database, Transaction, transaction
from shared.kit.service import connected_client, in_background
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


class Weighed(Event, subject="entente.contacts.parcel.weighed.v1"):
    """As version N knows it."""

    parcel_id: UUID
    grams: int


class WeighedWithTare(Event, subject="entente.contacts.parcel.weighed.v1"):
    """The same event in N+1, with an optional field."""

    parcel_id: UUID
    grams: int
    tare: int | None = None


class WeighedV2(Event, subject="entente.contacts.parcel.weighed.v2"):
    """Another version of it, which only N+1 knows."""

    parcel_id: UUID
    milligrams: int


class Labelled(Event, subject="entente.contacts.parcel.labelled.v1"):
    """A new event, which only N+1 knows."""

    parcel_id: UUID


@dataclass
class Parcel:
    """An aggregate, and what was announced of it: its first event has the first place."""

    id: UUID = field(default_factory=new_id)
    told: list[Event] = field(default_factory=list[Event])
    partnership_id: UUID | None = None

    @property
    def version(self) -> int:
        return len(self.told)


class Seen(NamedTuple):
    """One event that a reader has reacted to."""

    version: int
    type: str
    by: str
    tare: int | None


N, N_PLUS_1 = "N", "N+1"

KNOWN: dict[str, Sequence[type[Event]]] = {N: (Weighed,), N_PLUS_1: (WeighedWithTare, WeighedV2, Labelled)}

_TABLE = """
CREATE TABLE seen (place bigint GENERATED ALWAYS AS IDENTITY, parcel_id uuid, version bigint, type text, by text, tare int);
GRANT SELECT, INSERT ON seen TO entente_service;
"""


async def prepare(reader: FreshDatabase) -> None:
    """Make the table of what is seen."""
    connection: Any = await asyncpg.connect(reader.owner_url)
    await connection.execute(_TABLE)
    await connection.close()


def subscribers_of(version: str) -> Subscribers:
    """The reactions of one version of the reader."""
    subscribers = Subscribers()

    async def see(fact: Event, about: Envelope, tx: Transaction) -> None:
        tx.later(
            "INSERT INTO seen (parcel_id, version, type, by, tare) VALUES ($1, $2, $3, $4, $5)",
            about.aggregate_id,
            about.version,
            about.type,
            version,
            getattr(fact, "tare", None),
        )

    for event in KNOWN[version]:
        subscribers.on(event)(see)
    return subscribers


@asynccontextmanager
async def replica(
    database: Database, server: NatsForTests, version: str, *, hears_digests: bool = True
) -> AsyncGenerator[None]:
    """One process of the reader: all share one durable consumer and one database."""
    subscribers = subscribers_of(version)
    async with connected_client(server.url("projects"), service="projects") as client:
        consumer = Consumer(database, client, subscribers, source="contacts", reader="projects")
        follower = Follower(client, consumer, reader="projects", grace_seconds=0.05)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(in_background(consumer.run()))
            await eventually(lambda: consumer.attached)
            await stack.enter_async_context(in_background(Retrier(database, subscribers).run()))
            if hears_digests:
                await stack.enter_async_context(in_background(follower.run()))
            yield


async def tell(database: Database, parcel: Parcel, *events: Event) -> None:
    """Announce events of one parcel in one transaction."""
    async with transaction(database, actor=None) as tx:
        await outbox.announce(tx, events, of=parcel)
    parcel.told += events


async def seen(reader: Database, parcel: Parcel) -> list[Seen]:
    rows = await reader.pool.fetch(
        "SELECT version, type, by, tare FROM seen WHERE parcel_id = $1 ORDER BY place", parcel.id
    )
    return [Seen(**row) for row in rows]


async def versions(reader: Database, parcel: Parcel) -> list[int]:
    return [it.version for it in await seen(reader, parcel)]


async def put_aside(reader: Database) -> list[tuple[int, str | None]]:
    """The version and the resolution of what is, or was, in quarantine."""
    rows = await reader.pool.fetch("SELECT version, resolution FROM quarantine ORDER BY quarantine_id")
    return [(row["version"], row["resolution"]) for row in rows]


async def head(reader: Database, parcel: Parcel) -> int:
    return await reader.pool.fetchval(
        "SELECT coalesce(max(version), 0) FROM inbox_head WHERE aggregate_id = $1", parcel.id
    )
