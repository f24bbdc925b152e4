"""Many writers of one log: some commit late, some never, while an idle transaction keeps the database from cleaning up."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from shared.backbone import outbox
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side
from shared.kit.database import Database, transaction


@dataclass
class _Aggregate:
    id: UUID = field(default_factory=new_id)
    version: int = 0
    partnership_id: UUID | None = None


class _RolledBackError(Exception):
    """This transaction was meant to fail."""


class ManyWriters:
    """Log `rows` events in all, in transactions of 1 to `most_at_once`. Each writer has an aggregate of its own."""

    def __init__(self, database: Database, *, rows: int, writers: int, most_at_once: int, seed: int) -> None:
        self._database = database
        self._rows = rows
        self._writers = writers
        self._most_at_once = most_at_once
        self._random = random.Random(seed)
        self._committed = asyncio.Condition()
        self._left = rows
        self._holding = 0
        """Writers that wait with a transaction open; somebody has to go on."""
        self.written = 0
        """Rows of transactions that are committed."""
        self.late = 0
        """Transactions that committed long after later rows."""
        self.rolled_back = 0
        """Transactions whose rows never came to exist, so that their numbers stay holes."""

    async def write(self) -> None:
        """Return when everything is committed."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._writers):
                group.create_task(self._write_some())

    async def _write_some(self) -> None:
        aggregate = _Aggregate()
        event = OrganizationRegistered(organization_id=OrganizationId(aggregate.id), side=Side.ASSOCIATION)
        while (count := min(self._left, self._random.randint(1, self._most_at_once))) > 0:
            self._left -= count
            fate = self._random.random()
            if fate < 0.02:
                await self._roll_back(aggregate, event)
            async with transaction(self._database, actor=None) as tx:
                await outbox.announce(tx, [event] * count, of=aggregate)
                if 0.02 < fate < 0.04 and self._holding < self._writers // 4:
                    self.late += 1
                    self._holding += 1
                    await self._until_others_have_written(self._rows // 50)
                    self._holding -= 1
            aggregate.version += count
            async with self._committed:
                self.written += count
                self._committed.notify_all()

    async def _roll_back(self, aggregate: _Aggregate, event: OrganizationRegistered) -> None:
        try:
            async with transaction(self._database, actor=None) as tx:
                await outbox.announce(tx, [event] * 3, of=aggregate)
                raise _RolledBackError
        except _RolledBackError:
            self.rolled_back += 1

    async def _until_others_have_written(self, count: int) -> None:
        wanted = self.written + count
        async with self._committed:
            await self._committed.wait_for(lambda: self.written >= wanted or self._left <= 0)


@asynccontextmanager
async def idle_transaction(url: str) -> AsyncGenerator[Any]:
    """A transaction that looked at the database once and then does nothing: what it saw cannot be cleaned up."""
    connection: Any = await asyncpg.connect(url)
    try:
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        await connection.fetchval("SELECT count(*) FROM event_log")
        yield connection
    finally:
        await connection.close()
