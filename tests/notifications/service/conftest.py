"""Notifications as it runs in production, on a database of its own, beside a mail server that the test commands."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from pydantic import SecretStr

from services.notifications.app import running
from services.notifications.settings import NotificationsSettings
from shared.contracts.notifications.queries import NoticeKind, NoticeState
from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.notifications.service.inbox import Inbox
from tests.notifications.service.mail_server import MailServer, listening
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests

Start = Callable[..., AbstractAsyncContextManager[None]]


class Ledger:
    """Looks into the service's tables, as their owner, and lets time pass in them."""

    def __init__(self, database: FreshDatabase) -> None:
        self._url = database.admin_url

    def rows(self, statement: str, *values: object) -> list[dict[str, Any]]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            cursor = connection.cursor(row_factory=dict_row)
            cursor.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def deliveries(self) -> list[dict[str, Any]]:
        return self.rows("SELECT * FROM deliveries ORDER BY delivery_id")

    def states(self) -> list[str]:
        return [row["state"] for row in self.deliveries()]

    def closed(self) -> bool:
        """Whether there are deliveries and none waits."""
        states = self.states()
        return bool(states) and "queued" not in states

    def make_due(self) -> None:
        """Let the time of every waiting letter come."""
        self.rows("UPDATE deliveries SET due_at = now() - interval '1 second' WHERE state = 'queued'")

    def end_leases(self) -> None:
        """Let the lease of every letter run out."""
        self.rows(
            "UPDATE deliveries SET leased_until = now() - interval '1 second' WHERE leased_until IS NOT NULL"
        )

    def age(self, interval: str) -> None:
        """Make everything older."""
        self.rows("UPDATE deliveries SET created_at = created_at - %s::interval", interval)


@pytest.fixture
def notifications_database(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    """The service's database, with its schema and no row."""
    return database("notifications")


@pytest.fixture
def ledger(notifications_database: FreshDatabase) -> Ledger:
    """What the service has written down."""
    return Ledger(notifications_database)


@pytest.fixture
async def mail_server() -> AsyncGenerator[MailServer]:
    """An SMTP server that accepts everything until it is told otherwise."""
    async with listening(MailServer()) as server:
        yield server


@pytest.fixture
def start(
    notifications_database: FreshDatabase, nats_server: NatsForTests, tmp_path: Path, mail_server: MailServer
) -> Start:
    """Start the service: `async with start(): …`; settings as keywords."""

    def starting(**given: Any) -> AbstractAsyncContextManager[None]:
        usual: dict[str, Any] = {
            "data": tmp_path,
            "postgres_url": notifications_database.url,
            "nats_url": nats_server.url("notifications"),
            "smtp_url": SecretStr(mail_server.url),
            "mail_from": "Entente <entente@example.org>",
            "public_url": "https://entente.example.fr",
        }
        return running(NotificationsSettings(**(usual | given)))

    return starting


@pytest.fixture
async def partnership(foreign: ForeignService, nats_server: NatsForTests) -> AsyncGenerator[Partnership]:
    """Two organisations and their people; contacts, projects and web answer about them."""
    played = Partnership(foreign)
    async with (
        connected_client(nats_server.url("contacts"), service="contacts") as contacts,
        connected_client(nats_server.url("projects"), service="projects") as projects,
        connected_client(nats_server.url("web"), service="web") as web,
    ):
        await played.answer(contacts, projects, web)
        yield played


@pytest.fixture
async def notifications(start: Start) -> AsyncGenerator[None]:
    """The service, running."""
    async with start():
        yield


@pytest.fixture
async def claire(notifications: None, partnership: Partnership, asker: Asker) -> Inbox:
    """Claire's inbox, once the negotiation is open."""
    await partnership.begin()
    inbox = Inbox(asker, partnership.claire)
    await eventually(
        lambda: inbox.has(NoticeState.TO_READ, NoticeKind.MANDATE_ACCEPTED, NoticeKind.NEGOTIATION_OPENED)
    )
    return inbox


@pytest.fixture
def odile(claire: Inbox, partnership: Partnership, asker: Asker) -> Inbox:
    """Odile's inbox, on the other side."""
    return Inbox(asker, partnership.odile)


@pytest.fixture
def paul(claire: Inbox, partnership: Partnership, asker: Asker) -> Inbox:
    """Paul's inbox: he signs for Odile's association."""
    return Inbox(asker, partnership.paul)
