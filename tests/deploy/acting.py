"""Act on a running system as an operator does, and look whether what was acknowledged came through."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg

from deploy.credentials import Credentials
from shared.contracts.contacts.commands import OrganizationEntry, RegisterOrganizations
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.refusals import Trouble
from shared.contracts.values import Side
from shared.kit.asking import Asker
from shared.kit.service import connected_client

ACTS_PER_SECOND = 50


class Operator:
    """Registers organisations, and keeps a ledger of those that were acknowledged."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self.acknowledged: list[OrganizationId] = []

    async def act(self) -> None:
        """Register one more; no answer is none to be kept."""
        organization_id = OrganizationId(new_id())
        entry = OrganizationEntry(
            organization_id=organization_id, side=Side.ASSOCIATION, name="Nouvelle association"
        )
        with contextlib.suppress(Trouble):
            await self._asker.ask(RegisterOrganizations(entries=(entry,)))
            self.acknowledged.append(organization_id)

    async def keep_acting(self) -> None:
        """Go on until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self.act())
                await asyncio.sleep(1 / ACTS_PER_SECOND)


@asynccontextmanager
async def operating(data: Path) -> AsyncGenerator[Operator]:
    """The operator of the system in this folder."""
    url = Credentials(data).addresses("operator")["ENTENTE_NATS_URL"]
    async with connected_client(url, service="operator") as client:
        yield Operator(Asker(client))


def applied_by(data: Path, reader: str, ids: list[OrganizationId]) -> int:
    """How many of these organisations' registrations a reader of contacts has applied."""
    url = Credentials(data).addresses(f"{reader}-owner")["ENTENTE_POSTGRES_URL"]
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM inbox_head WHERE source = 'contacts' AND aggregate_id = ANY(%s)", (ids,)
        ).fetchone()
        return row[0] if row else 0
