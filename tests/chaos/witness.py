"""A witness in every reader's database: each event that is applied, in the order of its effects, in their transaction.

Heads and projections tell where a reader has arrived; only this tells that it took no event twice and none too early.
"""

from typing import Any

import asyncpg

from shared.backbone import inbox

# In a schema of its own: no service knows of it, and no migration makes it.
SCHEMA = """
CREATE SCHEMA chaos;
CREATE TABLE chaos.applied (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    event_id uuid NOT NULL
);
GRANT USAGE ON SCHEMA chaos TO entente_service;
GRANT INSERT ON chaos.applied TO entente_service;
"""

_BEAR_WITNESS = """
INSERT INTO chaos.applied (source, aggregate_id, version, event_id)
SELECT $1, aggregate_id, version, event_id
FROM unnest($2::uuid[], $3::bigint[], $4::uuid[]) WITH ORDINALITY AS it (aggregate_id, version, event_id, place)
ORDER BY place
"""

# What a reader applied twice, or not right after the version before it.
_WRONG = """
SELECT count(*) FILTER (WHERE version = before) AS repeated,
       count(*) FILTER (WHERE version <> before AND version <> before + 1) AS disordered,
       count(*) AS applied
FROM (
    SELECT version, coalesce(lag(version) OVER (PARTITION BY source, aggregate_id ORDER BY number), 0) AS before
    FROM chaos.applied
) AS steps
"""

_REPEATED = """
SELECT coalesce(sum(times - 1), 0) FROM (
    SELECT count(*) AS times FROM chaos.applied GROUP BY source, event_id HAVING count(*) > 1
) AS again
"""


async def install(admin_url: str) -> None:
    """Make the table of one reader."""
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(SCHEMA)
    finally:
        await connection.close()


def attend() -> None:
    """From now on, in this process, write down what the inbox applies."""
    real = inbox.apply

    async def apply(tx: Any, source: str, *rest: Any, **named: Any) -> inbox.Applied:
        outcome = await real(tx, source, *rest, **named)
        if applied := outcome.applied:
            await tx.execute(
                _BEAR_WITNESS,
                source,
                [it.aggregate_id for it in applied],
                [it.version for it in applied],
                [it.event_id for it in applied],
            )
        return outcome

    inbox.apply = apply


async def testify(connection: Any) -> tuple[int, int, int]:
    """How many events one reader applied, how many of them again, how many out of order."""
    row = await connection.fetchrow(_WRONG)
    repeated = max(row["repeated"], await connection.fetchval(_REPEATED))
    return row["applied"], repeated, row["disordered"]
