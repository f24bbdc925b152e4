"""The law of projections: an old copy and the events since are the same as a fresh reading of everything.

For every projection of every service, on the history of a whole system: what it holds live, what comes of the events in
any order and several times, and what a rebuild makes, have one hash.
"""

import asyncio
import importlib
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from deploy.credentials import Credentials
from deploy.reach import operator
from deploy.topology import DOMAIN_SERVICES
from shared.backbone import inbox
from shared.backbone.projections import Projection
from shared.backbone.rebuild import hash_of
from shared.backbone.relay import envelope_of
from shared.contracts.envelope import Envelope
from shared.contracts.rebuilding import ListProjections, ProjectionRebuilt, RebuildProjection
from shared.kit.database import connected, private_connection, transaction
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase
from tests.support.system import RunningSystem


def projections_of(service: str) -> Sequence[Projection]:
    return importlib.import_module(f"services.{service}.projections").PROJECTIONS


EVERY = [(service, it) for service in DOMAIN_SERVICES for it in projections_of(service)]
NAMES = [f"{service}-{projection.name}" for service, projection in EVERY]

History = dict[str, list[Envelope]]


@pytest.fixture(scope="module")
def history(system: RunningSystem) -> History:
    """Every event of that system, by its producer."""
    return asyncio.run(_read_logs(system))


@pytest.mark.parametrize(("service", "projection"), EVERY, ids=NAMES)
async def test_a_rebuild_on_the_running_system_gives_what_is_there(
    system: RunningSystem, service: str, projection: Projection
) -> None:
    async with operator(system.data) as asker:
        assert projection.name in (await asker.ask(ListProjections(), at=service)).names

        async def rebuilt() -> ProjectionRebuilt:
            return await asker.ask(
                RebuildProjection(projection=projection.name), at=service, timeout_seconds=30
            )

        found = await eventually(rebuilt)
    assert found.live_hash == found.rebuilt_hash
    assert found.events > 0


@pytest.mark.parametrize(("service", "projection"), EVERY, ids=NAMES)
async def test_any_order_and_a_fresh_reading_give_the_same(
    database: Callable[[str], FreshDatabase],
    system: RunningSystem,
    history: History,
    service: str,
    projection: Projection,
) -> None:
    order = random.Random(service + projection.name)
    followed, read = database(service), database(service)
    async with connected(followed.url) as db:
        for source in projection.subscribers.sources:
            arrivals = [*history[source], *order.sample(history[source], len(history[source]) // 3)]
            order.shuffle(arrivals)
            while arrivals:
                batch = [arrivals.pop() for _ in range(min(len(arrivals), order.randint(1, 60)))]
                async with transaction(db, actor=None) as tx:
                    await inbox.apply(tx, source, batch, projection.subscribers)
    async with _seen_by_service(read.url) as connection:
        for source in projection.subscribers.sources:
            known = projection.subscribers.subjects_of(source)
            await projection.apply([it for it in history[source] if it.type in known], connection)
        fresh = await hash_of(connection, projection, "public")
        rows = [await connection.fetchval(f"SELECT count(*) FROM {it}") for it in projection.tables]
    assert all(rows), f"the sample tells nothing for some of {projection.tables}"
    assert fresh == await _hash_at(followed.url, projection)
    assert fresh == await _hash_at(_url_of(system, service), projection)


async def _hash_at(url: str, projection: Projection) -> str:
    async with _seen_by_service(url) as connection:
        return await hash_of(connection, projection, "public")


@asynccontextmanager
async def _seen_by_service(url: str) -> AsyncGenerator[Any]:
    async with private_connection(url) as connection:
        await connection.execute("SELECT set_config('entente.role', 'service', false)")
        yield connection


async def _read_logs(system: RunningSystem) -> History:
    history: History = {}
    for service in DOMAIN_SERVICES:
        connection: Any = await asyncpg.connect(_url_of(system, service))
        rows = await connection.fetch("SELECT * FROM event_log ORDER BY seq")
        history[service] = [envelope_of(row, service, 1) for row in rows]
        await connection.close()
    return history


def _url_of(system: RunningSystem, service: str) -> str:
    return Credentials(system.data).addresses(service)["ENTENTE_POSTGRES_URL"]
