"""The relay: everything that is logged comes to stand in the stream, whatever becomes of NATS meanwhile."""

import os
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from nats.js.errors import NotFoundError

from deploy.embedded.nats import EmbeddedNats
from deploy.streams import connect, provision_streams
from shared.backbone import outbox, relay
from shared.backbone.relay import Relay
from shared.contracts.envelope import Envelope
from shared.kit.database import Database, transaction
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted, log, registered
from tests.support.eventually import eventually
from tests.support.servers import NatsForTests, data_folder

WAITING = "SELECT count(*) FROM event_log WHERE published_at IS NULL"
PLACES = "SELECT stream_seq FROM event_log ORDER BY seq"


@asynccontextmanager
async def relaying(database: Database, url: str, *, syncs_always: bool = False) -> AsyncGenerator[None]:
    async with connected_client(url, service="contacts") as client:
        publishing = Relay(database, client, service="contacts", syncs_always=syncs_always)
        async with in_background(publishing.run()):
            yield


async def nothing_waits(database: Database) -> bool:
    return await database.pool.fetchval(WAITING) == 0


async def places(database: Database) -> list[int | None]:
    return [row["stream_seq"] for row in await database.pool.fetch(PLACES)]


async def in_stream(operator_url: str) -> list[Envelope]:
    """All messages of the stream, as it has them."""
    client = await connect(operator_url, name="tests")
    try:
        jetstream = client.jetstream()
        state = (await jetstream.stream_info("CONTACTS")).state
        if not state.messages:
            return []
        subscription = await jetstream.subscribe("", stream="CONTACTS", ordered_consumer=True)
        messages = [await subscription.next_msg(timeout=5) for _ in range(state.messages)]
        return [Envelope.read(it.headers, it.data) for it in messages]
    finally:
        await client.close()


@pytest.fixture
def own_nats() -> Generator[EmbeddedNats]:
    """A server of one test, which starts and kills it; it syncs always."""
    with data_folder() as data:
        server = EmbeddedNats(data, sync="always")
        try:
            yield server
        finally:
            server.stop()


async def test_strict_it_publishes_in_order_and_survives_a_killed_nats(
    producer: Database, own_nats: EmbeddedNats
) -> None:
    program = own_nats.start()
    await provision_streams(own_nats.operator_url)
    first, second = Counted(), Counted()
    async with relaying(producer, own_nats.url("contacts"), syncs_always=True):
        for _ in range(10):
            await log(producer, first, 60)
            await log(producer, second, 60)
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        await log(producer, first, 300)
        own_nats.start()
        await log(producer, second, 300)
        await eventually(lambda: nothing_waits(producer))
    told = await in_stream(own_nats.operator_url)
    for aggregate in (first, second):
        # What was sent again after the death may stand there twice; its first place is in order.
        versions = dict.fromkeys(it.version for it in told if it.aggregate_id == aggregate.id)
        assert list(versions) == list(range(1, 901))


async def test_strict_a_batch_that_the_stream_has_in_part_is_completed(
    producer: Database, nats_server: NatsForTests
) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 5)
    async with relaying(producer, nats_server.url("contacts"), syncs_always=True):
        await eventually(lambda: nothing_waits(producer))
    # The word on the batch was lost.
    await producer.pool.execute("UPDATE event_log SET published_at = NULL, stream_seq = NULL, emissions = 0")
    await log(producer, aggregate, 3)
    async with relaying(producer, nats_server.url("contacts"), syncs_always=True):
        await eventually(lambda: nothing_waits(producer))
    assert await places(producer) == list(range(1, 9))
    assert len(await in_stream(nats_server.operator_url)) == 8


@pytest.mark.parametrize("syncs_always", [False, True])
async def test_what_was_published_but_not_marked_when_the_stream_went_is_published_again(
    producer: Database, nats_server: NatsForTests, monkeypatch: pytest.MonkeyPatch, syncs_always: bool
) -> None:
    monkeypatch.setattr(relay, "MARK_SECONDS", 3600)
    monkeypatch.setattr(relay, "HEAL_SECONDS", 0.2)
    operator = await connect(nats_server.operator_url, name="tests")

    async def held() -> int:
        try:
            return (await operator.jsm().stream_info("CONTACTS")).state.messages
        except NotFoundError:
            return 0

    async with relaying(producer, nats_server.url("contacts"), syncs_always=syncs_always):
        await eventually(lambda: nothing_waits(producer))
        await log(producer, Counted(), 3)

        async def holds_all() -> bool:
            return await held() == 3

        await eventually(holds_all)
        await operator.jsm().delete_stream("CONTACTS")
        await eventually(holds_all)
    await operator.close()


async def test_what_a_stream_lost_shows_even_when_it_has_grown_past_it(
    producer: Database, nats_server: NatsForTests
) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 3)
    async with relaying(producer, nats_server.url("contacts")):
        await eventually(lambda: nothing_waits(producer))
        # As if they had stood behind what the stream has now, before it was rolled back.
        await producer.pool.execute("UPDATE event_log SET stream_seq = stream_seq + 3")
        await log(producer, aggregate, 3)

        async def sent_again() -> bool:
            return await places(producer) == [7, 8, 9, 4, 5, 6]

        await eventually(sent_again)
    assert [it.version for it in await in_stream(nats_server.operator_url)] == [1, 2, 3, 4, 5, 6, 1, 2, 3]


async def test_what_was_never_published_goes_before_what_a_stream_has_lost(
    producer: Database, nats_server: NatsForTests
) -> None:
    old, new = Counted(), Counted()
    await log(producer, old, 600)
    async with relaying(producer, nats_server.url("contacts")):
        await eventually(lambda: nothing_waits(producer))
    await producer.pool.execute("UPDATE event_log SET published_at = NULL, stream_seq = NULL")
    await log(producer, new)
    async with relaying(producer, nats_server.url("contacts")):
        await eventually(lambda: nothing_waits(producer))
    told = await in_stream(nats_server.operator_url)
    assert [it.aggregate_id for it in told[600:]] == [new.id, *[old.id] * 600]


async def test_what_is_still_being_written_is_published_as_soon_as_it_is_committed(
    producer: Database, nats_server: NatsForTests
) -> None:
    """However many commits pass it, and although no comparison looks at everything meanwhile (they are 30 s apart)."""
    late, first, others = Counted(), Counted(), Counted()
    async with relaying(producer, nats_server.url("contacts")):
        async with transaction(producer, actor=None) as earlier:
            # Has its number before the late one, and commits a row with a higher place.
            await earlier.execute("SELECT pg_current_xact_id()")
            async with transaction(producer, actor=None) as tx:
                await outbox.announce(tx, [registered(late.id)], of=late)
                await outbox.announce(earlier, [registered(first.id)], of=first)
                await earlier.execute("COMMIT; BEGIN")
                producer.announced.set()
                await eventually(lambda: nothing_waits(producer))
                for _ in range(5):
                    await log(producer, others)
                    await eventually(lambda: nothing_waits(producer))

        async def published() -> bool:
            return late.id in {it.aggregate_id for it in await in_stream(nats_server.operator_url)}

        await eventually(published, deadline=5)


async def test_a_server_that_comes_back_with_nothing_is_filled_at_once(
    producer: Database, own_nats: EmbeddedNats, tmp_path: Path
) -> None:
    own_nats.start()
    await provision_streams(own_nats.operator_url)
    async with relaying(producer, own_nats.url("contacts")):
        await log(producer, Counted(), 3)
        await eventually(lambda: nothing_waits(producer))
        own_nats.stop()
        own_nats.store.rename(tmp_path / "lost")
        own_nats.start()
        await eventually(lambda: _published_twice(producer))
    assert len(await in_stream(own_nats.operator_url)) == 3


async def _published_twice(database: Database) -> bool:
    return await database.pool.fetchval(
        "SELECT min(emissions) = 2 AND bool_and(stream_seq IS NOT NULL) FROM event_log"
    )
