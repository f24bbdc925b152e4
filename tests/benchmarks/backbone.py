"""One round of events through real servers: a producing process, a reading process, and the commit times of both.

PostgreSQL itself tells when each transaction was committed (`track_commit_timestamp`), so that nothing is measured
inside the programs that are compared.
"""

import asyncio
import multiprocessing
import time
from collections import deque
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event as ProcessEvent
from typing import LiteralString
from uuid import UUID, uuid4

import psycopg
import uvloop

from tests.benchmarks.processes import others_cpu_seconds
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder

# As many as a service has under way at once when it is busy.
WRITERS = 8
AGGREGATES = 64

# The first events meet cold caches and statements that are not prepared yet.
WARM_UP_SECONDS = 0.5

DRAINED_WITHIN_SECONDS = 60.0

# What an act changes and what it causes. Written once each, so that their row version tells the commit.
_TABLES: LiteralString = """
CREATE TABLE bench_acts (aggregate_id uuid NOT NULL, version bigint NOT NULL, PRIMARY KEY (aggregate_id, version));
CREATE TABLE bench_effects (aggregate_id uuid NOT NULL, version bigint NOT NULL, PRIMARY KEY (aggregate_id, version));
CREATE TABLE floor_log (event_id uuid PRIMARY KEY, aggregate_id uuid NOT NULL, version bigint NOT NULL, data text NOT NULL);
CREATE TABLE floor_inbox (event_id uuid PRIMARY KEY);
GRANT SELECT, INSERT ON bench_acts, bench_effects, floor_log, floor_inbox TO entente_service;
"""

Commits = dict[tuple[UUID, int], float]
Write = Callable[[UUID, int], Awaitable[None]]


@dataclass(frozen=True)
class Addresses:
    """Where the two programs of a round find their servers."""

    producer_database: str
    reader_database: str
    producer_nats: str
    reader_nats: str
    operator_nats: str


@dataclass(frozen=True)
class Chain:
    """One way from a committed act to its committed effect. Both functions are of modules: processes are spawned."""

    name: str
    writing: Callable[[Addresses], AbstractAsyncContextManager[Write]]
    reading: Callable[[Addresses], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Round:
    """What a round took."""

    latencies_ms: list[float]
    """From the commit of each act to the commit of its effect, without the warm-up."""
    events_per_second: float
    """From the first act's commit to the last effect's."""
    cpu_ms_per_event: float
    """Of both programs and both servers."""


@dataclass(frozen=True)
class Signs:
    """What the processes of a round tell one another."""

    reading: ProcessEvent
    writing: ProcessEvent
    begin: ProcessEvent
    stop: ProcessEvent


class Backbone:
    """The two servers, as in production: with every wait for the disk."""

    def __init__(self, postgres: PostgresForTests, nats: NatsForTests) -> None:
        self._postgres = postgres
        self._nats = nats

    def run(self, chain: Chain, *, seconds: float, rate: float | None) -> Round:
        """Run one round: `rate` acts per second, or as many as possible."""
        with self._prepared() as (producing, reading, addresses):
            cpu_seconds = _run_processes(chain, addresses, reading, seconds=seconds, rate=rate)
            acts, effects = _commits(producing, "bench_acts"), _commits(reading, "bench_effects")
            warm = min(acts.values()) + WARM_UP_SECONDS
            return Round(
                latencies_ms=[1000 * (effects[key] - at) for key, at in acts.items() if at > warm],
                events_per_second=len(acts) / (max(effects.values()) - min(acts.values())),
                cpu_ms_per_event=1000 * cpu_seconds / len(acts),
            )

    @contextmanager
    def databases(self) -> Generator[Addresses]:
        """Fresh databases and empty streams, for measurements of their own."""
        with self._prepared() as (_, _, addresses):
            yield addresses

    @contextmanager
    def _prepared(self) -> Generator[tuple[FreshDatabase, FreshDatabase, Addresses]]:
        asyncio.run(self._nats.recreate_streams())
        with self._database("contacts") as producing, self._database("projects") as reading:
            yield (
                producing,
                reading,
                Addresses(
                    producer_database=producing.url,
                    reader_database=reading.url,
                    producer_nats=self._nats.url("contacts"),
                    reader_nats=self._nats.url("projects"),
                    operator_nats=self._nats.operator_url,
                ),
            )

    @contextmanager
    def _database(self, service: str) -> Generator[FreshDatabase]:
        database = self._postgres.create(service)
        try:
            with psycopg.connect(database.owner_url) as owner:
                owner.execute(_TABLES)
            yield database
        finally:
            self._postgres.drop(database)


@contextmanager
def backbone() -> Generator[Backbone]:
    """Start the servers; stop them at the end."""
    with data_folder() as data:
        postgres = PostgresForTests(data, sync=True, settings={"track_commit_timestamp": "on"})
        nats = NatsForTests(data)
        try:
            postgres.start()
            nats.start()
            yield Backbone(postgres, nats)
        finally:
            nats.stop()
            postgres.stop()


def _run_processes(
    chain: Chain, addresses: Addresses, reading: FreshDatabase, *, seconds: float, rate: float | None
) -> float:
    """The CPU seconds used, by the two programs and the servers, which are all children of this process."""
    context = multiprocessing.get_context("spawn")
    signs = Signs(context.Event(), context.Event(), context.Event(), context.Event())
    reader = context.Process(target=_read, args=(chain, addresses, signs))
    writer = context.Process(target=_write, args=(chain, addresses, signs, seconds, rate))
    try:
        for process, ready in ((reader, signs.reading), (writer, signs.writing)):
            process.start()
            if not ready.wait(DRAINED_WITHIN_SECONDS):
                raise TimeoutError("a program of the round did not start")
        before = others_cpu_seconds()
        signs.begin.set()
        _wait_until_drained(addresses, reading, writer.is_alive, at_least_until=time.monotonic() + seconds)
        return others_cpu_seconds() - before
    finally:
        signs.stop.set()
        for process in (writer, reader):
            if process.pid is not None:
                process.join(timeout=10)
                process.kill()


def _wait_until_drained(
    addresses: Addresses, reading: FreshDatabase, alive: Callable[[], bool], *, at_least_until: float
) -> None:
    deadline = at_least_until + DRAINED_WITHIN_SECONDS
    with (
        psycopg.connect(addresses.producer_database, autocommit=True) as acts,
        psycopg.connect(reading.url, autocommit=True) as effects,
    ):
        previous = -1
        while time.monotonic() < deadline:
            if not alive():
                raise RuntimeError("the writing program failed")
            time.sleep(0.5)
            done, told = _count(acts, "bench_acts"), _count(effects, "bench_effects")
            # Nothing new for a while, and nothing on its way.
            if time.monotonic() > at_least_until and done and done == told == previous:
                return
            previous = done
    raise TimeoutError("some events did not arrive")


def _count(connection: psycopg.Connection, table: LiteralString) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return row[0] if row else 0


def _commits(database: FreshDatabase, table: LiteralString) -> Commits:
    with psycopg.connect(database.admin_url) as admin:
        rows = admin.execute(
            f"SELECT aggregate_id, version, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 FROM {table}"
        )
        return {(aggregate_id, version): at for aggregate_id, version, at in rows}


def _read(chain: Chain, addresses: Addresses, signs: Signs) -> None:
    async def read() -> None:
        async with chain.reading(addresses):
            signs.reading.set()
            await asyncio.to_thread(signs.stop.wait)

    uvloop.run(read())


def _write(chain: Chain, addresses: Addresses, signs: Signs, seconds: float, rate: float | None) -> None:
    async def write() -> None:
        async with chain.writing(addresses) as act:
            signs.writing.set()
            await asyncio.to_thread(signs.begin.wait)
            ends = time.monotonic() + seconds
            await (_as_fast_as_possible(act, ends) if rate is None else _at_rate(act, ends, rate))
            # What was committed last is still to be relayed.
            await asyncio.to_thread(signs.stop.wait)

    uvloop.run(write())


async def _as_fast_as_possible(act: Write, ends: float) -> None:
    async def keep_writing() -> None:
        mine = deque((uuid4(), 0) for _ in range(AGGREGATES // WRITERS))
        while time.monotonic() < ends:
            aggregate_id, version = mine.popleft()
            await act(aggregate_id, version + 1)
            mine.append((aggregate_id, version + 1))

    await asyncio.gather(*(keep_writing() for _ in range(WRITERS)))


async def _at_rate(act: Write, ends: float, rate: float) -> None:
    free = deque((uuid4(), 0) for _ in range(AGGREGATES))

    async def one() -> None:
        # Nobody writes to an aggregate that somebody else is writing to: its lock would be measured, not the chain.
        aggregate_id, version = free.popleft() if free else (uuid4(), 0)
        await act(aggregate_id, version + 1)
        free.append((aggregate_id, version + 1))

    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number in range(int((ends - begun) * rate)):
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            group.create_task(one())
