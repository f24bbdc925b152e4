"""A service with a quarantine, whose reactions fail on what a test chooses."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.backbone import inbox, quarantine
from shared.backbone.relay import COLUMNS, envelope_of
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.contracts.operations import ListQuarantine
from shared.kit.asking import Asker
from shared.kit.database import Database, Transaction, transaction
from shared.kit.requests import answering
from shared.kit.service import connected_client
from tests.backbone.conftest import Counted, registered
from tests.support.foreign import ForeignService
from tests.support.servers import NatsForTests

RECORD = "INSERT INTO event_chain (chain_id, hash, length) VALUES (gen_random_uuid(), $1, $2)"
RECORDED = "SELECT length FROM event_chain WHERE hash = $1 ORDER BY ctid"
LOGGED = f"SELECT {COLUMNS} FROM event_log WHERE aggregate_id = $1 AND version > $2 ORDER BY version"


@dataclass
class Reactions:
    """A reader that records each version, and fails on some."""

    fails_on: dict[tuple[UUID, int], Exception] = field(default_factory=dict)
    subscribers: Subscribers = field(default_factory=Subscribers)

    def __post_init__(self) -> None:
        self.subscribers.on(OrganizationRegistered)(self.on_registered)

    async def on_registered(self, event: OrganizationRegistered, about: Envelope, tx: Transaction) -> None:
        await tx.execute(RECORD, event.organization_id.bytes, about.version)
        if failure := self.fails_on.get((event.organization_id, about.version)):
            raise failure


@dataclass
class Reader:
    """The service whose quarantine it is, and how messages come to it."""

    database: Database
    reactions: Reactions
    foreign: ForeignService

    async def receive(self, aggregate: Counted, version: int, **given: Any) -> None:
        """Apply one event, or put it aside with the reason."""
        await self.take(self.foreign.envelope(registered(aggregate.id), version=version, **given))

    async def receive_logged(self, owner: Database, aggregate: Counted, *, after: int = 0) -> None:
        """What the owner's log has of an aggregate, in order."""
        for row in await owner.pool.fetch(LOGGED, aggregate.id, after):
            await self.take(envelope_of(row, "contacts", 1))

    async def take(self, envelope: Envelope) -> None:
        """As the consumer does."""
        try:
            async with transaction(self.database, actor=None) as tx:
                await inbox.apply(tx, "contacts", [envelope], self.reactions.subscribers)
        except inbox.NotApplicable as failed:
            await self.put_aside(envelope.headers(), envelope.data, str(failed.__cause__), envelope)

    async def put_aside(
        self,
        headers: dict[str, str],
        data: bytes,
        reason: str,
        envelope: Envelope | None = None,
        subject: str = OrganizationRegistered.subject,
    ) -> None:
        async with transaction(self.database, actor=None) as tx:
            await inbox.quarantine(
                tx,
                "contacts",
                subject=subject,
                stream_seq=None,
                headers=headers,
                data=data,
                reason=reason,
                envelope=envelope,
            )

    def breaks_on(self, aggregate: Counted, version: int, failure: Exception | None = None) -> None:
        self.reactions.fails_on[aggregate.id, version] = failure or ZeroDivisionError("poison")

    def is_mended(self) -> None:
        self.reactions.fails_on.clear()

    async def applied(self, aggregate: Counted) -> list[int]:
        rows = await self.database.pool.fetch(RECORDED, aggregate.id.bytes)
        return [row["length"] for row in rows]

    async def parked(self) -> int:
        return await self.database.pool.fetchval("SELECT count(*) FROM inbox_parked")


@asynccontextmanager
async def quarantining(
    database: Database, server: NatsForTests, foreign: ForeignService
) -> AsyncGenerator[Reader]:
    """A reader that answers operators about its quarantine."""
    reactions, url = Reactions(), server.url("projects")
    async with connected_client(url, service="projects") as client:
        routers = [quarantine.router_for("projects", reactions.subscribers, client)]
        async with answering(url, database, routers, service="projects"):
            yield Reader(database, reactions, foreign)


async def versions_waiting(operator: Asker) -> list[int | None]:
    """The versions that wait."""
    page = await operator.ask(ListQuarantine(), at="projects")
    assert page.waiting == len(page.messages)
    return [it.version for it in page.messages]


async def only_one(operator: Asker) -> int:
    (message,) = (await operator.ask(ListQuarantine(), at="projects")).messages
    return message.quarantine_id
