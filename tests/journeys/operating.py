"""What operators do, what the clock does, and a message that waits for the former."""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

from deploy.credentials import Credentials
from services.projects.life.commands.pass_day import pass_day
from shared.contracts.contacts.commands import EnrollPerson, OrganizationEntry, RegisterOrganizations
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.operations import ListQuarantine
from shared.contracts.values import Side
from shared.contracts.web.commands import CreateAccount
from shared.kit.asking import Asker
from shared.kit.database import connected, transaction
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


def enroll_agency(entente: Entente) -> Person:
    """An agency of its own with one person: whoever is not of the sample disturbs nobody of it."""
    suffix = new_id().hex[-6:]
    agency = Person(
        name="Nadia Perrin",
        side=Side.THIRD_PARTY,
        organization=f"Agence des rives {suffix}",
        email=f"nadia.perrin.{suffix}@example.org",
        password="trois rives et un seul pont",
        token=f"ent_{secrets.token_urlsafe(32)}",
    )
    _apart(lambda: _enroll(_operators_url(entente), agency))
    return agency


def let_day_pass(entente: Entente, convention_id: str, day: date) -> None:
    """Let happen to one convention what is due until a day, as the clock does at its midnight."""
    url = Credentials(entente.data).addresses("projects")["ENTENTE_POSTGRES_URL"]
    _apart(lambda: _let_day_pass(url, ConventionId(UUID(convention_id)), day))


def put_aside(entente: Entente) -> None:
    """Send what no service can read, and wait until it is in quarantine."""
    _apart(lambda: _put_aside(_operators_url(entente)))


def _operators_url(entente: Entente) -> str:
    return Credentials(entente.data).addresses("operator")["ENTENTE_NATS_URL"]


def _apart(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    # Playwright already runs a loop in this thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(work())).result()


async def _enroll(url: str, person: Person) -> None:
    organization_id, person_id = OrganizationId(new_id()), PersonId(new_id())
    given_name, _, family_name = person.name.partition(" ")
    async with connected_client(url, service="operator") as client:
        asker = Asker(client)
        entry = OrganizationEntry(
            organization_id=organization_id, side=Side(person.side), name=person.organization
        )
        await asker.ask(RegisterOrganizations(entries=(entry,)))
        await asker.ask(
            EnrollPerson(
                person_id=person_id,
                given_name=given_name,
                family_name=family_name,
                email=person.email,
                organization_id=organization_id,
                function="Chargée de mission",
                administrator=True,
                signatory=True,
            )
        )
        await asker.ask(
            CreateAccount(
                person_id=person_id,
                email=person.email,
                password=person.password,
                organization_id=organization_id,
                api_token=person.token,
            )
        )


async def _let_day_pass(url: str, convention_id: ConventionId, day: date) -> None:
    async with connected(url) as database, transaction(database, actor=None) as tx:
        assert await pass_day(tx, convention_id, day), "nothing was due"


async def _put_aside(url: str) -> None:
    async with connected_client(url, service="operator") as client:
        fact = OrganizationRegistered(organization_id=OrganizationId(new_id()), side=Side.ASSOCIATION)
        envelope = ForeignService(client).envelope(fact)
        headers = envelope.headers() | {"ce-specversion": "9.9"}
        await client.jetstream().publish(envelope.type, envelope.data, headers=headers, timeout=5)

        async def waits() -> bool:
            return (await Asker(client).ask(ListQuarantine(), at="notifications")).waiting > 0

        await eventually(waits)
