"""A projection: tables that are nothing but the sum of other services' events, so they can be made again from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.kit.database import Transaction


@dataclass(frozen=True)
class Projection:
    """Tables and the subscribers that write them.

    The subscribers write only, with `tx.later`: what they write depends on the event alone, and events of different
    aggregates may come in any order. No other table refers to these, and their triggers follow deletions too.
    """

    name: str
    tables: tuple[str, ...]
    subscribers: Subscribers

    async def apply(self, events: Sequence[Envelope], connection: Any) -> None:
        """Write a page of events, each aggregate's in order."""
        tx = Transaction(connection, actor=None)
        # Aggregates commute, so their first events may be written together, then their second ones, and so on.
        for event in sorted(events, key=lambda it: (it.version, it.type)):
            await self.subscribers.react(event, tx)
        await tx.flush()
