"""Projects as it runs in production, on a database of its own."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.projects.app import running
from services.projects.settings import ProjectsSettings
from shared.kit.asking import Asker
from tests.projects.service.collaboration import active, together
from tests.projects.service.world import World
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests

__all__ = ["active", "together"]


@pytest.fixture
def projects_database(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    """The service's database, with its schema and no row."""
    return database("projects")


@pytest.fixture
async def projects(
    projects_database: FreshDatabase, nats_server: NatsForTests, tmp_path: Path
) -> AsyncGenerator[FreshDatabase]:
    """The service, running."""
    settings = ProjectsSettings(
        data=tmp_path, postgres_url=projects_database.url, nats_url=nats_server.url("projects")
    )
    async with running(settings):
        yield projects_database


@pytest.fixture
async def world(projects: FreshDatabase, asker: Asker, foreign: ForeignService) -> World:
    """The running service, and people whose organisations it has heard of."""
    world = World(asker, foreign)
    await world.settle()
    return world


@pytest.fixture
async def look(projects: FreshDatabase) -> AsyncGenerator[Any]:
    """A connection that sees everything, whatever the policies say."""
    connection = await asyncpg.connect(projects.admin_url)
    yield connection
    await connection.close()


@pytest.fixture
def count_events(look: Any) -> Callable[[UUID], Awaitable[int]]:
    """How many events one aggregate has."""

    async def count(aggregate_id: UUID) -> int:
        return await look.fetchval("SELECT count(*) FROM event_log WHERE aggregate_id = $1", aggregate_id)

    return count
