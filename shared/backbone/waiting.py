"""What waits in quarantine as operators see it: a page of it, one message whole, and a gauge of how many there are."""

import asyncio

import structlog

from shared.contracts.operations import (
    ListQuarantine,
    Quarantine,
    QuarantinedContent,
    QuarantinedNotFound,
    QuarantinedView,
)
from shared.contracts.refusals import Trouble
from shared.kit import metrics
from shared.kit.database import Database, Transaction, transaction

logger = structlog.get_logger()

MEASURED_EVERY_SECONDS = 15.0

# A reply stays well under NATS' 1 MiB, whatever was put aside.
_SHOWN_BYTES = 100_000
_SHOWN_HEADER = 1_000

_COLUMNS = """quarantine_id, source, subject AS type, aggregate_id, version, reason, quarantined_at, resolution, resolved_at"""

_LIST = f"""
SELECT {_COLUMNS} FROM quarantine WHERE quarantine_id > $1 AND ($2 OR resolved_at IS NULL)
ORDER BY quarantine_id LIMIT $3
"""

_COUNT = "SELECT count(*) FROM quarantine WHERE resolved_at IS NULL"

_ONE = f"SELECT {_COLUMNS}, headers, data FROM quarantine WHERE quarantine_id = $1"


async def page(tx: Transaction, query: ListQuarantine) -> Quarantine:
    """One page of what waits, the oldest first."""
    rows = await tx.fetch(_LIST, query.after, query.resolved, query.limit)
    return Quarantine(
        messages=tuple(QuarantinedView(**row) for row in rows),
        waiting=await tx.fetchval(_COUNT),
        next_after=rows[-1]["quarantine_id"] if len(rows) == query.limit else None,
    )


async def content(tx: Transaction, quarantine_id: int) -> QuarantinedContent:
    """One message, cut where it is too long to be shown; QuarantinedNotFound when there is none."""
    row = await tx.fetchrow(_ONE, quarantine_id)
    if row is None:
        raise QuarantinedNotFound
    fields = dict(row)
    headers: dict[str, str] = fields.pop("headers")
    data: bytes = fields.pop("data")
    of_aggregate = (row["source"], row["aggregate_id"])
    return QuarantinedContent(
        message=QuarantinedView(**fields),
        headers={name: value[:_SHOWN_HEADER] for name, value in list(headers.items())[:100]},
        data=data[:_SHOWN_BYTES].decode(errors="replace"),
        head=await tx.fetchval(
            "SELECT coalesce(max(version), 0) FROM inbox_head WHERE source = $1 AND aggregate_id = $2",
            *of_aggregate,
        ),
        parked=await tx.fetchval(
            "SELECT count(*) FROM inbox_parked WHERE source = $1 AND aggregate_id = $2", *of_aggregate
        ),
    )


async def measure(database: Database, *, service: str) -> None:
    """Say how many messages wait, until cancelled: that is what operators are called for."""
    while True:
        try:
            async with transaction(database, actor=None) as tx:
                metrics.quarantine_waiting.labels(service).set(await tx.fetchval(_COUNT))
        except Trouble as trouble:
            logger.warning("quarantine_not_measured", reason=str(trouble))
        await asyncio.sleep(MEASURED_EVERY_SECONDS)
