"""While a file of the store is put into its place nobody removes it, and while it is removed nobody puts it there."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from shared.kit.database import Database, transaction

_TOGETHER = "SELECT pg_advisory_xact_lock_shared($1)"
_ALONE = "SELECT pg_advisory_xact_lock($1)"


@asynccontextmanager
async def held(database: Database, sha256: str, *, alone: bool = False) -> AsyncGenerator[None]:
    """Hold a file, in every replica: together with others who put it there, or alone to remove it.

    Raises:
        Trouble: the database is away.
    """
    # The first 64 bits of the hash: two files that share them only wait for one another.
    key = int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)
    async with transaction(database, actor=None) as tx:
        await tx.execute(_ALONE if alone else _TOGETHER, key)
        yield
