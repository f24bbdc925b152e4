"""What operators do from the command line, and a message that waits for them."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from deploy.credentials import Credentials
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.operations import ListQuarantine
from shared.contracts.values import Side
from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.journeys.conftest import Entente, Person
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService


def make_operator(entente: Entente, person: Person) -> None:
    """Her account sees the pages of operation from now on."""
    subprocess.run(
        [sys.executable, "-m", "deploy", "operators", "add", person.email],
        env={**os.environ, "ENTENTE_DATA": str(entente.data)},
        check=True,
    )


def put_aside(entente: Entente) -> None:
    """Send what no service can read, and wait until it is in quarantine."""
    url = Credentials(entente.data).addresses("operator")["ENTENTE_NATS_URL"]
    # Playwright already runs a loop in this thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(_put_aside(url))).result()


async def _put_aside(url: str) -> None:
    async with connected_client(url, service="operator") as client:
        fact = OrganizationRegistered(organization_id=OrganizationId(new_id()), side=Side.ASSOCIATION)
        envelope = ForeignService(client).envelope(fact)
        headers = envelope.headers() | {"ce-specversion": "9.9"}
        await client.jetstream().publish(envelope.type, envelope.data, headers=headers, timeout=5)

        async def waits() -> bool:
            return (await Asker(client).ask(ListQuarantine(), at="notifications")).waiting > 0

        await eventually(waits)
