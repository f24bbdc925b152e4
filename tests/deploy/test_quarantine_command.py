"""`entente quarantine`, as an operator types it, against the services' own answers."""

import asyncio
import os
import pty
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from deploy.credentials import Credentials
from deploy.topology import DOMAIN_SERVICES
from shared.backbone import inbox, quarantine
from shared.backbone.owners_log import LogReader, OwnersLog
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.envelope import Envelope
from shared.kit.database import Database, Transaction, connected, transaction
from shared.kit.requests import answering
from shared.kit.service import connected_client
from tests.backbone.conftest import Counted, log
from tests.support.servers import FreshDatabase, NatsForTests

Entente = Callable[..., Awaitable[tuple[int, str]]]

broken: set[str] = set()


async def fail(_event: OrganizationRegistered, about: Envelope, _tx: Transaction) -> None:
    if str(about.aggregate_id) in broken:
        raise ZeroDivisionError("poison")


@pytest.fixture
async def databases(
    database: Callable[[str], FreshDatabase], nats_server: NatsForTests
) -> AsyncGenerator[dict[str, Database]]:
    """The three services that have a quarantine, as far as operators ask them about it."""
    subscribers = Subscribers()
    subscribers.on(OrganizationRegistered)(fail)
    broken.clear()
    async with AsyncExitStack() as stack:
        made: dict[str, Database] = {}
        for service in DOMAIN_SERVICES:
            made[service] = await stack.enter_async_context(connected(database(service).url))
            url = nats_server.url(service)
            client = await stack.enter_async_context(connected_client(url, service=service))
            await LogReader(made[service], client, service=service).answering(stack)
            routers = [quarantine.router_for(service, subscribers, client)]
            await stack.enter_async_context(answering(url, made[service], routers, service=service))
        yield made


@pytest.fixture
def entente(data: Path, nats_server: NatsForTests) -> Entente:
    """Run `entente quarantine …`: its exit code, and all that it says."""
    Credentials(data).write_addresses("operator", {"ENTENTE_NATS_URL": nats_server.operator_url})

    async def run(*arguments: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy", "quarantine", *arguments),
            env={**os.environ, "ENTENTE_DATA": str(data)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode()

    return run


@pytest.fixture
async def owners_log(nats_server: NatsForTests) -> AsyncGenerator[OwnersLog]:
    """The log of contacts, as its readers ask for it."""
    async with connected_client(nats_server.url("projects"), service="projects") as client:
        yield OwnersLog(client, source="contacts")


async def put_aside(databases: dict[str, Database], reader: str, owners_log: OwnersLog) -> Counted:
    """An event of contacts that a reader could not apply."""
    aggregate = Counted()
    await log(databases["contacts"], aggregate)
    (envelope,) = [it async for events in owners_log.after({aggregate.id: 0}) for it in events]
    database = databases[reader]
    async with transaction(database, actor=None) as tx:
        await inbox.quarantine(
            tx,
            "contacts",
            subject=envelope.type,
            stream_seq=None,
            headers=envelope.headers(),
            data=envelope.data,
            reason="ZeroDivisionError: poison",
            envelope=envelope,
        )
    return aggregate


async def test_an_operator_lists_inspects_replays_and_discards(
    databases: dict[str, Database], owners_log: OwnersLog, entente: Entente
) -> None:
    assert await entente("list") == (0, "Nothing waits in quarantine.\n")

    stuck = await put_aside(databases, "projects", owners_log)
    await put_aside(databases, "projects", owners_log)
    await put_aside(databases, "notifications", owners_log)
    broken.add(str(stuck.id))

    code, said = await entente("list")
    assert code == 0
    assert [line.split("  ")[0] for line in said.splitlines()[::2]] == [
        "projects 1",
        "projects 2",
        "notifications 1",
    ]
    assert "ZeroDivisionError: poison" in said
    assert "projects" not in (await entente("list", "--service", "notifications"))[1]

    assert await entente("inspect", "1") == (
        1,
        "There is a 1 in projects and notifications: say which with --service.\n",
    )
    code, said = await entente("inspect", "2")
    assert code == 0
    assert "ce-type: entente.contacts.organization.registered.v1" in said
    assert "applied here up to version 0; no events parked behind it" in said

    code, said = await entente("list", "--nothing")
    assert code == 2
    assert "usage: entente quarantine" in said

    code, said = await entente("replay")
    assert code == 1
    assert "projects 1: still waits. ZeroDivisionError: poison" in said
    assert "projects 2: applied." in said
    assert "notifications 1: applied." in said

    code, said = await entente("discard", "1", "--service", "projects")
    assert code == 1
    assert said.endswith(
        "Nothing was discarded: only somebody at a terminal is asked. Without one, add --yes.\n"
    )
    code, said = await entente("discard", "1", "--service", "projects", "--yes")
    assert code == 0
    assert "projects 1: discarded." in said
    assert await entente("list") == (0, "Nothing waits in quarantine.\n")
    assert "discarded" in (await entente("list", "--resolved"))[1]
    assert await entente("replay") == (0, "Nothing waits in quarantine.\n")
    code, said = await entente("discard", "1", "--service", "projects")
    assert (code, "projects 1: no longer waits: it was discarded already." in said) == (0, True)
    code, said = await entente("replay", "1", "--service", "projects")
    assert (code, "projects 1: no longer waits: it was discarded already." in said) == (1, True)
    assert await entente("inspect", "9") == (1, "There is no 9 in quarantine.\n")


async def test_what_cannot_be_done_is_told_in_words(
    databases: dict[str, Database], entente: Entente, data: Path
) -> None:
    code, said = await entente("inspect", "0")
    assert code == 2
    assert "0 is not a number that `entente quarantine list` shows" in said
    Credentials(data).write_addresses("operator", {"ENTENTE_NATS_URL": "nats://nobody:nothing@127.0.0.1:1"})
    code, said = await entente("list")
    assert code == 1
    assert "Is the system running?" in said
    assert "Traceback" not in said


async def test_ctrl_c_at_the_question_discards_nothing(
    databases: dict[str, Database], owners_log: OwnersLog, entente: Entente, data: Path
) -> None:
    await put_aside(databases, "projects", owners_log)
    terminal, its_end = pty.openpty()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy", "quarantine", "discard", "1", "--service", "projects"),
            env={**os.environ, "ENTENTE_DATA": str(data)},
            stdin=its_end,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert process.stdout
        asked = await asyncio.wait_for(process.stdout.readuntil(b"Discard it? [y/N] "), 60)
        assert b"It will never be applied here." in asked
        process.send_signal(signal.SIGINT)
        rest, _ = await asyncio.wait_for(process.communicate(), 60)
    finally:
        os.close(terminal)
        os.close(its_end)
    assert (process.returncode, rest) == (1, b"\nNothing was discarded.\n")
    assert "projects 1" in (await entente("list"))[1]
