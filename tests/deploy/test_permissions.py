"""Each user of NATS can do its own work and nothing else. What is not granted is refused by the server itself."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import ConsumerConfig, StreamConfig

from deploy.topology import ASKS, DOMAIN_SERVICES, QUARANTINE, READERS, SERVICES, STREAMS
from shared.contracts.messages import Audience
from tests.support.eventually import eventually
from tests.support.servers import NatsForTests
from tests.support.settled import settled


class Tenant:
    """One service's connection, which remembers what the server refused."""

    def __init__(self) -> None:
        self.refused: list[str] = []
        self.client: Client

    async def on_error(self, error: Exception) -> None:
        self.refused.append(str(error).lower())


@asynccontextmanager
async def connected(server: NatsForTests, service: str) -> AsyncGenerator[Tenant]:
    tenant = Tenant()
    tenant.client = await nats.connect(
        server.url(service), inbox_prefix=f"_INBOX_{service}", error_cb=tenant.on_error, allow_reconnect=False
    )
    try:
        yield tenant
    finally:
        await tenant.client.close()


async def ignore(_: Msg) -> None:
    """Take a message and do nothing."""


def others(service: str) -> list[str]:
    return [other for other in SERVICES if other != service]


def doors_of_others(service: str) -> list[str]:
    return [f"{other}.{audience}" for other in others(service) for audience in Audience]


def forbidden_to_publish(service: str) -> list[str]:
    subjects = [f"entente.{other}.aggregate.changed.v1" for other in others(service)]
    subjects += [f"entente.{other}.digest" for other in others(service)]
    subjects += [f"entente.{other}.wake" for other in others(service)]
    subjects += [f"entente.{door}.anything" for door in doors_of_others(service) if door not in ASKS[service]]
    subjects += [f"_INBOX_{other}.guess" for other in others(service)]
    subjects += [
        "anything",
        "entente.other",
        "$SYS.REQ.SERVER.PING",
        "$JS.API.STREAM.LIST",
        "$JS.API.STREAM.NAMES",
    ]
    for stream in STREAMS:
        operations = ["UPDATE", "DELETE", "PURGE", "MSG.DELETE", "SNAPSHOT", "RESTORE"]
        if service not in READERS[stream.producer]:
            operations.append("MSG.GET")
        subjects += [f"$JS.API.STREAM.{operation}.{stream.name}" for operation in operations]
        subjects += [f"$JS.API.CONSUMER.{it}.{stream.name}.{service}" for it in ("DELETE", "PAUSE", "RESET")]
        for other in READERS[stream.producer]:
            if other != service:
                subjects += [
                    f"$JS.API.CONSUMER.MSG.NEXT.{stream.name}.{other}",
                    f"$JS.API.CONSUMER.CREATE.{stream.name}.{other}",
                    f"$JS.ACK.{stream.name}.{other}.1.1.1.1.1",
                ]
    return subjects


def forbidden_to_subscribe(service: str) -> list[str]:
    subjects = [f"entente.{door}.>" for door in doors_of_others(service)]
    subjects += [f"_INBOX_{other}.>" for other in others(service)]
    subjects += [f"entente.{other}.log.read" for other in others(service)]
    subjects += [">", "entente.>", "$JS.>", "$SYS.>", "_INBOX.>"]
    if service in DOMAIN_SERVICES:
        # They read events through their durable consumers only, where nothing is missed.
        subjects.append("entente.*.*.*.*")
    return subjects


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_publishes_nothing_that_is_not_its_own(
    nats_server: NatsForTests, service: str
) -> None:
    async with connected(nats_server, service) as tenant:
        for subject in forbidden_to_publish(service):
            tenant.refused.clear()
            await tenant.client.publish(subject, b"{}")
            await settled(tenant.client)
            await eventually(lambda: tenant.refused)
            assert f'permissions violation for publish to "{subject.lower()}"' in tenant.refused[0]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_hears_nothing_that_is_not_its_own(nats_server: NatsForTests, service: str) -> None:
    async with connected(nats_server, service) as tenant:
        for subject in forbidden_to_subscribe(service):
            tenant.refused.clear()
            await tenant.client.subscribe(subject, cb=ignore)
            await settled(tenant.client)
            await eventually(lambda: tenant.refused)
            assert f'permissions violation for subscription to "{subject.lower()}"' in tenant.refused[0]


@pytest.mark.parametrize(("asking", "asked"), [(one, other) for one in SERVICES for other in ASKS[one]])
async def test_a_question_that_is_allowed_gets_its_answer(
    nats_server: NatsForTests, asking: str, asked: str
) -> None:
    async def answer(message: Msg) -> None:
        await message.respond(b"answer to " + message.data)

    service = asked.partition(".")[0]
    async with connected(nats_server, service) as server, connected(nats_server, asking) as client:
        await server.client.subscribe(f"entente.{asked}.do_it", queue=service, cb=answer)
        await settled(server.client)
        reply = await client.client.request(f"entente.{asked}.do_it", b"question", timeout=5)
        assert reply.data == b"answer to question"
        assert not server.refused
        assert not client.refused


@pytest.mark.parametrize("service", DOMAIN_SERVICES)
async def test_web_looks_after_the_quarantine_and_asks_nothing_else_of_what_operators_may(
    nats_server: NatsForTests, service: str
) -> None:
    async def answer(message: Msg) -> None:
        await message.respond(b"answer")

    async with connected(nats_server, service) as server, connected(nats_server, "web") as web:
        await server.client.subscribe(f"entente.{service}.operate.>", queue=service, cb=answer)
        await settled(server.client)
        for request in QUARANTINE:
            reply = await web.client.request(request.subject_at(service), b"{}", timeout=5)
            assert reply.data == b"answer"
        assert not web.refused
        await web.client.publish(f"entente.{service}.operate.rebuild_projection", b"{}")
        await settled(web.client)
        await eventually(lambda: web.refused)


@pytest.mark.parametrize(
    ("producer", "reader"),
    [(producer, reader) for producer, readers in READERS.items() for reader in readers],
)
async def test_events_reach_their_readers(nats_server: NatsForTests, producer: str, reader: str) -> None:
    stream = producer.upper()
    async with connected(nats_server, producer) as owner, connected(nats_server, reader) as consumer:
        ack = await owner.client.jetstream().publish(f"entente.{producer}.aggregate.changed.v1", b"{}")
        assert ack.stream == stream
        durable = await consumer.client.jetstream().pull_subscribe_bind(reader, stream)
        message, *_ = await durable.fetch(1, timeout=5)
        await message.ack_sync()
        left = await consumer.client.jetstream().consumer_info(stream, reader)
        assert (left.num_pending, left.num_ack_pending) == (0, 0)
        assert not owner.refused
        assert not consumer.refused


@pytest.mark.parametrize("producer", DOMAIN_SERVICES)
async def test_everybody_hears_digests_and_may_ask_for_a_repetition(
    nats_server: NatsForTests, producer: str
) -> None:
    heard: list[bytes] = []

    async def hear(message: Msg) -> None:
        heard.append(message.data)

    async with connected(nats_server, producer) as owner:
        await owner.client.subscribe(f"entente.{producer}.log.read", cb=hear)
        await settled(owner.client)
        for reader in others(producer):
            async with connected(nats_server, reader) as other:
                await other.client.subscribe(f"entente.{producer}.digest", cb=hear)
                await settled(other.client)
                await owner.client.publish(f"entente.{producer}.digest", b"digest")
                await other.client.publish(f"entente.{producer}.log.read", b"again")
                await eventually(lambda: sorted(heard) == [b"again", b"digest"])
                assert not other.refused
                heard.clear()


async def test_open_pages_follow_every_event(nats_server: NatsForTests) -> None:
    async with connected(nats_server, "web") as web, connected(nats_server, "projects") as projects:
        seen = await web.client.subscribe("entente.*.*.*.*")
        await settled(web.client)
        await projects.client.jetstream().publish("entente.projects.convention.signed.v1", b"{}")
        assert (await seen.next_msg(timeout=5)).subject == "entente.projects.convention.signed.v1"
        assert not web.refused


async def test_a_wiped_server_is_put_back_by_owners_and_readers(nats_server: NatsForTests) -> None:
    operator = await nats.connect(nats_server.operator_url)
    await operator.jetstream().delete_stream("CONTACTS")
    await operator.close()

    def of(tenant: Tenant) -> Callable[..., Awaitable[object]]:
        return tenant.client.jetstream().add_consumer

    async with connected(nats_server, "contacts") as owner, connected(nats_server, "projects") as reader:
        await owner.client.jetstream().add_stream(
            StreamConfig(name="CONTACTS", subjects=["entente.contacts.*.*.*"])
        )
        await of(reader)("CONTACTS", ConsumerConfig(durable_name="projects"))
        assert not owner.refused
        assert not reader.refused
