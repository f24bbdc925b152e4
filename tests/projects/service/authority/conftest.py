"""The projection of authority, without the service that keeps it."""

from collections.abc import AsyncGenerator

import pytest
from nats.aio.client import Client

from shared.kit.database import Database, connected
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase


@pytest.fixture
async def projection(projects_database: FreshDatabase) -> AsyncGenerator[Database]:
    """The service's database, without the service: what is told is applied here."""
    async with connected(projects_database.url) as it:
        yield it


@pytest.fixture
def contacts() -> ForeignService:
    """Makes the envelopes that contacts' relay would give; never connected."""
    return ForeignService(Client())
