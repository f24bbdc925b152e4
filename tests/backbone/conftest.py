"""A service that exists for the tests of the backbone: it runs on the database and the NATS user of contacts."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from shared.backbone import outbox
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side
from shared.kit.database import Database, connected, transaction
from tests.support.servers import FreshDatabase


@dataclass
class Counted:
    """An aggregate that only counts its events."""

    id: UUID = field(default_factory=new_id)
    version: int = 0
    partnership_id: UUID | None = None


def registered(organization_id: UUID) -> OrganizationRegistered:
    """A fact of the aggregate `organization_id`."""
    return OrganizationRegistered(organization_id=OrganizationId(organization_id), side=Side.ASSOCIATION)


async def log(database: Database, aggregate: Counted, count: int = 1) -> None:
    """Log `count` facts of one aggregate in one transaction."""
    async with transaction(database, actor=None) as tx:
        await outbox.announce(tx, [registered(aggregate.id) for _ in range(count)], of=aggregate)
    aggregate.version += count


@pytest.fixture
def producer_database(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    """The database of the producer (contacts)."""
    return database("contacts")


@pytest.fixture
def reader_database(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    """The database of the reader (projects)."""
    return database("projects")


@pytest.fixture
async def producer(producer_database: FreshDatabase) -> AsyncGenerator[Database]:
    """The producer, connected."""
    async with connected(producer_database.url) as it:
        yield it


@pytest.fixture
async def reader(reader_database: FreshDatabase) -> AsyncGenerator[Database]:
    """The reader, connected."""
    async with connected(reader_database.url) as it:
        yield it
