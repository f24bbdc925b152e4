"""The chain of every service: transaction, event log, relay, JetStream, consumer, inbox."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from shared.backbone.consumer import Consumer
from shared.backbone.outbox import announce
from shared.backbone.relay import Relay
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import OrganizationId
from shared.contracts.values import Side
from shared.kit.database import Transaction, connected, transaction
from shared.kit.service import connected_client, in_background
from tests.benchmarks.backbone import Addresses, Chain, Write
from tests.support.eventually import eventually

ACT = "INSERT INTO bench_acts (aggregate_id, version) VALUES ($1, $2)"
EFFECT = "INSERT INTO bench_effects (aggregate_id, version) VALUES ($1, $2)"

subscribers = Subscribers()


@subscribers.on(OrganizationRegistered)
async def on_organization_registered(event: OrganizationRegistered, about: Envelope, tx: Transaction) -> None:
    await tx.execute(EFFECT, event.organization_id, about.version)


@dataclass(frozen=True)
class Loaded:
    """An aggregate without a partnership, as it was loaded."""

    id: UUID
    version: int
    partnership_id: None = None


@asynccontextmanager
async def writing(addresses: Addresses) -> AsyncGenerator[Write]:
    async with (
        connected(addresses.producer_database) as database,
        connected_client(addresses.producer_nats, service="contacts") as client,
        in_background(Relay(database, client, service="contacts").run()),
    ):

        async def act(aggregate_id: UUID, version: int) -> None:
            fact = OrganizationRegistered(organization_id=OrganizationId(aggregate_id), side=Side.ASSOCIATION)
            async with transaction(database, actor=None) as tx:
                await tx.execute(ACT, aggregate_id, version)
                await announce(tx, [fact], of=Loaded(aggregate_id, version - 1))

        yield act


@asynccontextmanager
async def reading(addresses: Addresses) -> AsyncGenerator[None]:
    async with (
        connected(addresses.reader_database) as database,
        connected_client(addresses.reader_nats, service="projects") as client,
    ):
        consumer = Consumer(database, client, subscribers, source="contacts", reader="projects")
        async with in_background(consumer.run()):
            await eventually(lambda: consumer.attached)
            yield


KIT = Chain("kit", writing, reading)
