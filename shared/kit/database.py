"""PostgreSQL: a pool, and transactions that act for somebody.

Row-level security reads three settings that exist inside the transaction only: a committed `SET` would leak through the
pool to whoever comes next. Without them nothing is visible.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import groupby
from operator import itemgetter
from typing import Any
from weakref import WeakSet

import asyncpg

from shared.contracts.actor import Actor
from shared.contracts.refusals import Defect, Trouble

# A request holds one connection; more than this many at once would queue in PostgreSQL instead of here.
POOL_SIZE = 10

# One round trip instead of two. Nothing but UUIDs is ever written into the second.
_BEGIN_AS_SERVICE = "BEGIN; SET LOCAL entente.role = 'service'"
_BEGIN_AS_PERSON = "BEGIN; SET LOCAL entente.role = 'person'; SET LOCAL entente.person = '{}'; SET LOCAL entente.organization = '{}'"

COMMAND_SECONDS = 15.0
"""A statement that takes longer is given up, with its connection: nothing of ours takes a second."""

_CLOSED_WITHIN_SECONDS = 5.0

_AWAY = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.InternalClientError)
# By PostgreSQL's classes of errors: 57 (it shuts down, starts, or somebody cancelled the statement), 53 (no memory, no room
# on the disk, no connection left), 58 (the machine fails under it).
_FAILING = (
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.LockNotAvailableError,
)
TROUBLES = (*_AWAY, *_FAILING, OSError, TimeoutError)
"""What the driver raises when the server is away or failing, or ends a connection under it: not when we are wrong."""

CONFLICTS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


class Transaction:
    """One transaction on behalf of `actor`, or of the service itself when that is None. Statements are asyncpg's."""

    def __init__(self, connection: Any, actor: Actor | None) -> None:
        self.actor = actor
        self.announces = False
        """Whether events were written: the relay is woken once they are committed."""
        self._connection = connection
        self._waiting: list[tuple[str, tuple[Any, ...]]] = []

    def later(self, statement: str, *values: Any) -> None:
        """Write together with others, before the next statement and before the commit.

        Equal statements that follow one another take one round trip instead of one each; what they did is not told.
        """
        self._waiting.append((statement, values))

    async def flush(self) -> None:
        """Write what was left for later, in its order."""
        waiting, self._waiting = self._waiting, []
        for statement, group in groupby(waiting, key=itemgetter(0)):
            rows = [values for _, values in group]
            if len(rows) == 1:
                await self._connection.execute(statement, *rows[0])
            else:
                await self._connection.executemany(statement, rows)

    async def fetch(self, statement: str, *values: Any) -> list[Any]:
        """All rows."""
        if self._waiting:
            await self.flush()
        return await self._connection.fetch(statement, *values)

    async def fetchrow(self, statement: str, *values: Any) -> Any:
        """The first row, or None."""
        if self._waiting:
            await self.flush()
        return await self._connection.fetchrow(statement, *values)

    async def fetchval(self, statement: str, *values: Any) -> Any:
        """The first value of the first row, or None."""
        if self._waiting:
            await self.flush()
        return await self._connection.fetchval(statement, *values)

    async def execute(self, statement: str, *values: Any) -> str:
        """What was done, as PostgreSQL says it: `UPDATE 1`."""
        if self._waiting:
            await self.flush()
        return await self._connection.execute(statement, *values)

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Once for each row, in one round trip."""
        if self._waiting:
            await self.flush()
        await self._connection.executemany(statement, rows)


class Database:
    """A service's own database: its pool of connections, and the signal that events were committed."""

    def __init__(self, pool: Any, url: str, connections: Collection[Any] = ()) -> None:
        self.pool = pool
        self.connections = connections
        """Those of the pool, idle or not."""
        self.url = url
        self.announced = asyncio.Event()
        """The relay's: it clears it whenever it looks."""
        self.listeners = [self.announced]
        """Set once events are committed. Whoever else waits for that in this process adds an event of its own."""


@asynccontextmanager
async def connected(url: str, *, size: int = POOL_SIZE) -> AsyncGenerator[Database]:
    """The database behind `url`; its connections are closed at the end."""
    connections: WeakSet[Any] = WeakSet()

    async def prepare(connection: Any) -> None:
        await _speak_json(connection)
        connections.add(connection)

    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        command_timeout=COMMAND_SECONDS,
        # Rarely used connections cost memory in PostgreSQL; a minute keeps the busy ones.
        max_inactive_connection_lifetime=60,
        server_settings={"application_name": "entente", "timezone": "UTC"},
        init=prepare,
        reset=_leave_as_it_is,
    )
    try:
        yield Database(pool, url, connections)
    finally:
        # A connection that is dead without a word says no goodbye; closing the pool then ends it.
        with suppress(TimeoutError):
            await asyncio.wait_for(pool.close(), _CLOSED_WITHIN_SECONDS)


@asynccontextmanager
async def private_connection(url: str) -> AsyncGenerator[Any]:
    """A connection that nobody else ever gets: what it leaves in its session ends with it.

    Raises:
        Trouble: the server is away.
    """
    try:
        connection: Any = await asyncpg.connect(
            url,
            timeout=10,
            command_timeout=120,
            # What needs a connection of its own may take longer than a request may.
            server_settings={"application_name": "entente", "timezone": "UTC", "statement_timeout": "120s"},
        )
        try:
            await _speak_json(connection)
            yield connection
        finally:
            with suppress(*TROUBLES):
                await connection.close(timeout=2)
    except (*TROUBLES, *CONFLICTS) as error:
        raise Trouble(type(error).__name__) from error


@asynccontextmanager
async def transaction(database: Database, *, actor: Actor | None) -> AsyncGenerator[Transaction]:
    """Open a transaction; commit at the end, roll back on any exception.

    Raises:
        Trouble: the server is away, or the transaction lost against another one; trying again may pass.
        Defect: the body went on after a statement had failed, so there was nothing left to commit.
    """
    try:
        async with database.pool.acquire() as connection:
            tx = Transaction(connection, actor)
            try:
                await connection.execute(_begin_as(actor))
                try:
                    yield tx
                    await tx.flush()
                except TimeoutError:
                    raise
                except BaseException:
                    await _roll_back(connection)
                    raise
                if await connection.execute("COMMIT") != "COMMIT":
                    raise Defect("a statement failed and was passed over: nothing of this is stored")
            except TimeoutError:
                # It is dead without a word, and so may the others be: one after another, each would cost as long.
                connection.terminate()
                for other in list(database.connections):
                    if not (other.is_closed() or other.is_in_transaction()):
                        other.terminate()
                raise
            if tx.announces:
                for listener in database.listeners:
                    listener.set()
    except (*TROUBLES, *CONFLICTS) as error:
        raise Trouble(type(error).__name__) from error


async def _roll_back(connection: Any) -> None:
    try:
        if not connection.is_closed():
            await connection.execute("ROLLBACK")
    except Exception:
        # PostgreSQL rolls back what it loses sight of; the pool must not lend this connection again.
        connection.terminate()


def _begin_as(actor: Actor | None) -> str:
    if actor is None:
        return _BEGIN_AS_SERVICE
    return _BEGIN_AS_PERSON.format(actor.person_id, actor.organization_id or "")


async def _leave_as_it_is(_connection: Any) -> None:
    """Spare the round trip that undoes session settings: ours end with their transaction, and there are no others."""


async def _speak_json(connection: Any) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
