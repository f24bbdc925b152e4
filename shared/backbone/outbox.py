"""Write events into the service's log, in the transaction of the state that they report. Nothing is sent here.

The log is outbox, audit trail and source of replay at once. The aggregate's row is locked by whoever loaded it, so
versions follow one another; the log's own constraint refuses a gap-free history written twice.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from shared.contracts.identifiers import new_id
from shared.contracts.messages import Event
from shared.contracts.refusals import Defect
from shared.kit import clock, tracing
from shared.kit.database import Transaction

# Well under NATS' 1 MiB, so that one row can never block the relay.
MAX_EVENT_BYTES = 65_536

_ANNOUNCE = "SELECT announce($1, $2, $3, $4, $5, $6, $7, $8)"


class Announcing(Protocol):
    """An aggregate as it was loaded."""

    @property
    def id(self) -> UUID:
        """Its identifier, which its events carry."""
        ...

    @property
    def version(self) -> int:
        """The number of events it had when it was loaded."""
        ...

    @property
    def partnership_id(self) -> UUID | None:
        """The partnership that it belongs to, whose chain its events are sealed into."""
        ...


async def announce(tx: Transaction, events: Sequence[Event], *, of: Announcing) -> None:
    """Log events of one aggregate; the relay publishes them after the commit.

    Raises:
        Defect: an event is another aggregate's, or too large.
    """
    if not events:
        return
    bodies: list[str] = []
    for event in events:
        if event.aggregate_id != of.id:
            raise Defect(f"{type(event).__name__} does not belong to the aggregate {of.id}")
        body = event.model_dump_json()
        if len(body.encode()) > MAX_EVENT_BYTES:
            raise Defect(f"{type(event).__name__} takes more than {MAX_EVENT_BYTES} bytes")
        bodies.append(body)
    await tx.execute(
        _ANNOUNCE,
        of.id,
        of.version,
        of.partnership_id,
        clock.now(),
        tracing.current(),
        [new_id() for _ in events],
        [event.subject for event in events],
        bodies,
    )
    tx.announces = True
