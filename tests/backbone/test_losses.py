"""What a stream has lost: the newest of it is sent again, the rest is read from the log by whoever misses it."""

from collections.abc import Awaitable, Callable

import pytest
from nats.js.errors import NotFoundError

from shared.backbone import heads, healing, relay
from shared.kit.database import Database
from shared.kit.service import connected_client
from tests.backbone.conftest import Counted, log
from tests.backbone.recorder import Recorder, consuming, has_seen, owning, versions
from tests.support.eventually import eventually
from tests.support.servers import NatsForTests

NEWEST = 5


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healing, "REFILLED", NEWEST)
    monkeypatch.setattr(relay, "HEAL_SECONDS", 0.2)
    # No digest but the first, and those that a loss causes.
    monkeypatch.setattr(heads, "DIGEST_SECONDS", 3600.0)


async def published(producer: Database) -> bool:
    return await producer.pool.fetchval("SELECT count(*) = 0 FROM event_log WHERE published_at IS NULL")


async def losses(producer: Database) -> int:
    return await producer.pool.fetchval("SELECT losses FROM relay_state")


def holds(nats_server: NatsForTests, count: int) -> Callable[[], Awaitable[bool]]:
    async def check() -> bool:
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            try:
                return (await operator.jsm().stream_info("CONTACTS")).state.messages == count
            except NotFoundError:
                return False

    return check


async def wipe(nats_server: NatsForTests) -> None:
    async with connected_client(nats_server.operator_url, service="operator") as operator:
        await operator.jsm().delete_stream("CONTACTS")


async def test_of_a_stream_that_was_wiped_the_newest_is_sent_again_once(
    producer: Database, nats_server: NatsForTests
) -> None:
    async with owning(producer, nats_server):
        for count in (30, 12):
            await log(producer, Counted(), count)
            await eventually(lambda: published(producer))
        await wipe(nats_server)
        await eventually(holds(nats_server, NEWEST))
        await log(producer, Counted())
        # The places of what was not sent again belong to the stream that is gone: no later look takes them for lost.
        await eventually(holds(nats_server, NEWEST + 1))
        await wipe(nats_server)
        await eventually(holds(nats_server, NEWEST))
        await eventually(lambda: published(producer))
        assert await losses(producer) == 2
    assert await producer.pool.fetchval("SELECT count(*) FROM event_log WHERE emissions > 1") == NEWEST + 1


async def test_readers_read_what_is_not_sent_again_as_soon_as_the_loss_is_noticed(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    old, kept = Counted(), Counted()
    async with owning(producer, nats_server):
        await log(producer, old, 20)
        async with consuming(reader, nats_server, recorder):
            await eventually(lambda: has_seen(reader, old, 20))
            # As if it had been away while the last twelve were published.
            await reader.pool.execute("UPDATE inbox_head SET version = 8")
            await log(producer, kept, NEWEST)
            await eventually(lambda: has_seen(reader, kept, NEWEST))
            await wipe(nats_server)
            await eventually(lambda: has_seen(reader, old, 32))
    assert await versions(reader, old) == [*range(1, 21), *range(9, 21)]


async def test_a_stream_that_was_emptied_without_a_trace_is_noticed(
    producer: Database, nats_server: NatsForTests
) -> None:
    async with owning(producer, nats_server):
        await log(producer, Counted(), 12)
        await eventually(lambda: published(producer))
        await eventually(holds(nats_server, 12))
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            await operator.jsm().purge_stream("CONTACTS")
        await eventually(holds(nats_server, NEWEST))
        assert await losses(producer) == 1


async def test_what_has_grown_old_in_the_stream_is_not_lost(
    producer: Database, nats_server: NatsForTests
) -> None:
    async with owning(producer, nats_server):
        await log(producer, Counted(), 12)
        await eventually(lambda: published(producer))
        await producer.pool.execute("UPDATE event_log SET published_at = published_at - interval '31 days'")
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            await operator.jsm().purge_stream("CONTACTS")
        await log(producer, Counted())
        await eventually(holds(nats_server, 1))
        assert await losses(producer) == 0


async def test_many_aggregates_are_recovered_together(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregates = [Counted() for _ in range(heads.TOGETHER + 30)]
    for aggregate in aggregates:
        await log(producer, aggregate, 3)
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    async with owning(producer, nats_server), consuming(reader, nats_server, recorder):
        for aggregate in aggregates:
            await eventually(lambda it=aggregate: has_seen(reader, it, 3))
    assert await versions(reader, aggregates[-1]) == [1, 2, 3]


async def test_one_bad_event_among_many_that_are_recovered_holds_back_nobody(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregates = [Counted() for _ in range(40)]
    bad = aggregates[20]
    recorder.poison = bad.id
    for aggregate in aggregates:
        await log(producer, aggregate, 2)
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    async with owning(producer, nats_server), consuming(reader, nats_server, recorder):
        for aggregate in aggregates:
            if aggregate is not bad:
                await eventually(lambda it=aggregate: has_seen(reader, it, 2))
    assert await versions(reader, bad) == []
    assert await reader.pool.fetchval("SELECT count(*) FROM quarantine") == 1
    assert await reader.pool.fetchval("SELECT count(*) FROM inbox_parked") == 1
