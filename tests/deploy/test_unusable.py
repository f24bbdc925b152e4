"""A stream or consumer that cannot serve stops the start with one line that says what to do."""

import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, RetentionPolicy, StorageType, StreamConfig
from nats.js.errors import APIError

from deploy.embedded.nats import EmbeddedNats
from deploy.errors import StartFailure
from deploy.streams import connect, provision_streams
from shared.backbone.streams import Stream
from shared.backbone.usable import require_usable
from shared.kit.service import connected_client
from tests.support.servers import FreshDatabase, NatsForTests, data_folder

REMEDY = "It is only a cache: delete it, and it is made and filled again from the log of its owner."

CANNOT = "The stream CONTACTS cannot be used:"


@pytest.fixture
async def jetstream(nats_server: NatsForTests) -> AsyncGenerator[JetStreamContext]:
    """A server where what the tests make is removed again."""
    client = await connect(nats_server.operator_url, name="tests")
    yield client.jetstream()
    names = [info.config.name for info in await client.jsm().streams_info()]
    for name in names:
        await client.jsm().delete_stream(str(name))
    await client.close()


@contextmanager
def running(data: Path) -> Generator[EmbeddedNats]:
    """A server of one test: it does not survive what is done to it."""
    server = EmbeddedNats(data)
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def make(jetstream: JetStreamContext, **given: Any) -> None:
    """The stream of contacts, otherwise than ours."""
    await jetstream.delete_stream("CONTACTS")
    ours = StreamConfig(name="CONTACTS", subjects=[Stream("contacts").subject])
    await jetstream.add_stream(ours.evolve(**given))


def started(data: Path, service: str, database: FreshDatabase, nats_url: str) -> tuple[int, str]:
    """The exit code of a service that ends at its start, and what it said."""
    ended = subprocess.run(
        [sys.executable, "-m", f"services.{service}"],
        env={"ENTENTE_DATA": str(data), "ENTENTE_POSTGRES_URL": database.url, "ENTENTE_NATS_URL": nats_url},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        (
            {"storage": StorageType.MEMORY},
            f"{CANNOT} it keeps its messages in memory and not in a file. {REMEDY}",
        ),
        ({"retention": RetentionPolicy.INTEREST}, f"{CANNOT} its retention is interest, which forgets"),
        (
            {"subjects": ["entente.contacts.person.>"]},
            f"{CANNOT} it takes the subjects entente.contacts.person.> and not",
        ),
        ({"name": "OTHER"}, "NATS refuses the stream CONTACTS: subjects overlap with an existing stream.\n"),
    ],
)
async def test_a_service_refuses_a_stream_that_it_cannot_use(
    data: Path,
    nats_server: NatsForTests,
    jetstream: JetStreamContext,
    database: Callable[[str], FreshDatabase],
    otherwise: dict[str, Any],
    told: str,
) -> None:
    await make(jetstream, **otherwise)
    code, said = started(data, "contacts", database("contacts"), nats_server.url("contacts"))
    assert code == 2
    assert said.startswith(told)
    assert said.count("\n") == 1


async def test_a_service_refuses_a_consumer_that_it_cannot_use(
    data: Path,
    nats_server: NatsForTests,
    jetstream: JetStreamContext,
    database: Callable[[str], FreshDatabase],
) -> None:
    await jetstream.delete_consumer("CONTACTS", "projects")
    await jetstream.add_consumer(
        "CONTACTS", ConsumerConfig(durable_name="projects", ack_policy=AckPolicy.NONE)
    )
    code, said = started(data, "projects", database("projects"), nats_server.url("projects"))
    assert code == 2
    told = "NATS refuses the consumer projects of the stream CONTACTS: ack policy can not be updated."
    assert said == f"{told} {REMEDY}\n"


async def test_a_server_that_cannot_write_is_not_taken_for_one_that_refuses() -> None:
    with data_folder() as folder, running(folder) as server:
        await provision_streams(server.operator_url)
        async with connected_client(server.operator_url, service="operator") as client:
            await client.jetstream().delete_consumer("CONTACTS", "projects")
            (consumers,) = server.store.rglob("CONTACTS/obs")
            shutil.rmtree(consumers)
            consumers.write_text("in the way")
            with pytest.raises(APIError, match="error creating store"):
                await Stream("contacts").put_back_consumer(client.jetstream(), "projects")
            await require_usable(client, Stream("projects"), ["contacts"])


async def test_provisioning_corrects_what_it_can_and_names_what_it_cannot(
    nats_server: NatsForTests, jetstream: JetStreamContext
) -> None:
    await make(jetstream, subjects=["entente.contacts.person.>"], retention=RetentionPolicy.INTEREST)
    await provision_streams(nats_server.operator_url)
    assert (await jetstream.stream_info("CONTACTS")).config.subjects == [Stream("contacts").subject]

    await make(jetstream, storage=StorageType.MEMORY)
    with pytest.raises(
        StartFailure, match=r"refuses the stream CONTACTS: .* storage type\. It is only a cache"
    ):
        await provision_streams(nats_server.operator_url)

    await make(jetstream)
    with pytest.raises(StartFailure, match="refuses the stream CONTACTS: replicas > 1 not supported"):
        await provision_streams(nats_server.operator_url, nodes=3)
