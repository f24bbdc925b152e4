"""The chain that seals a service's log: each row's hash covers the row and the hash before it, so tampering shows.

PostgreSQL computes it as it writes (`event_seal` in the kit's migrations); here it is computed again, to compare.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

GENESIS = bytes(32)
"""What comes before the first row of a chain."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NULL = b"\xff\xff\xff\xff"


def seal(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """SHA-256 over the hash before and the fields of one row of `event_log`, each preceded by its length."""
    digest = hashlib.sha256(previous)
    for field in (
        row["event_id"],
        row["type"],
        row["aggregate_id"],
        row["version"],
        row["partnership_id"],
        row["occurred_at"],
        row["actor_person"],
        row["actor_organization"],
        row["data"],
    ):
        digest.update(_NULL if field is None else _with_length(_bytes_of(field)))
    return digest.digest()


def _with_length(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def _bytes_of(field: UUID | str | int | datetime) -> bytes:
    match field:
        case UUID():
            return field.bytes
        case str():
            return field.encode()
        case int():
            return field.to_bytes(8, "big")
        case datetime():
            return ((field - _EPOCH) // timedelta(microseconds=1)).to_bytes(8, "big")
