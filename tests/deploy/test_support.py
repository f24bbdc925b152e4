"""The servers that all other tests stand on: real, migrated, and clean for each test."""

from collections.abc import Callable

import asyncpg
import nats
import psycopg
import pytest

from deploy.topology import SERVICES
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


@pytest.mark.parametrize("service", SERVICES)
async def test_a_fresh_database_has_its_schema_and_is_open_to_both_drivers(
    database: Callable[[str], FreshDatabase], service: str
) -> None:
    fresh = database(service)
    connection = await asyncpg.connect(fresh.url)
    assert await connection.fetchval("SELECT current_user") == f"entente_{service}"
    assert await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") > 0
    await connection.close()
    with psycopg.connect(fresh.owner_url) as owner:
        assert owner.execute("SELECT current_user").fetchone() == (f"{service}_owner",)


async def test_two_databases_of_one_test_are_apart(database: Callable[[str], FreshDatabase]) -> None:
    first, second = database("contacts"), database("contacts")
    with psycopg.connect(first.owner_url) as owner:
        owner.execute("CREATE TABLE only_here ()")
    with psycopg.connect(second.owner_url) as owner:
        assert owner.execute("SELECT to_regclass('only_here')").fetchone() == (None,)


@pytest.mark.parametrize("run", [1, 2])
async def test_each_test_finds_empty_streams(nats_server: NatsForTests, run: int) -> None:
    client = await nats.connect(nats_server.operator_url)
    stream = client.jetstream()
    ack = await stream.publish("entente.contacts.mandate.accepted.v1", str(run).encode())
    assert ack.seq == 1

    async def waiting() -> bool:
        return (await stream.consumer_info("CONTACTS", "projects")).num_pending == 1

    await eventually(waiting)
    await client.close()
