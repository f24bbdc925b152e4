"""Check a service's event log: each chain of seals, where each chain ends, and the versions of each aggregate.

The rows are read in one snapshot through a cursor of the server, chain by chain, so the memory that it takes does not
grow with the log, and a service may go on writing meanwhile.
"""

import hashlib
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from deploy.errors import CommandFailure
from shared.backbone.chain import GENESIS, seal

# Rows on their way at once: past this, a larger batch is not faster.
_BATCH = 1_000

# A log that is broken everywhere would fill the screen; the first ones say what happened.
MOST_BREAKS = 20

# A chain that event_chain knows and the log does not gives one row without `seq`. One snapshot, without the limits that
# keep a service's own statements short.
_BEGIN = """
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL entente.role = 'service';
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0
"""

_ROWS = """
SELECT coalesce(log.chain_id, ends.chain_id) AS chain_id, ends.hash AS end_hash, ends.length AS end_length,
       log.seq, log.event_id, log.type, log.aggregate_id, log.version, log.partnership_id, log.occurred_at,
       log.actor_person, log.actor_organization, log.data, log.previous_hash, log.hash
FROM event_log AS log FULL JOIN event_chain AS ends USING (chain_id) ORDER BY 1, log.seq
"""

_VERSIONS = f"""
WITH logged AS (
    SELECT aggregate_id, count(*) AS rows, max(version) AS highest FROM event_log GROUP BY aggregate_id
)
SELECT coalesce(logged.aggregate_id, head.aggregate_id) AS aggregate_id, coalesce(logged.rows, 0) AS rows,
       coalesce(logged.highest, 0) AS highest, head.version AS head
FROM logged FULL JOIN event_head AS head USING (aggregate_id)
WHERE logged.rows IS DISTINCT FROM logged.highest OR logged.highest IS DISTINCT FROM head.version
ORDER BY 1 LIMIT {MOST_BREAKS}
"""

_FIRST_MISSING = """
SELECT min(before.version) + 1 FROM (SELECT 0 AS version UNION ALL SELECT version FROM event_log WHERE aggregate_id = $1) before
WHERE NOT EXISTS (SELECT FROM event_log WHERE aggregate_id = $1 AND version = before.version + 1)
"""


UNREADABLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)
"""What the driver raises when a database does not answer, or refuses."""


def in_words(error: Exception) -> str:
    """What kept us from reading, and what to look at when nothing answers."""
    told = str(error) or type(error).__name__
    return f"{told}. Is the system running?" if isinstance(error, (OSError, TimeoutError)) else told


@dataclass(frozen=True)
class Break:
    """Something in the log that is not as it was written."""

    what: str
    chain_id: UUID | None = None
    seq: int | None = None
    event_id: UUID | None = None


@dataclass
class Verified:
    """What was found in one service's log."""

    service: str
    events: int = 0
    chains: int = 0
    breaks: list[Break] = field(default_factory=list)
    omitted: int = 0
    """Breaks beyond those that are listed."""
    fingerprint: str = ""
    """SHA-256 over the ends of all chains. Noted elsewhere, it shows a log that was rewritten whole, seals included."""
    seconds: float = 0.0

    def note(self, found: Break) -> None:
        """List one more break, or only count it when there are many."""
        if len(self.breaks) < MOST_BREAKS:
            self.breaks.append(found)
        else:
            self.omitted += 1


async def verify(service: str, url: str) -> Verified:
    """Read the whole log of one service and compare each row with its seal.

    Raises:
        CommandFailure: the database cannot be read.
    """
    try:
        async with snapshot(url) as connection:
            return await check(service, connection)
    except UNREADABLE as error:
        told = in_words(error)
        raise CommandFailure(f"The log of {service} could not be read: {told}") from error


@asynccontextmanager
async def snapshot(url: str) -> AsyncGenerator[Any]:
    """A connection that sees one moment of a database until its end."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        await connection.execute(_BEGIN)
        yield connection
    finally:
        await connection.close()


async def check(service: str, connection: Any) -> Verified:
    """The same, through a connection to its database that is inside a snapshot."""
    began = time.perf_counter()
    verified = Verified(service)
    await _check_chains(connection, verified)
    for row in await connection.fetch(_VERSIONS):
        verified.note(Break(await _version_in_words(connection, row)))
    verified.seconds = time.perf_counter() - began
    return verified


async def _check_chains(connection: Any, verified: Verified) -> None:
    fingerprint = hashlib.sha256()
    chain: _Chain | None = None

    def close(ended: _Chain) -> None:
        fingerprint.update(ended.chain_id.bytes + ended.last_hash)
        verified.chains += 1
        verified.events += ended.rows
        for found in ended.breaks():
            verified.note(found)
        verified.omitted += ended.omitted

    cursor = await (await connection.prepare(_ROWS)).cursor()
    while rows := await cursor.fetch(_BATCH):
        for row in rows:
            if chain is None or chain.chain_id != row["chain_id"]:
                if chain is not None:
                    close(chain)
                chain = _Chain(row)
            if row["seq"] is not None:
                chain.take(row)
    if chain is not None:
        close(chain)
    verified.fingerprint = fingerprint.hexdigest()


class _Chain:
    """One chain as its rows pass: what was read, and what of it is wrong."""

    def __init__(self, row: Any) -> None:
        self.chain_id: UUID = row["chain_id"]
        self.rows = 0
        self.last_hash = GENESIS
        self._last_seq: int | None = None
        self._end_hash: bytes | None = row["end_hash"]
        self._end_length: int = row["end_length"] or 0
        self.omitted = 0
        self._changed: list[Break] = []
        self._does_not_follow: list[tuple[int | None, Any]] = []

    def take(self, row: Any) -> None:
        """Check the next row. The check goes on from the seal that is stored, so that one change is told once."""
        self.rows += 1
        if row["previous_hash"] != self.last_hash:
            if len(self._does_not_follow) < MOST_BREAKS:
                self._does_not_follow.append((self._last_seq, row))
            else:
                self.omitted += 1
        if row["hash"] != seal(row["previous_hash"], row):
            self._note(row, "the row was changed: its seal is not the one of what it says now")
        elif self.chain_id != (row["partnership_id"] or row["aggregate_id"]):
            self._note(row, "the row was moved here from another chain")
        self.last_hash = row["hash"]
        self._last_seq = row["seq"]

    def breaks(self) -> Iterator[Break]:
        """Everything that is wrong, once the whole chain was read: only its length tells a removed row from a forged one."""
        yield from self._changed
        missing = self._end_length - self.rows
        for before, row in self._does_not_follow:
            yield self._at(row, _gap_in_words(before, missing))
        if self._end_hash is None:
            yield Break("its end is missing from event_chain", self.chain_id)
        elif self.rows == 0:
            yield Break(f"all its rows are missing: event_chain counts {self._end_length}", self.chain_id)
        elif missing > 0 and self.last_hash != self._end_hash:
            yield Break(
                f"wrong end: it stops at seq {self._last_seq}, and event_chain counts {missing} more",
                self.chain_id,
                self._last_seq,
            )
        elif self.last_hash != self._end_hash:
            yield Break(
                f"wrong end: event_chain holds another seal than seq {self._last_seq}",
                self.chain_id,
                self._last_seq,
            )
        elif missing and not self._does_not_follow:
            yield Break(
                f"wrong length: event_chain counts {self._end_length}, the log holds {self.rows}",
                self.chain_id,
            )

    def _note(self, row: Any, what: str) -> None:
        if len(self._changed) < MOST_BREAKS:
            self._changed.append(self._at(row, what))
        else:
            self.omitted += 1

    def _at(self, row: Any, what: str) -> Break:
        return Break(what, self.chain_id, row["seq"], row["event_id"])


def _gap_in_words(before: int | None, missing: int) -> str:
    place = (
        "before this one, the first that is left" if before is None else f"between seq {before} and this one"
    )
    if missing > 0:
        return f"missing row: {missing} of the chain {'is' if missing == 1 else 'are'} gone, at least one {place}"
    if missing < 0:
        return f"a row that does not belong to the chain was put in {place}"
    return "the row does not follow the one before it" + (
        ": it should begin the chain" if before is None else f": seq {before} was changed and sealed again"
    )


async def _version_in_words(connection: Any, row: Any) -> str:
    aggregate, highest = row["aggregate_id"], row["highest"]
    if row["rows"] != highest:
        first = await connection.fetchval(_FIRST_MISSING, aggregate)
        return f"aggregate {aggregate}: version {first} is missing ({row['rows']} events, the last is version {highest})"
    if row["head"] is None:
        return f"aggregate {aggregate}: event_head does not know it (the log has version {highest})"
    return f"aggregate {aggregate}: event_head says version {row['head']}, the log has version {highest}"
