"""A projection: tables that are nothing but the sum of other services' events, so they can be made again from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NoReturn

from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction
from shared.kit.subscribers import Subscribers


@dataclass(frozen=True)
class Projection:
    """Tables and the subscribers that write them.

    The subscribers write only: what they write depends on the event alone, and events of different aggregates may come in
    any order. No other table refers to these, and their triggers follow deletions too.
    """

    name: str
    tables: tuple[str, ...]
    subscribers: Subscribers

    async def apply(self, events: Sequence[Envelope], connection: Any) -> None:
        """Write a page of events, each aggregate's in order. Equal statements go together, in one round trip."""
        writes = _Writes()
        tx = Transaction(writes, actor=None)
        # Aggregates commute, so their first events may be written together, then their second ones, and so on.
        for event in sorted(events, key=lambda it: (it.version, it.type)):
            await self.subscribers.react(event, tx)
        for statement, values in groupby(writes.made, key=itemgetter(0)):
            await connection.executemany(statement, [row for _, row in values])


class _Writes:
    """What the subscribers would have written."""

    def __init__(self) -> None:
        self.made: list[tuple[str, tuple[Any, ...]]] = []

    async def execute(self, statement: str, *values: Any) -> None:
        self.made.append((statement, values))

    async def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self.made += [(statement, tuple(row)) for row in rows]

    async def fetch(self, *_: Any) -> NoReturn:
        raise Defect("the subscribers of a projection read nothing")

    fetchrow = fetchval = fetch
