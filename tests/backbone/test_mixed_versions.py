"""Services N and N+1 side by side: nothing lost, nothing twice, nothing out of order, and nobody has to help."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from nats.aio.msg import Msg

from shared.backbone import heads, retrying
from shared.backbone.projections import Projection
from shared.backbone.rebuild import Rebuilder
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.messages import Event
from shared.contracts.refusals import Defect
from shared.kit.database import Database, Transaction, connected, transaction
from shared.kit.service import connected_client
from tests.backbone.conftest import Counted, log, registered
from tests.backbone.parcels import (
    N_PLUS_1,
    Labelled,
    N,
    Parcel,
    Weighed,
    WeighedV2,
    WeighedWithTare,
    head,
    prepare,
    put_aside,
    replica,
    seen,
    tell,
    versions,
)
from tests.backbone.recorder import owning, relaying
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests
from tests.support.settled import settled


@pytest.fixture(autouse=True)
async def table(reader_database: FreshDatabase) -> None:
    await prepare(reader_database)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Owners tell their heads, and processes try again, more often than every 30 s."""
    monkeypatch.setattr(heads, "DIGEST_SECONDS", 0.2)
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.1)


def anything(order: random.Random, producer: str, parcel: Parcel) -> Event:
    """What a producer of this version may announce."""
    if producer == N:
        return Weighed(parcel_id=parcel.id, grams=1)
    return order.choice(
        [
            WeighedWithTare(parcel_id=parcel.id, grams=1, tare=7),
            WeighedV2(parcel_id=parcel.id, milligrams=1000),
            Labelled(parcel_id=parcel.id),
        ]
    )


@asynccontextmanager
async def counting_questions(server: NatsForTests) -> AsyncGenerator[list[bytes]]:
    """What readers ask the owner to read out, as it passes."""
    asked: list[bytes] = []

    async def count(message: Msg) -> None:
        asked.append(message.data)

    async with connected_client(server.operator_url, service="operator") as operator:
        await operator.subscribe("entente.contacts.log.read", cb=count)
        await settled(operator)
        yield asked


async def test_two_versions_of_producer_and_reader_work_together_under_load(
    producer_database: FreshDatabase,
    reader: Database,
    nats_server: NatsForTests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retrying, "RETRY_SECONDS", 0.1)
    order = random.Random(7)
    parcels = [Parcel() for _ in range(40)]

    async def write(parcel: Parcel, producers: dict[str, Database]) -> None:
        for _ in range(40):
            name = order.choice(list(producers))
            events = [anything(order, name, parcel) for _ in range(order.randint(1, 3))]
            await tell(producers[name], parcel, *events)

    async def all_applied() -> bool:
        heads_reached = [await head(reader, it) == it.version for it in parcels]
        return all(heads_reached) and all(resolution for _, resolution in await put_aside(reader))

    async with (
        connected(producer_database.url) as old,
        connected(producer_database.url) as new,
        owning(old, nats_server),
        owning(new, nats_server),
        replica(reader, nats_server, N),
        replica(reader, nats_server, N_PLUS_1),
        counting_questions(nats_server) as asked,
    ):
        await asyncio.gather(*(write(it, {N: old, N_PLUS_1: new}) for it in parcels))
        await eventually(all_applied, deadline=60)

    for parcel in parcels:
        applied = await seen(reader, parcel)
        # In order, and nothing twice.
        assert [it.version for it in applied] == sorted({it.version for it in applied})
        missing = {*range(1, parcel.version + 1)} - {it.version for it in applied}
        # The old reader passes over what it has never heard of.
        assert all(isinstance(parcel.told[version - 1], Labelled) for version in missing)
        for it in applied:
            told = parcel.told[it.version - 1]
            assert it.type == told.subject
            assert it.by == N_PLUS_1 or isinstance(told, Weighed | WeighedWithTare)
            assert it.tare == (getattr(told, "tare", None) if it.by == N_PLUS_1 else None)
    resolutions = await put_aside(reader)
    assert resolutions
    assert {resolution for _, resolution in resolutions} == {"applied"}
    assert await reader.pool.fetchval("SELECT count(*) FROM inbox_parked") == 0
    assert {it.by for parcel in parcels for it in await seen(reader, parcel)} == {N, N_PLUS_1}
    # Each is asked for now and then, by whoever finds it behind; never once for each event or each digest.
    assert len(asked) < 10 * len(parcels)


async def test_what_only_the_next_version_knows_waits_for_it_in_its_place(
    producer: Database, reader: Database, nats_server: NatsForTests
) -> None:
    waiting, other, labelled = Parcel(), Parcel(), Parcel()
    async with relaying(producer, nats_server):
        async with replica(reader, nats_server, N):
            await tell(producer, waiting, WeighedWithTare(parcel_id=waiting.id, grams=1, tare=2))
            await tell(producer, waiting, WeighedV2(parcel_id=waiting.id, milligrams=3))
            await tell(producer, waiting, Weighed(parcel_id=waiting.id, grams=4))
            await tell(producer, waiting, WeighedV2(parcel_id=waiting.id, milligrams=5))
            await tell(producer, other, Weighed(parcel_id=other.id, grams=6))
            await tell(producer, labelled, Labelled(parcel_id=labelled.id))
            await tell(producer, labelled, Weighed(parcel_id=labelled.id, grams=7))
            await eventually(lambda: has_seen(reader, other, [1]))
            await eventually(lambda: has_seen(reader, labelled, [2]))
            await eventually(lambda: is_put_aside(reader, [(2, None)]))
            await eventually(lambda: parked(reader, 2))
            assert await seen(reader, waiting) == [(1, Weighed.subject, N, None)]
        # No digest tells it: the next version looks by itself when it starts.
        async with replica(reader, nats_server, N_PLUS_1):
            await eventually(lambda: has_seen(reader, waiting, [1, 2, 3, 4]))
            await eventually(lambda: is_put_aside(reader, [(2, "applied")]))
    assert await versions(reader, labelled) == [2]


@pytest.mark.usefixtures("hasty")
async def test_it_does_not_matter_that_only_the_old_one_hears_the_digests(
    producer: Database, reader: Database, nats_server: NatsForTests
) -> None:
    parcel = Parcel()
    # Marked as published, but JetStream lost it all: whoever hears the digest reads it from the owner.
    await tell(producer, parcel, Weighed(parcel_id=parcel.id, grams=1))
    await tell(producer, parcel, WeighedV2(parcel_id=parcel.id, milligrams=2))
    await tell(producer, parcel, Weighed(parcel_id=parcel.id, grams=3))
    await producer.pool.execute("UPDATE event_log SET published_at = now(), stream_seq = NULL")
    digests: list[bytes] = []

    async def hear(message: Msg) -> None:
        digests.append(message.data)

    async with owning(producer, nats_server), counting_questions(nats_server) as asked:
        async with connected_client(nats_server.operator_url, service="operator") as operator:
            await operator.subscribe("entente.contacts.digest", cb=hear)
            async with replica(reader, nats_server, N):
                # What comes before is not held back, and it waits where operators see it.
                await eventually(lambda: has_seen(reader, parcel, [1]))
                await eventually(lambda: is_put_aside(reader, [(2, None)]))
                told = len(digests)
                await eventually(lambda: len(digests) > told + 12)
                # Once: a page, and whether another follows.
                assert len(asked) == 2
                async with replica(reader, nats_server, N_PLUS_1, hears_digests=False):
                    await eventually(lambda: is_put_aside(reader, [(2, "applied")]))
        # What followed it was read in the same page and not applied: the digest brings it.
        async with replica(reader, nats_server, N_PLUS_1):
            await eventually(lambda: has_seen(reader, parcel, [1, 2, 3]))


async def test_what_was_parked_and_cannot_be_read_does_not_take_its_predecessor_with_it(
    reader: Database, nats_server: NatsForTests, foreign: ForeignService
) -> None:
    parcel = Parcel()
    async with replica(reader, nats_server, N):
        await foreign.publish(WeighedV2(parcel_id=parcel.id, milligrams=2), version=2)
        await eventually(lambda: parked(reader, 1))
        await foreign.publish(Weighed(parcel_id=parcel.id, grams=1), version=1)
        await eventually(lambda: has_seen(reader, parcel, [1]))
        await eventually(lambda: is_put_aside(reader, [(2, None)]))
        assert await parked(reader, 0)
    async with replica(reader, nats_server, N_PLUS_1):
        await eventually(lambda: has_seen(reader, parcel, [1, 2]))


class RegisteredV2(Event, subject="entente.contacts.organization.registered.v2"):
    organization_id: UUID


async def test_an_old_one_does_not_rebuild_what_it_knows_only_in_part(
    producer: Database, reader: Database, nats_server: NatsForTests
) -> None:
    old, new = Subscribers(), Subscribers()

    async def keep(event: OrganizationRegistered | RegisteredV2, _about: Envelope, tx: Transaction) -> None:
        tx.later(
            "INSERT INTO organizations (organization_id, side) VALUES ($1, 'association')",
            event.organization_id,
        )

    for subscribers in (old, new):
        subscribers.on(OrganizationRegistered)(keep)
    new.on(RegisteredV2)(keep)
    first, second = Counted(), Parcel()
    await log(producer, first)
    await tell(producer, second, RegisteredV2(organization_id=second.id))
    async with transaction(reader, actor=None) as tx:
        for organization_id in (first.id, second.id):
            await keep(registered(organization_id), None, tx)  # type: ignore[arg-type]
            tx.later(
                "INSERT INTO inbox_head (source, aggregate_id, version) VALUES ('contacts', $1, 1)",
                organization_id,
            )
    async with owning(producer, nats_server):
        async with connected_client(nats_server.url("projects"), service="projects") as client:
            known = Projection("known", ("organizations",), new)
            rebuilt = await eventually(lambda: Rebuilder(reader, client, [known]).rebuild("known"))
            assert rebuilt.live_hash == rebuilt.rebuilt_hash
            assert rebuilt.events == 2
            known = Projection("known", ("organizations",), old)
            with pytest.raises(Defect, match="version that is not known"):
                await Rebuilder(reader, client, [known]).rebuild("known")
    async with transaction(reader, actor=None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM organizations") == 2


async def has_seen(reader: Database, parcel: Parcel, expected: list[int]) -> bool:
    return await versions(reader, parcel) == expected


async def is_put_aside(reader: Database, expected: list[tuple[int, str | None]]) -> bool:
    return await put_aside(reader) == expected


async def parked(reader: Database, count: int) -> bool:
    return await reader.pool.fetchval("SELECT count(*) FROM inbox_parked") == count
