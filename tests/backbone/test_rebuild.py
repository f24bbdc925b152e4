"""A projection made again from its owner's log is the live one, or replaces it; the system runs on meanwhile."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from shared.backbone.projections import Projection
from shared.backbone.rebuild import Rebuilder
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.rebuilding import UnknownProjection
from shared.kit.database import Database, Transaction
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted, log
from tests.backbone.recorder import Recorder, consuming, has_seen, owning, versions
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests

subscribers = Subscribers()


@subscribers.on(OrganizationRegistered)
async def on_registered(event: OrganizationRegistered, about: Envelope, tx: Transaction) -> None:
    side = "association" if about.version % 2 else "establishment"
    tx.later(
        """INSERT INTO organizations (organization_id, side) VALUES ($1, $2)
           ON CONFLICT (organization_id) DO UPDATE SET side = excluded.side""",
        event.organization_id,
        side,
    )


KNOWN = Projection("known", ("organizations",), subscribers)


@pytest.fixture
def recorder() -> Recorder:
    it = Recorder()
    it.subscribers.include(subscribers)
    return it


@pytest.fixture
async def rebuilder(reader: Database, nats_server: NatsForTests) -> AsyncGenerator[Rebuilder]:
    async with connected_client(nats_server.url("projects"), service="projects") as client:
        yield Rebuilder(reader, client, [KNOWN])


async def test_a_rebuild_gives_what_is_there_while_events_flow(
    producer: Database,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
    rebuilder: Rebuilder,
) -> None:
    aggregates = [Counted() for _ in range(60)]
    for aggregate in aggregates:
        await log(producer, aggregate, 3)

    async def keep_writing() -> None:
        while True:
            for aggregate in aggregates:
                await log(producer, aggregate)

    async def seen_some() -> bool:
        return len(await versions(reader, aggregates[-1])) > 3

    async with owning(producer, nats_server), consuming(reader, nats_server, recorder):
        async with in_background(keep_writing()):
            await eventually(seen_some)
            for _ in range(3):
                rebuilt = await rebuilder.rebuild("known")
                assert rebuilt.live_hash == rebuilt.rebuilt_hash
                assert rebuilt.events >= 3 * len(aggregates)


async def test_what_was_changed_behind_the_events_is_put_right(
    producer: Database,
    reader: Database,
    reader_database: FreshDatabase,
    nats_server: NatsForTests,
    recorder: Recorder,
    rebuilder: Rebuilder,
) -> None:
    changed, removed, untouched = Counted(), Counted(), Counted()
    async with owning(producer, nats_server), consuming(reader, nats_server, recorder):
        for aggregate in (changed, removed, untouched):
            await log(producer, aggregate, 2)
            await eventually(lambda it=aggregate: has_seen(reader, it, 2))
        before = await rebuilder.rebuild("known")
        admin = await asyncpg.connect(reader_database.admin_url)
        await admin.execute(
            "UPDATE organizations SET side = 'third_party' WHERE organization_id = $1", changed.id
        )
        await admin.execute("DELETE FROM organizations WHERE organization_id = $1", removed.id)
        await admin.execute("INSERT INTO organizations VALUES (gen_random_uuid(), 'association')")
        found = await rebuilder.rebuild("known")
        after = await rebuilder.rebuild("known")
        await admin.close()
    assert found.live_hash != found.rebuilt_hash
    assert before.live_hash == found.rebuilt_hash == after.live_hash == after.rebuilt_hash


async def test_only_what_was_applied_is_part_of_it(
    producer: Database,
    reader: Database,
    reader_database: FreshDatabase,
    nats_server: NatsForTests,
    recorder: Recorder,
    rebuilder: Rebuilder,
) -> None:
    discarded, late = Counted(), Counted()
    async with owning(producer, nats_server):
        async with consuming(reader, nats_server, recorder):
            await log(producer, discarded)
            await eventually(lambda: has_seen(reader, discarded, 1))
        admin = await asyncpg.connect(reader_database.admin_url)
        # An operator gave it up, so its effect is not there and its head has moved on.
        await admin.execute("DELETE FROM organizations")
        event_id = await producer.pool.fetchval("SELECT event_id FROM event_log")
        await admin.execute(
            """INSERT INTO quarantine (source, subject, aggregate_id, version, headers, data, reason, fingerprint,
                                       resolution, resolved_at)
               VALUES ('contacts', 'a', $1, 1, jsonb_build_object('ce-id', $2::text), '', 'poison', '',
                       'discarded', now())""",
            discarded.id,
            str(event_id),
        )
        await admin.close()
        # Nobody has consumed this one yet.
        await log(producer, late)
        rebuilt = await rebuilder.rebuild("known")
    assert rebuilt.live_hash == rebuilt.rebuilt_hash
    assert rebuilt.events == 0


async def test_an_unknown_projection_is_refused(rebuilder: Rebuilder) -> None:
    with pytest.raises(UnknownProjection) as refused:
        await rebuilder.rebuild("unknown")
    assert refused.value.fields == {"known": ["known"]}
