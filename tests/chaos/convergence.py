"""Whether everything has arrived everywhere: cheap questions, asked again and again until all are answered with yes."""

from collections.abc import Collection
from uuid import UUID

import asyncpg

from deploy.topology import DOMAIN_SERVICES, READERS
from tests.chaos.system import ChaosSystem

# Heads as one figure: equal sets give equal sums, whatever their order.
_OWNER = """
SELECT count(*) AS heads, coalesce(sum(hashtextextended(aggregate_id::text || ':' || version, 0)::numeric), 0) AS print
FROM event_head
"""
_READER = """
SELECT count(*) AS heads, coalesce(sum(hashtextextended(aggregate_id::text || ':' || version, 0)::numeric), 0) AS print
FROM inbox_head WHERE source = $1 AND version > 0 AND aggregate_id <> ALL($2::uuid[])
"""
_WAITING = "SELECT count(*) FROM event_log WHERE published_at IS NULL"
_PARKED = "SELECT count(*) FROM inbox_parked"


async def missing(system: ChaosSystem, forged: Collection[UUID]) -> list[str]:
    """What has not arrived yet, in words; empty once everything has."""
    found = await system.not_ready()
    connections = {}
    try:
        for service in DOMAIN_SERVICES:
            connections[service] = await asyncpg.connect(system.admin_url(service))
        for service, connection in connections.items():
            if waiting := await connection.fetchval(_WAITING):
                found.append(f"{service}: {waiting} events are not published")
            if parked := await connection.fetchval(_PARKED):
                found.append(f"{service}: {parked} events are parked")
        for source, readers in READERS.items():
            owned = await connections[source].fetchrow(_OWNER)
            for reader in readers:
                read = await connections[reader].fetchrow(_READER, source, list(forged))
                if tuple(owned) != tuple(read):
                    found.append(
                        f"{reader}: its {read['heads']} heads are not the {owned['heads']} of {source}"
                    )
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        found.append(f"PostgreSQL: {type(error).__name__}")
    finally:
        for connection in connections.values():
            await connection.close()
    return found
