"""An owner whose database was restored to an earlier point: versions repeat, and its readers follow it back."""

from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest

from shared.backbone import inbox
from shared.backbone.heads import Owner
from shared.backbone.projections import Projection
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.kit import metrics
from shared.kit.database import Database, Transaction, transaction
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted, log, registered
from tests.backbone.recorder import Recorder, consuming, has_seen, owning, versions
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests

subscribers = Subscribers()


@subscribers.on(OrganizationRegistered)
async def on_registered(event: OrganizationRegistered, _about: Envelope, tx: Transaction) -> None:
    tx.later(
        "INSERT INTO organizations (organization_id, side) VALUES ($1, 'association') ON CONFLICT DO NOTHING",
        event.organization_id,
    )


KNOWN = Projection("known", ("organizations",), subscribers)


@pytest.fixture
def recorder() -> Recorder:
    it = Recorder()
    it.subscribers.include(subscribers)
    return it


async def test_readers_follow_a_restored_owner(
    producer: Database,
    producer_database: FreshDatabase,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
) -> None:
    kept, shortened, forgotten = Counted(), Counted(), Counted()
    async with consuming(reader, nats_server, recorder, [KNOWN]):
        async with owning(producer, nats_server):
            for aggregate, count in ((kept, 2), (shortened, 5), (forgotten, 1)):
                await log(producer, aggregate, count)
            for aggregate, count in ((kept, 2), (shortened, 5), (forgotten, 1)):
                await eventually(lambda it=aggregate, n=count: has_seen(reader, it, n))
            assert await known(reader) == {kept.id, shortened.id, forgotten.id}
        await restore(producer_database, {kept.id: 2, shortened.id: 3})
        shortened.version = 3
        await log(producer, shortened, 4)
        async with owning(producer, nats_server):
            # Four events after the restore are four that nobody has seen, whatever had their versions before.
            await eventually(lambda: has_seen(reader, shortened, 9))
        assert await versions(reader, shortened) == [1, 2, 3, 4, 5, 4, 5, 6, 7]
        assert await versions(reader, kept) == [1, 2]
        assert await known(reader) == {kept.id, shortened.id}
        assert await heads(reader) == {kept.id: 2, shortened.id: 7}


async def test_the_digest_tells_of_a_restore_that_nothing_has_followed(
    producer: Database,
    producer_database: FreshDatabase,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
) -> None:
    kept, forgotten = Counted(), Counted()
    async with consuming(reader, nats_server, recorder, [KNOWN]):
        async with owning(producer, nats_server):
            await log(producer, kept)
            await log(producer, forgotten)
            await eventually(lambda: has_seen(reader, forgotten, 1))
            await eventually(lambda: has_seen(reader, kept, 1))
        await restore(producer_database, {kept.id: 1})
        async with connected_client(nats_server.url("contacts"), service="contacts") as client:
            async with in_background(Owner(producer, client, service="contacts").run()):

                async def followed() -> bool:
                    return await known(reader) == {kept.id}

                await eventually(followed)


async def test_what_was_published_before_the_restore_is_not_applied_after_it(
    producer: Database,
    producer_database: FreshDatabase,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
    foreign: ForeignService,
) -> None:
    aggregate = Counted()
    async with consuming(reader, nats_server, recorder, [KNOWN]):
        async with owning(producer, nats_server):
            await log(producer, aggregate)
            await eventually(lambda: has_seen(reader, aggregate, 1))
        await restore(producer_database, {aggregate.id: 1})
        async with owning(producer, nats_server):
            other = Counted()
            await log(producer, other)
            await eventually(lambda: has_seen(reader, other, 1))
        # It was on its way while the owner was restored, and never happened.
        await foreign.publish(registered(aggregate.id), version=2, epoch=1)
        async with owning(producer, nats_server):
            await log(producer, other)
            await eventually(lambda: has_seen(reader, other, 2))
        assert await versions(reader, aggregate) == [1]


async def test_an_epoch_that_the_owner_knows_nothing_of_is_not_followed(
    producer: Database,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
    foreign: ForeignService,
) -> None:
    true, claimed = Counted(), Counted()
    async with consuming(reader, nats_server, recorder, [KNOWN]), owning(producer, nats_server):
        await log(producer, true)
        await eventually(lambda: has_seen(reader, true, 1))
        await foreign.publish(registered(claimed.id), version=1, epoch=9)
        await log(producer, true, 2)
        await eventually(lambda: has_seen(reader, true, 3))

        async def put_aside() -> bool:
            reasons = await reader.pool.fetch("SELECT reason FROM quarantine")
            return ["epoch 9" in row["reason"] for row in reasons] == [True]

        await eventually(put_aside)
    assert await versions(reader, claimed) == []


async def test_an_owner_that_was_put_back_by_hand_is_told_to_operators(
    producer: Database, reader: Database, nats_server: NatsForTests, recorder: Recorder
) -> None:
    in_the_past = metrics.sources_in_the_past.labels("projects", "contacts")
    async with consuming(reader, nats_server, recorder) as consumer:
        async with owning(producer, nats_server):
            aggregate = Counted()
            await log(producer, aggregate)
            await eventually(lambda: has_seen(reader, aggregate, 1))
        await reader.pool.execute("UPDATE inbox_source SET epoch = 2")
        await consumer.follow_epoch(1)
        assert in_the_past._value.get() == 1
        await consumer.follow_epoch(2)
        assert in_the_past._value.get() == 0


async def test_what_waits_in_quarantine_takes_the_epoch_in_which_it_comes_again(
    reader: Database, foreign: ForeignService
) -> None:
    poison = foreign.envelope(registered(Counted().id))
    for epoch, expected in ((1, True), (1, False), (2, True)):
        async with transaction(reader, actor=None) as tx:
            again = replace(poison, epoch=epoch)
            kept = await inbox.quarantine(
                tx,
                "contacts",
                subject=again.type,
                stream_seq=None,
                headers=again.headers(),
                data=again.data,
                reason="poison",
                envelope=again,
            )
        assert kept is expected
    rows = await reader.pool.fetch("SELECT headers ->> 'ce-epoch' AS epoch FROM quarantine")
    assert [row["epoch"] for row in rows] == ["2"]


async def test_a_header_that_postgresql_cannot_hold_is_kept_without_what_is_wrong_with_it(
    reader: Database,
) -> None:
    async with transaction(reader, actor=None) as tx:
        await inbox.quarantine(
            tx,
            "contacts",
            subject="entente.contacts.organization.registered.v1",
            stream_seq=1,
            headers={"ce-id": "a\0b"},
            data=b"\0",
            reason="unreadable: a\0b",
            envelope=None,
        )
    row = await reader.pool.fetchrow("SELECT headers ->> 'ce-id' AS id, reason, data FROM quarantine")
    assert tuple(row) == ("a\ufffdb", "unreadable: a\ufffdb", b"\0")


async def test_nothing_received_says_nothing_of_the_epoch(reader: Database) -> None:
    async with transaction(reader, actor=None) as tx:
        assert await inbox.apply(tx, "contacts", [], subscribers) == inbox.Applied()
        assert await inbox.epoch_of(tx, "contacts") is None


async def restore(database: FreshDatabase, kept: dict[UUID, int]) -> None:
    """What `entente restore` leaves: an earlier log, in a new epoch, to be published again."""
    connection = await asyncpg.connect(database.admin_url)
    await connection.execute(
        """DELETE FROM event_log AS log WHERE NOT EXISTS (
               SELECT FROM unnest($1::uuid[], $2::bigint[]) AS kept (id, version)
               WHERE kept.id = log.aggregate_id AND log.version <= kept.version)""",
        list(kept),
        list(kept.values()),
    )
    await connection.execute("DELETE FROM event_chain")
    await connection.execute(
        """DELETE FROM event_head;
           INSERT INTO event_head SELECT aggregate_id, max(version), now() FROM event_log GROUP BY aggregate_id;
           UPDATE event_log SET published_at = NULL, stream_seq = NULL;
           UPDATE relay_state SET epoch = epoch + 1, stream_created = NULL"""
    )
    await connection.close()


async def known(reader: Database) -> set[UUID]:
    async with reader.pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL entente.role = 'service'")
        return {row["organization_id"] for row in await connection.fetch("SELECT * FROM organizations")}


async def heads(reader: Database) -> dict[UUID, int]:
    rows = await reader.pool.fetch("SELECT aggregate_id, version FROM inbox_head WHERE version > 0")
    return {row["aggregate_id"]: row["version"] for row in rows}
