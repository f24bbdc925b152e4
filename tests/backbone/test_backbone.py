"""From a committed event to its effect in another service: once, in order, whatever is lost on the way."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest
from nats.js.errors import NotFoundError

from shared.backbone import inbox
from shared.backbone.heads import Owner
from shared.backbone.owners_log import LogReader
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.refusals import Trouble
from shared.kit.database import Database, connected
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted, log, registered
from tests.backbone.recorder import Recorder, consuming, has_seen, relaying, versions
from tests.backbone.test_relay import nothing_waits
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


async def test_events_arrive_once_and_in_order(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    first, second = Counted(), Counted()
    async with relaying(producer, nats_server), consuming(reader, nats_server, recorder):
        for _ in range(10):
            await asyncio.gather(log(producer, first, 3), log(producer, second, 2))
        await eventually(lambda: has_seen(reader, first, 30))
        await eventually(lambda: has_seen(reader, second, 20))
    assert await versions(reader, first) == list(range(1, 31))
    assert await versions(reader, second) == list(range(1, 21))


async def test_what_was_committed_without_a_relay_is_published_by_the_next_one(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 700)
    async with relaying(producer, nats_server), consuming(reader, nats_server, recorder):
        await eventually(lambda: has_seen(reader, aggregate, 700))
    assert await versions(reader, aggregate) == list(range(1, 701))


async def test_one_relay_leads_and_another_takes_over(
    producer_database: FreshDatabase, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregate = Counted()
    async with connected(producer_database.url) as one, connected(producer_database.url) as two:
        async with consuming(reader, nats_server, recorder), AsyncExitStack() as second:
            async with relaying(one, nats_server):
                await second.enter_async_context(relaying(two, nats_server))
                # Written through the follower's process: it tells the leader.
                await log(two, aggregate)
                await eventually(lambda: has_seen(reader, aggregate, 1))
            await log(two, aggregate)
            await eventually(lambda: has_seen(reader, aggregate, 2))
            # The effect may be committed before the relay's own mark.
            await eventually(lambda: everything_marked(two))
            sent = await producer_count(two)
    assert sent == 2


async def test_a_wiped_stream_is_put_back_and_filled_again(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregate = Counted()
    async with relaying(producer, nats_server), consuming(reader, nats_server, recorder):
        await log(producer, aggregate, 5)
        await eventually(lambda: has_seen(reader, aggregate, 5))
    async with connected_client(nats_server.operator_url, service="operator") as operator:
        await operator.jsm().delete_stream("CONTACTS")
        with pytest.raises(NotFoundError):
            await operator.jsm().stream_info("CONTACTS")
    await log(producer, aggregate)
    async with relaying(producer, nats_server):
        async with connected_client(nats_server.operator_url, service="operator") as operator:

            async def refilled() -> bool:
                try:
                    return (await operator.jsm().stream_info("CONTACTS")).state.messages == 6
                except NotFoundError:
                    return False

            await eventually(refilled)
        async with consuming(reader, nats_server, recorder):
            await eventually(lambda: has_seen(reader, aggregate, 6))
    assert await versions(reader, aggregate) == [1, 2, 3, 4, 5, 6]


async def test_duplicates_and_disorder_change_nothing(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    aggregate = Counted()
    told = [foreign.envelope(registered(aggregate.id)) for _ in range(6)]
    async with consuming(reader, nats_server, recorder):
        for index in (2, 0, 0, 5, 4, 2, 3, 1, 1, 5, 0):
            await foreign.send(told[index])
        await eventually(lambda: has_seen(reader, aggregate, 6))
        assert await versions(reader, aggregate) == [1, 2, 3, 4, 5, 6]
    assert await reader.pool.fetchval("SELECT count(*) FROM inbox_parked") == 0


async def test_a_lost_tail_is_read_from_the_owners_log(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 450)
    # Marked as published, but JetStream lost them all and nothing newer shows a gap.
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    async with consuming(reader, nats_server, recorder):
        async with connected_client(nats_server.url("contacts"), service="contacts") as client:
            async with in_background(Owner(producer, client, service="contacts").run()):
                await eventually(lambda: has_seen(reader, aggregate, 450))
    assert await versions(reader, aggregate) == list(range(1, 451))


async def test_a_reader_that_starts_asks_for_what_it_missed(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 3)
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    async with (
        connected_client(nats_server.url("contacts"), service="contacts") as client,
        AsyncExitStack() as stack,
    ):
        # The log is read out, but nobody tells its heads.
        await LogReader(producer, client, service="contacts").answering(stack)
        async with consuming(reader, nats_server, recorder):
            await eventually(lambda: has_seen(reader, aggregate, 3))


async def test_trouble_with_one_aggregate_holds_back_no_other_until_the_next_digest(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    aggregates = [Counted() for _ in range(6)]
    for aggregate in aggregates:
        await log(producer, aggregate)
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    recorder.failures = [Trouble("in the way of another replica"), Trouble("again")]

    async def most() -> bool:
        return sum([await has_seen(reader, it, 1) for it in aggregates]) >= len(aggregates) - 2

    async with consuming(reader, nats_server, recorder):
        async with connected_client(nats_server.url("contacts"), service="contacts") as client:
            async with in_background(Owner(producer, client, service="contacts").run()):
                await eventually(most)


async def test_one_bad_event_in_a_batch_is_found_in_a_few_steps(
    producer: Database,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aggregates = [Counted() for _ in range(64)]
    recorder.poison = aggregates[40].id
    for aggregate in aggregates:
        await log(producer, aggregate)
    batches: list[int] = []
    apply = inbox.apply

    async def counted(tx: Any, source: str, batch: Any, *rest: Any, **named: Any) -> inbox.Applied:
        batches.append(len(batch))
        return await apply(tx, source, batch, *rest, **named)

    monkeypatch.setattr(inbox, "apply", counted)
    async with relaying(producer, nats_server):
        await eventually(lambda: nothing_waits(producer))
    async with consuming(reader, nats_server, recorder):
        await eventually(lambda: has_seen(reader, aggregates[-1], 1))
        await eventually(lambda: has_seen(reader, aggregates[0], 1))
    assert await reader.pool.fetchval("SELECT count(*) FROM inbox_head WHERE version = 1") == 63
    # 64 in one batch: two halves six times.
    assert len(batches) < 30


async def test_trouble_is_tried_again_later(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    aggregate = Counted()
    recorder.failures = [Trouble("away"), Trouble("away")]
    async with consuming(reader, nats_server, recorder):
        await foreign.publish(registered(aggregate.id))
        await eventually(lambda: has_seen(reader, aggregate, 1))
    assert await versions(reader, aggregate) == [1]


async def test_poison_is_put_aside_with_its_reason_and_holds_back_nobody_else(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    poisoned, healthy = Counted(), Counted()
    recorder.poison = poisoned.id
    async with consuming(reader, nats_server, recorder):
        await foreign.publish(registered(poisoned.id))
        await foreign.publish(registered(healthy.id))
        await eventually(lambda: has_seen(reader, healthy, 1))

        async def put_aside() -> Any:
            return await reader.pool.fetchrow("SELECT aggregate_id, version, reason FROM quarantine")

        row = await eventually(put_aside)
    assert (row["aggregate_id"], row["version"]) == (poisoned.id, 1)
    assert "ZeroDivisionError" in row["reason"]
    assert await versions(reader, poisoned) == []


async def test_poison_that_is_read_again_from_the_owners_log_holds_back_nobody_else(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    poisoned, healthy = sorted((Counted(), Counted()), key=lambda it: it.id)
    recorder.poison = poisoned.id
    await log(producer, poisoned, 3)
    await log(producer, healthy, 3)
    async with consuming(reader, nats_server, recorder):
        async with connected_client(nats_server.url("contacts"), service="contacts") as client:
            # An unreadable digest is passed over as well.
            await client.publish("entente.contacts.digest", b"not a digest")
            async with in_background(Owner(producer, client, service="contacts").run()):
                await eventually(lambda: has_seen(reader, healthy, 3))
                await log(producer, healthy)
        async with connected_client(nats_server.url("contacts"), service="contacts") as client:
            async with in_background(Owner(producer, client, service="contacts").run()):
                await eventually(lambda: has_seen(reader, healthy, 4))
    assert await versions(reader, poisoned) == []


async def test_an_unreadable_message_is_kept_too(
    reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    async with consuming(reader, nats_server, recorder):
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            await operator.jetstream().publish(
                OrganizationRegistered.subject, b"\xff not an event", timeout=5
            )

        async def put_aside() -> Any:
            return await reader.pool.fetchrow("SELECT data, reason FROM quarantine")

        row = await eventually(put_aside)
    assert row["data"] == b"\xff not an event"
    assert "envelope" in row["reason"]


async def test_a_deleted_consumer_is_put_back(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    aggregate = Counted()
    async with consuming(reader, nats_server, recorder):
        await foreign.publish(registered(aggregate.id))
        await eventually(lambda: has_seen(reader, aggregate, 1))
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            await operator.jsm().delete_consumer("CONTACTS", "projects")
        await foreign.publish(registered(aggregate.id))
        await eventually(lambda: has_seen(reader, aggregate, 2))
    assert await versions(reader, aggregate) == [1, 2]


async def producer_count(database: Database) -> int:
    return await database.pool.fetchval("SELECT sum(emissions) FROM event_log")


async def everything_marked(database: Database) -> bool:
    return await database.pool.fetchval("SELECT bool_and(published_at IS NOT NULL) FROM event_log")
