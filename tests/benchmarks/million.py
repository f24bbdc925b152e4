"""`python -m tests.benchmarks.million [--rows N]`: many writers, late commits, an idle transaction; does the relay skip any?

Not part of `make bench`: a million rows take some minutes and two gigabytes of disk.
"""

import argparse
import asyncio
import sys
import time
from dataclasses import dataclass

import uvloop

from shared.backbone.relay import Relay
from shared.kit.database import Database, connected
from shared.kit.service import connected_client, in_background
from tests.support.eventually import eventually
from tests.support.many_writers import ManyWriters, idle_transaction
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder

WRITERS = 32
MOST_AT_ONCE = 40

_WAITING = "SELECT count(*) FROM event_log WHERE published_at IS NULL"

# Every row says where it is in the stream, and no two are at the same place; the stream has no other messages.
_PLACES = "SELECT count(*) AS rows, count(DISTINCT stream_seq) AS places, sum(emissions) AS emissions FROM event_log"


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    rows: int
    places: int
    messages: int
    emissions: int
    late: int
    rolled_back: int
    written_seconds: float
    relayed_seconds: float

    @property
    def skipped(self) -> int:
        """Rows that do not stand in the stream."""
        return self.rows - min(self.places, self.messages)


async def run(database: FreshDatabase, nats: NatsForTests, rows: int) -> Outcome:
    """Write the rows while the relay publishes them, and wait until it has nothing to do."""
    async with (
        connected(database.url, size=WRITERS + 2) as connection,
        idle_transaction(database.admin_url) as idle,
        connected_client(nats.url("contacts"), service="contacts") as client,
        connected_client(nats.operator_url, service="operator") as operator,
    ):
        writers = ManyWriters(connection, rows=rows, writers=WRITERS, most_at_once=MOST_AT_ONCE, seed=1)
        begun = time.monotonic()
        async with in_background(
            Relay(connection, client, service="contacts").run(), _tell(connection, writers)
        ):
            await writers.write()
            written = time.monotonic() - begun

            async def nothing_waits() -> bool:
                return await connection.pool.fetchval(_WAITING) == 0

            await eventually(nothing_waits, deadline=3600)
            relayed = time.monotonic() - begun
        # It was there all the time.
        assert await idle.fetchval("SELECT count(*) FROM event_log") == 0
        counted = await connection.pool.fetchrow(_PLACES)
        state = (await operator.jetstream().stream_info("CONTACTS")).state
    return Outcome(
        rows=counted["rows"],
        places=counted["places"],
        messages=state.messages,
        emissions=counted["emissions"],
        late=writers.late,
        rolled_back=writers.rolled_back,
        written_seconds=written,
        relayed_seconds=relayed,
    )


async def _tell(database: Database, writers: ManyWriters) -> None:
    begun = time.monotonic()
    while True:
        await asyncio.sleep(10)
        waiting = await database.pool.fetchval(_WAITING)
        sys.stderr.write(
            f"{time.monotonic() - begun:5.0f} s: {writers.written:,} written, {waiting:,} waiting\n"
        )


def main() -> int:
    """Print what came of it; 1 when a row was skipped."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.million", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows: int = parser.parse_args().rows
    with data_folder() as data:
        postgres, nats = PostgresForTests(data, sync=True), NatsForTests(data)
        try:
            postgres.start()
            nats.start()
            asyncio.run(nats.recreate_streams())
            outcome = uvloop.run(run(postgres.create("contacts"), nats, rows))
        finally:
            nats.stop()
            postgres.stop()
    sys.stdout.write(
        f"{outcome.rows:,} rows of {WRITERS} writers, {outcome.late:,} late commits, {outcome.rolled_back:,} rolled back, "
        f"written in {outcome.written_seconds:.0f} s, relayed after {outcome.relayed_seconds:.0f} s "
        f"({outcome.rows / outcome.relayed_seconds:,.0f}/s), {outcome.emissions:,} publications: "
        f"{outcome.skipped} skipped\n"
    )
    return int(outcome.skipped > 0 or outcome.rows != rows)


if __name__ == "__main__":
    sys.exit(main())
