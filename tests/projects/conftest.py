"""Projects as it runs in production, on a database of its own."""

from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from services.projects.app import running
from services.projects.settings import ProjectsSettings
from shared.kit.asking import Asker
from tests.projects.world import World
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests


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
