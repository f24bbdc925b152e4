"""How fast the relay empties a log that waits, against publishing the same messages by hand over one connection."""

import asyncio
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import nats
import psycopg
import uvloop

from shared.backbone.outbox import announce
from shared.backbone.publishing import BATCH, Outgoing
from shared.backbone.relay import COLUMNS, Relay, envelope_of
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side
from shared.kit.database import Database, connected, transaction
from shared.kit.service import connected_client, in_background
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.kit_chain import Loaded
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder

WAITING = 20_000
OF_ONE_AGGREGATE = 200
ROUNDS = 3

# A server that syncs always writes each of these to the disk by itself.
STRICT_BY_HAND = 3_000

_NOTHING_PUBLISHED = """
UPDATE event_log SET published_at = NULL, stream_seq = NULL, emissions = 0;
UPDATE relay_state SET stream_created = NULL;
"""
_NOTHING_WAITS = "SELECT NOT EXISTS (SELECT FROM event_log WHERE published_at IS NULL)"
_LAST_MARKED = "SELECT extract(epoch FROM max(published_at))::float8 FROM event_log"


def measure(_seconds: float) -> list[Figure]:
    """Rounds of floor and relay in turn; of each the quietest one. The strict mode has one round."""
    with _servers(sync="1s") as (database, server):
        rounds = [_round(database, server, by_hand=WAITING, syncs_always=False) for _ in range(ROUNDS)]
    with _servers(sync="always") as (database, server):
        strict = _round(database, server, by_hand=STRICT_BY_HAND, syncs_always=True)
    floor, relayed = (max(values) for values in zip(*rounds, strict=True))
    return [
        Figure(f"relay, {WAITING:,} events that wait", relayed, "/s", goal=at_least(0.5), floor=floor),
        Figure("relay, the same in strict mode", strict[1], "/s", floor=strict[0]),
    ]


@contextmanager
def _servers(*, sync: str) -> Generator[tuple[FreshDatabase, NatsForTests]]:
    with data_folder() as data:
        postgres, server = PostgresForTests(data, sync=True), NatsForTests(data, sync=sync)
        try:
            postgres.start()
            server.start()
            database = postgres.create("contacts")
            uvloop.run(_log(database))
            yield database, server
        finally:
            server.stop()
            postgres.stop()


async def _log(fresh: FreshDatabase) -> None:
    async with connected(fresh.url) as database:
        for _ in range(WAITING // OF_ONE_AGGREGATE):
            organization_id = OrganizationId(new_id())
            fact = OrganizationRegistered(organization_id=organization_id, side=Side.ASSOCIATION)
            async with transaction(database, actor=None) as tx:
                await announce(tx, [fact] * OF_ONE_AGGREGATE, of=Loaded(organization_id, 0))


def _round(
    fresh: FreshDatabase, server: NatsForTests, *, by_hand: int, syncs_always: bool
) -> tuple[float, float]:
    """Events per second, by hand and by the relay."""

    async def both() -> tuple[float, float]:
        async with connected(fresh.url) as database:
            messages = await _messages(database)
            await server.recreate_streams()
            floor = await _publish_by_hand(server, messages[:by_hand])
            await server.recreate_streams()
            with psycopg.connect(fresh.owner_url, autocommit=True) as owner:
                owner.execute(_NOTHING_PUBLISHED)
                owner.execute("VACUUM ANALYZE event_log")
            return floor, await _relay(database, server, syncs_always=syncs_always)

    return uvloop.run(both())


async def _messages(database: Database) -> list[Outgoing]:
    rows = await database.pool.fetch(f"SELECT {COLUMNS} FROM event_log ORDER BY seq")
    envelopes = [envelope_of(row, "contacts", 1) for row in rows]
    return [
        Outgoing(place, it.type, it.data, it.headers() | {"Nats-Msg-Id": str(it.event_id)})
        for place, it in enumerate(envelopes)
    ]


async def _publish_by_hand(server: NatsForTests, messages: Sequence[Outgoing]) -> float:
    client = await nats.connect(server.url("contacts"), inbox_prefix="_INBOX_contacts")
    jetstream = client.jetstream()
    begun = time.perf_counter()
    for start in range(0, len(messages), BATCH):
        await asyncio.gather(
            *[
                await jetstream.publish_async(it.subject, it.data, headers=it.headers)
                for it in messages[start : start + BATCH]
            ]
        )
    took = time.perf_counter() - begun
    await client.close()
    return len(messages) / took


async def _relay(database: Database, server: NatsForTests, *, syncs_always: bool) -> float:
    async with connected_client(server.url("contacts"), service="contacts") as client:
        begun = time.time()
        relay = Relay(database, client, service="contacts", syncs_always=syncs_always)
        async with in_background(relay.run()):
            # Asked rarely, so that asking takes nothing away: PostgreSQL knows when the last one was marked.
            await eventually(lambda: database.pool.fetchval(_NOTHING_WAITS), deadline=120)
        return WAITING / (await database.pool.fetchval(_LAST_MARKED) - begun)
