"""Fixtures that start real servers: one pair per test process, clean for each test."""

from collections.abc import AsyncGenerator, Callable, Generator

import pytest
import structlog

from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder

# Its own way of showing an error draws every variable of every frame, which takes seconds on busy cores: longer than whoever
# asked a service waits for the answer.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback, sort_keys=False
        ),
    ]
)


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresForTests]:
    """A real PostgreSQL with the roles of production."""
    with data_folder() as data:
        server = PostgresForTests(data)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture
def database(postgres: PostgresForTests) -> Generator[Callable[[str], FreshDatabase]]:
    """Make fresh, migrated databases: `database("projects").url`. They are dropped after the test."""
    made: list[FreshDatabase] = []

    def make(service: str) -> FreshDatabase:
        made.append(postgres.create(service))
        return made[-1]

    yield make
    for it in made:
        postgres.drop(it)


@pytest.fixture(scope="session")
def nats_process() -> Generator[NatsForTests]:
    """A real NATS server with JetStream, users and permissions. Tests use `nats_server`, which is clean."""
    with data_folder() as data:
        server = NatsForTests(data)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@pytest.fixture
async def nats_server(nats_process: NatsForTests) -> NatsForTests:
    """The NATS server with empty streams and consumers at their start."""
    await nats_process.recreate_streams()
    return nats_process


@pytest.fixture
async def foreign(nats_server: NatsForTests) -> AsyncGenerator[ForeignService]:
    """Another service, played by the test: `await foreign.publish(ConventionDrafted(...))`."""
    async with connected_client(nats_server.operator_url, service="operator") as client:
        yield ForeignService(client)


@pytest.fixture
async def asker(nats_server: NatsForTests) -> AsyncGenerator[Asker]:
    """Ask the service under test, as the gateway does."""
    async with connected_client(nats_server.url("web"), service="web") as client:
        yield Asker(client)


@pytest.fixture
async def operator(nats_server: NatsForTests) -> AsyncGenerator[Asker]:
    """Ask the service under test, as an operator's command does."""
    async with connected_client(nats_server.operator_url, service="operator") as client:
        yield Asker(client)
