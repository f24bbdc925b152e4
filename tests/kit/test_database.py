"""Transactions: they act for somebody, and end as a whole."""

import asyncio
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.refusals import Defect, Trouble
from shared.kit.database import Database, connected, private_connection, transaction
from tests.chaos.proxy import Lane
from tests.support.servers import FreshDatabase

WHO = "SELECT actor_person() AS person, actor_organization() AS organization, acts_as_service() AS service"


async def test_who_acts_ends_with_the_transaction(producer_database: FreshDatabase) -> None:
    actor = Actor(PersonId(new_id()), OrganizationId(new_id()))
    async with connected(producer_database.url, size=1) as database:
        async with transaction(database, actor=actor) as tx:
            assert tuple(await tx.fetchrow(WHO)) == (actor.person_id, actor.organization_id, False)
        async with transaction(database, actor=None) as tx:
            assert tuple(await tx.fetchrow(WHO)) == (None, None, True)
        with pytest.raises(ZeroDivisionError):
            async with transaction(database, actor=actor):
                raise ZeroDivisionError
        assert tuple(await database.pool.fetchrow(WHO)) == (None, None, False)


async def test_a_failed_statement_that_is_passed_over_is_a_defect(producer: Database) -> None:
    with pytest.raises(Defect):
        async with transaction(producer, actor=None) as tx:
            with suppress(asyncpg.DivisionByZeroError):
                await tx.execute("SELECT 1 / 0")


async def test_a_lost_connection_is_trouble_and_the_next_transaction_passes(
    producer: Database, producer_database: FreshDatabase
) -> None:
    admin = await asyncpg.connect(producer_database.admin_url)
    with pytest.raises(Trouble):
        async with transaction(producer, actor=None) as tx:
            await admin.execute(
                "SELECT pg_terminate_backend($1)", await tx.fetchval("SELECT pg_backend_pid()")
            )
            await tx.fetchval("SELECT 1")
    await admin.close()
    async with transaction(producer, actor=None) as tx:
        assert await tx.fetchval("SELECT 1") == 1


async def test_connections_that_died_without_a_word_cost_one_wait_together(
    producer_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kit.database.COMMAND_SECONDS", 0.5)

    async def to_server() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        folder = parse_qs(urlsplit(producer_database.url).query)["host"][0]
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")

    lane = Lane(to_server)
    await lane.listen()
    parts = urlsplit(producer_database.url)
    address = (
        f"postgresql://{parts.netloc.rpartition('@')[0]}@127.0.0.1:{lane.port}{parts.path}?sslmode=disable"
    )
    async with connected(address, size=5) as database:

        async def ask() -> None:
            async with transaction(database, actor=None) as tx:
                await tx.fetchval("SELECT pg_sleep(0.05)")

        # All five are in use at once, so that there are five.
        await asyncio.gather(*(ask() for _ in range(5)))
        lane.forget()
        with pytest.raises(Trouble):
            await ask()
        for _ in range(5):
            await ask()
    await lane.close()


@pytest.mark.parametrize(
    "state",
    ["57014", "57P01", "53100", "53200", "53300", "58030", "25P03", "55P03"],
    ids=["cancelled", "shut down", "disk full", "no memory", "no connection left", "i/o", "idle", "locked"],
)
async def test_a_server_that_fails_is_trouble_and_not_our_fault(producer: Database, state: str) -> None:
    with pytest.raises(Trouble):
        async with transaction(producer, actor=None) as tx:
            await tx.execute(f"DO $$ BEGIN RAISE EXCEPTION 'failing' USING ERRCODE = '{state}'; END $$")


async def test_a_private_connection_that_fails_is_trouble(producer_database: FreshDatabase) -> None:
    with pytest.raises(Trouble):
        async with private_connection(producer_database.url) as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
