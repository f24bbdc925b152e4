"""Fixtures that every folder of tests may use: real servers, one pair per test process, clean for each test."""

import os
import random
import signal
from collections.abc import AsyncGenerator, Callable, Generator
from typing import TYPE_CHECKING

import pytest

from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.support.foreign import ForeignService
from tests.support.servers import NatsForTests, PostgresForTests, data_folder

if TYPE_CHECKING:
    from tests.support.servers import FreshDatabase

_SEED = "ENTENTE_TEST_ORDER"

# What `make test-fast` leaves out: tests that start a server, a browser or a program.
_HEAVY_FIXTURES = {"postgres", "nats_process"}
_HEAVY_FOLDERS = {"deploy", "journeys", "benchmarks", "look"}


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
def database(postgres: PostgresForTests) -> Generator[Callable[[str], "FreshDatabase"]]:
    """Make fresh, migrated databases: `database("projects").url`. They are dropped after the test."""
    made: list[FreshDatabase] = []

    def make(service: str) -> "FreshDatabase":
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


def pytest_configure() -> None:
    """Choose the order of tests once, for every test process (they inherit the environment)."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell starts its background jobs deaf to Ctrl-C; what we start would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault(_SEED, str(random.randrange(100_000)))  # an order, not a secret


def pytest_report_header() -> str:
    return f"order of tests: {_SEED}={os.environ[_SEED]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs more than Python, and choose the order."""
    for item in items:
        folders = set(item.path.parts)
        if folders & _HEAVY_FOLDERS or _HEAVY_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("heavy")
    _shuffle(items)


def _shuffle(items: list[pytest.Item]) -> None:
    """Run modules, and the tests inside each, in random order: a test that needs another one is found out."""
    order = random.Random(int(os.environ[_SEED]))  # an order, not a secret
    modules = sorted({item.nodeid.partition("::")[0] for item in items})
    order.shuffle(modules)
    place = {module: number for number, module in enumerate(modules)}
    order.shuffle(items)
    items.sort(key=lambda item: place[item.nodeid.partition("::")[0]])


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
