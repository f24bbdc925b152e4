"""Web on a free port, with the real services behind it, and people of both sides who can sign in."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import nats
import pytest
from nats.aio.client import Client

from services.contacts import app as contacts
from services.contacts.settings import ContactsSettings
from services.notifications import app as notifications
from services.notifications.settings import NotificationsSettings
from services.projects import app as projects
from services.projects.settings import ProjectsSettings
from services.web import app as web
from services.web.settings import WebSettings
from shared.contracts.contacts.commands import EnrollPerson, OrganizationEntry, RegisterOrganizations
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import Side
from shared.contracts.web.commands import CreateAccount
from shared.kit.asking import Asker
from tests.support.servers import FreshDatabase, NatsForTests
from tests.web.service.visitor import Sample, Visitor

PASSWORD = "trois petits moutons bleus"


@dataclass
class House:
    """The running system: where it is, and how operators speak to it."""

    url: str
    operator: Client
    data: Path

    @property
    def asker(self) -> Asker:
        return Asker(self.operator)

    def visitor(self) -> Visitor:
        return Visitor(self.url)


@pytest.fixture
async def house(
    database: Callable[[str], FreshDatabase], nats_server: NatsForTests, tmp_path: Path
) -> AsyncGenerator[House]:
    """Every service, started in the order of `make up`."""

    def given(service: str) -> dict[str, object]:
        return {"data": tmp_path, "postgres_url": database(service).url, "nats_url": nats_server.url(service)}

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(contacts.running(ContactsSettings(**given("contacts"))))
        await stack.enter_async_context(projects.running(ProjectsSettings(**given("projects"))))
        await stack.enter_async_context(
            notifications.running(NotificationsSettings(**given("notifications")))
        )
        settings = WebSettings(**given("web"), http_port=0)
        await stack.enter_async_context(web.running(settings))
        operator = await nats.connect(nats_server.operator_url)
        stack.push_async_callback(operator.close)
        import json

        address = json.loads(settings.run_file.read_text())["http"]
        yield House(address, operator, tmp_path)


async def enroll(house: House, side: Side, name: str, given: str, family: str, **rights: bool) -> Sample:
    """An organisation with one person who has an account and a token."""
    organization_id, person_id = OrganizationId(new_id()), PersonId(new_id())
    email = f"{given.lower()}.{family.lower()}@exemple.fr"
    token = f"ent_{given.lower()}-{new_id().hex}"
    await house.asker.ask(
        RegisterOrganizations(
            entries=(OrganizationEntry(organization_id=organization_id, side=side, name=name),)
        ),
        timeout_seconds=10,
    )
    await house.asker.ask(
        EnrollPerson(
            person_id=person_id,
            given_name=given,
            family_name=family,
            email=email,
            organization_id=organization_id,
            function="Référente",
            **rights,
        ),
        timeout_seconds=10,
    )
    await house.asker.ask(
        CreateAccount(
            person_id=person_id,
            email=email,
            password=PASSWORD,
            organization_id=organization_id,
            api_token=token,
        ),
        timeout_seconds=10,
    )
    return Sample(person_id, organization_id, name, email, PASSWORD, token)


@pytest.fixture
async def claire(house: House) -> Sample:
    """Of the hospital: administers it and may sign."""
    return await enroll(
        house,
        Side.ESTABLISHMENT,
        "Hôpital de Bellerive",
        "Claire",
        "Vasseur",
        administrator=True,
        signatory=True,
    )


@pytest.fixture
async def odile(house: House) -> Sample:
    """Of the association: administers it and may sign."""
    return await enroll(
        house, Side.ASSOCIATION, "Main tendue", "Odile", "Marchand", administrator=True, signatory=True
    )


@pytest.fixture
async def http(house: House) -> AsyncGenerator[httpx.AsyncClient]:
    """A client with no session and no habit."""
    async with httpx.AsyncClient(base_url=house.url) as client:
        yield client
