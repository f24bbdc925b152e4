"""Make projections again from their owners' logs, while the service runs.

The copy is made in temporary tables of one connection, which hide the real ones from the very statements that write
these. At the end consumers wait a moment while the copy catches up with them; both are compared, and what differs is
replaced. The same does for an owner that was restored to an earlier point: consumers then go back to what it has kept.
"""

import hashlib
import time
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from nats.aio.client import Client

from shared.backbone.owners_log import Heads, OwnersLog
from shared.backbone.projections import Projection
from shared.contracts.envelope import Envelope
from shared.contracts.rebuilding import (
    ListProjections,
    ProjectionRebuilt,
    Projections,
    RebuildProjection,
    UnknownProjection,
)
from shared.contracts.refusals import Defect
from shared.kit import metrics
from shared.kit.database import Database, private_connection
from shared.kit.requests import Router, answers

logger = structlog.get_logger()

# One at a time per database, whoever asks: "rebuild" in ASCII.
_LOCK = 0x72656275696C64

# With fewer aggregates than this to catch up with, consumers may be made to wait for it.
FEW = 50

_HEADS = "SELECT aggregate_id, version FROM inbox_head WHERE source = $1 AND version > 0"

# An operator put them aside for good, so they are no part of what was applied. One without an aggregate was no part of any
# history: it was undone by its producer, or came on a subject that was not its own.
_DISCARDED = """
SELECT headers ->> 'ce-id' AS event_id FROM quarantine
WHERE source = $1 AND resolution = 'discarded' AND aggregate_id IS NOT NULL
"""

# Rows are compared as whole records, in which NULL equals NULL.
_REMOVE = (
    "DELETE FROM public.{0} AS live WHERE NOT EXISTS (SELECT FROM pg_temp.{0} AS copy WHERE copy = live)"
)
_ADD = "INSERT INTO public.{0} SELECT copy.* FROM pg_temp.{0} AS copy WHERE NOT EXISTS (SELECT FROM public.{0} AS live WHERE live = copy)"
_HASH = """
SELECT sha256(coalesce(string_agg(hash, '' ORDER BY hash), ''))
FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS hash FROM {1}.{0} AS t) AS hashes
"""

_CUT = """
UPDATE inbox_head SET version = least(inbox_head.version, coalesce(kept.version, 0))
FROM inbox_head AS mine LEFT JOIN unnest($2::uuid[], $3::bigint[]) AS kept (aggregate_id, version) USING (aggregate_id)
WHERE inbox_head.source = $1 AND mine.source = $1 AND mine.aggregate_id = inbox_head.aggregate_id
"""


class Rebuilder:
    """Makes the projections of one service again."""

    def __init__(self, database: Database, client: Client, projections: Sequence[Projection]) -> None:
        self._database = database
        self._client = client
        self._projections = {it.name: it for it in projections}

    @property
    def names(self) -> tuple[str, ...]:
        """Of the projections."""
        return tuple(self._projections)

    async def rebuild(self, name: str) -> ProjectionRebuilt:
        """Make one projection again; where the live one differs, it is replaced.

        Raises:
            UnknownProjection: there is none of that name.
            Trouble: an owner does not read out its log.
        """
        if name not in self._projections:
            raise UnknownProjection(list(self.names))
        projection = self._projections[name]
        async with self._alone() as connection:
            copy = await self._copied(connection, projection, {})
            async with _consumers_waiting(connection):
                rebuilt = await copy.put_in_place()
        return rebuilt

    async def follow_into(self, source: str, epoch: int) -> None:
        """Go back to what a restored producer has kept, and follow it from there in its new epoch.

        Raises:
            Defect: the producer itself knows nothing of that epoch.
            Trouble: an owner does not read out its log.
        """
        async with self._alone() as connection:
            known = await connection.fetchval("SELECT epoch FROM inbox_source WHERE source = $1", source)
            if known >= epoch:
                return
            log = OwnersLog(self._client, source=source)
            if (await log.state())["epoch"] < epoch:
                raise Defect(f"says that it is of epoch {epoch}, which {source} knows nothing of")
            kept = await log.heads_before(known + 1)
            concerned = [it for it in self._projections.values() if source in it.subscribers.sources]
            copies = [await self._copied(connection, it, {source: kept}) for it in concerned]
            async with _consumers_waiting(connection):
                for copy in copies:
                    await copy.put_in_place()
                await connection.execute(_CUT, source, list(kept), list(kept.values()))
                await connection.execute("DELETE FROM inbox_parked WHERE source = $1", source)
                await connection.execute(
                    "UPDATE inbox_source SET epoch = $2 WHERE source = $1", source, epoch
                )
        metrics.sources_restored_total.labels(source).inc()
        logger.warning("source_restored", source=source, epoch=epoch)

    @asynccontextmanager
    async def _alone(self) -> AsyncGenerator[Any]:
        async with private_connection(self._database.url) as connection:
            await connection.execute("SELECT set_config('entente.role', 'service', false)")
            await connection.fetchval("SELECT pg_advisory_lock($1)", _LOCK)
            yield connection

    async def _copied(self, connection: Any, projection: Projection, kept: Mapping[str, Heads]) -> "_Copy":
        copy = _Copy(connection, self._client, projection, kept)
        await copy.make()
        return copy


def router_for(service: str, rebuilder: Rebuilder) -> Router:
    """The operators' requests to make projections of this service again."""
    router = Router()

    @router.subscriber(**answers(ListProjections, at=service))
    async def handle_list_projections(_query: ListProjections) -> Projections:
        return Projections(names=rebuilder.names)

    @router.subscriber(**answers(RebuildProjection, at=service))
    async def handle_rebuild_projection(command: RebuildProjection) -> ProjectionRebuilt:
        return await rebuilder.rebuild(command.projection)

    return router


class _Copy:
    """A projection being made again in temporary tables."""

    def __init__(
        self, connection: Any, client: Client, projection: Projection, kept: Mapping[str, Heads]
    ) -> None:
        self._connection = connection
        self._projection = projection
        self._logs = {it: OwnersLog(client, source=it) for it in projection.subscribers.sources}
        self._kept = kept
        self._reached: dict[str, Heads] = {}
        self._events = 0
        self._began = time.monotonic()

    async def make(self) -> None:
        for table in self._projection.tables:
            await self._connection.execute(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING ALL)")
        for source, log in self._logs.items():
            wanted = self._reached[source] = await self._applied_of(source)
            async for events in log.whole(self._projection.subscribers.subjects_of(source)):
                await self._apply(
                    source, (it for it in events if it.version <= wanted.get(it.aggregate_id, 0))
                )
        while sum([len(await self._missing(source)) for source in self._logs]) > FEW:
            await self._catch_up()

    async def put_in_place(self) -> ProjectionRebuilt:
        """Compare with the live tables, which nobody changes meanwhile, and replace what differs."""
        await self._catch_up()
        live = await hash_of(self._connection, self._projection, "public")
        rebuilt = await hash_of(self._connection, self._projection, "pg_temp")
        if live != rebuilt:
            for table in reversed(self._projection.tables):
                await self._connection.execute(_REMOVE.format(table))
            for table in self._projection.tables:
                await self._connection.execute(_ADD.format(table))
        return ProjectionRebuilt(
            live_hash=live,
            rebuilt_hash=rebuilt,
            events=self._events,
            seconds=round(time.monotonic() - self._began, 3),
        )

    async def _catch_up(self) -> None:
        for source, log in self._logs.items():
            for aggregate_id, (after, upto) in (await self._missing(source)).items():
                async for events in log.after({aggregate_id: after}):
                    await self._apply(source, (it for it in events if it.version <= upto))
                self._reached[source][aggregate_id] = upto

    async def _missing(self, source: str) -> dict[Any, tuple[int, int]]:
        reached, wanted = self._reached[source], await self._applied_of(source)
        return {
            it: (reached.get(it, 0), version)
            for it, version in wanted.items()
            if version > reached.get(it, 0)
        }

    async def _applied_of(self, source: str) -> Heads:
        rows = await self._connection.fetch(_HEADS, source)
        if (kept := self._kept.get(source)) is None:
            return {row["aggregate_id"]: row["version"] for row in rows}
        return {row["aggregate_id"]: min(row["version"], kept.get(row["aggregate_id"], 0)) for row in rows}

    async def _apply(self, source: str, events: Iterable[Envelope]) -> None:
        rows = await self._connection.fetch(_DISCARDED, source)
        discarded = {row["event_id"] for row in rows}
        page = [it for it in events if str(it.event_id) not in discarded]
        await self._projection.apply(page, self._connection)
        self._events += len(page)


async def hash_of(connection: Any, projection: Projection, schema: str) -> str:
    """SHA-256 over the sorted rows of all tables of a projection."""
    digest = hashlib.sha256()
    for table in projection.tables:
        digest.update(await connection.fetchval(_HASH.format(table, schema)))
    return digest.hexdigest()


@asynccontextmanager
async def _consumers_waiting(connection: Any) -> AsyncGenerator[None]:
    """A transaction in which no consumer applies anything; readers do not notice."""
    async with connection.transaction():
        await connection.execute("LOCK TABLE inbox_head IN EXCLUSIVE MODE")
        yield
