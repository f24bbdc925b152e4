"""Many writers, late commits, holes, and a transaction that forbids cleaning up: the relay skips nothing."""

import pytest

from shared.backbone import relay
from shared.kit.database import Database, connected, transaction
from shared.kit.service import in_background
from tests.backbone.conftest import Counted, log
from tests.backbone.test_relay import in_stream, nothing_waits, relaying
from tests.support.eventually import eventually
from tests.support.many_writers import ManyWriters, idle_transaction
from tests.support.servers import FreshDatabase, NatsForTests

WRITERS = 16
ROWS = 20_000


async def test_nothing_is_skipped_of_what_many_write(
    producer_database: FreshDatabase, nats_server: NatsForTests
) -> None:
    async with (
        connected(producer_database.url, size=WRITERS + 2) as database,
        idle_transaction(producer_database.admin_url),
        relaying(database, nats_server.url("contacts")),
    ):
        writers = ManyWriters(database, rows=ROWS, writers=WRITERS, most_at_once=40, seed=3)
        await writers.write()
        await eventually(lambda: nothing_waits(database), deadline=60)
        told = await in_stream(nats_server.operator_url)
        logged = await database.pool.fetch("SELECT event_id FROM event_log")
    assert writers.late > 0
    assert writers.rolled_back > 0
    assert len(logged) == ROWS
    assert {it.event_id for it in told} == {row["event_id"] for row in logged}
    assert len(told) == ROWS
    last: dict[object, int] = {}
    for it in told:
        assert it.version == last.get(it.aggregate_id, 0) + 1
        last[it.aggregate_id] = it.version


async def test_what_commits_long_after_later_rows_is_not_passed_over(
    producer: Database, nats_server: NatsForTests
) -> None:
    late, others = Counted(), Counted()
    async with relaying(producer, nats_server.url("contacts")):
        async with transaction(producer, actor=None) as tx:
            # Its row has a lower number than all that follow.
            await tx.execute(
                "SELECT announce($1, 0, NULL, now(), NULL, ARRAY[$2::uuid], ARRAY['entente.contacts.organization.registered.v1'], ARRAY['{}'])",
                late.id,
                late.id,
            )
            for _ in range(20):
                await log(producer, others)
                await eventually(lambda: nothing_waits(producer))
        await log(producer, others)
        await eventually(lambda: nothing_waits(producer))
        told = await in_stream(nats_server.operator_url)
    assert [it.version for it in told if it.aggregate_id == late.id] == [1]
    assert [it.version for it in told if it.aggregate_id == others.id] == list(range(1, 22))


async def test_what_somebody_else_unmarks_is_found_at_the_next_comparison(
    producer: Database, nats_server: NatsForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "HEAL_SECONDS", 0.2)
    aggregate = Counted()

    async def keep_writing() -> None:
        while True:
            await log(producer, aggregate)

    async def first_again() -> bool:
        return await producer.pool.fetchval("SELECT emissions >= 2 FROM event_log ORDER BY seq LIMIT 1")

    async def some() -> bool:
        return await producer.pool.fetchval("SELECT count(*) > 50 FROM event_log WHERE emissions = 1")

    async with relaying(producer, nats_server.url("contacts")), in_background(keep_writing()):
        await eventually(some)
        await producer.pool.execute(
            "UPDATE event_log SET published_at = NULL WHERE seq = (SELECT min(seq) FROM event_log)"
        )
        await eventually(first_again)
