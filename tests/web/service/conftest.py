"""Web on a free port, with the real services behind it, and people of both sides who can sign in."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
from nats.aio.client import Client

from deploy.credentials import Credentials
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
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder
from tests.web.service.visitor import Sample, Visitor

PASSWORD = "trois petits moutons bleus"


@dataclass
class House:
    """The running system: where it is, and how operators speak to it."""

    url: str
    operator: Client
    data: Path
    """The folder of its data; e-mails are files there."""
    databases: dict[str, FreshDatabase]
    """By service."""

    @property
    def asker(self) -> Asker:
        return Asker(self.operator)

    def visitor(self) -> Visitor:
        return Visitor(self.url)


class Services:
    """Every service in one thread, on its own event loop, databases and NATS server.

    Started once for all tests: each brings its own people, so none sees another's.
    """

    def __init__(self, postgres: PostgresForTests, nats_server: NatsForTests, data: Path) -> None:
        self._postgres, self._nats, self.data = postgres, nats_server, data
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="services")
        self._ready = threading.Event()
        self._stop: Callable[[], object] = lambda: None
        self.url = ""
        self.databases: dict[str, FreshDatabase] = {}

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(60)
        assert self.url

    def stop(self) -> None:
        self._stop()
        self._thread.join(30)
        assert not self._thread.is_alive()

    async def _run(self) -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        self._stop = lambda: loop.call_soon_threadsafe(ended.set)
        names = ("contacts", "projects", "notifications", "web")
        databases = self.databases = {it: self._postgres.create(it) for it in names}

        def given(service: str) -> dict[str, Any]:
            url = self._nats.url(service)
            return {"data": self.data, "postgres_url": databases[service].url, "nats_url": url}

        Credentials(self.data).make_seal()
        try:
            await self._nats.recreate_streams()
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(contacts.running(ContactsSettings(**given("contacts"))))
                await stack.enter_async_context(projects.running(ProjectsSettings(**given("projects"))))
                settings = NotificationsSettings(**given("notifications"))
                await stack.enter_async_context(notifications.running(settings))
                pages = WebSettings(**given("web"), http_port=0)
                await stack.enter_async_context(web.running(pages))
                self.url = json.loads(pages.run_file.read_text())["http"]
                self._ready.set()
                await ended.wait()
        finally:
            self._ready.set()
            for it in databases.values():
                self._postgres.drop(it)


@pytest.fixture(scope="session")
def own_nats() -> Generator[NatsForTests]:
    """A NATS server apart: requests of other folders' tests must not be answered by the services that run here."""
    with data_folder() as data:
        server = NatsForTests(data)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def services(
    postgres: PostgresForTests, own_nats: NatsForTests, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Services]:
    """The running services."""
    running = Services(postgres, own_nats, tmp_path_factory.mktemp("house"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
async def house(services: Services, own_nats: NatsForTests) -> AsyncGenerator[House]:
    """The system as one test sees it."""
    operator = await nats.connect(own_nats.operator_url)
    yield House(services.url, operator, services.data, services.databases)
    await operator.close()


async def enroll(house: House, side: Side, name: str, given: str, family: str, **rights: bool) -> Sample:
    """An organisation with one person who has an account and a token."""
    organization_id = OrganizationId(new_id())
    await house.asker.ask(
        RegisterOrganizations(
            entries=(OrganizationEntry(organization_id=organization_id, side=side, name=name),)
        ),
        timeout_seconds=10,
    )
    return await _enroll(house, organization_id, name, given, family, **rights)


async def enroll_colleague(house: House, of: Sample, given: str, family: str) -> Sample:
    """Another person of somebody's organisation, with an account and a token."""
    return await _enroll(house, of.organization_id, of.organization, given, family)


async def _enroll(
    house: House, organization_id: OrganizationId, name: str, given: str, family: str, **rights: bool
) -> Sample:
    person_id = PersonId(new_id())
    email = f"{given.lower()}.{family.lower()}.{person_id.hex[-8:]}@exemple.fr"
    token = f"ent_{organization_id.hex}{person_id.hex}"
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
