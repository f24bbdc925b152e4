"""The embedded NATS server starts safely, and starts again whatever happened before."""

import os
import re
import signal
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client

from deploy.embedded.nats import EmbeddedNats
from deploy.errors import StartFailure
from deploy.http_get import get_json
from deploy.streams import connect, provision_streams


@contextmanager
def running(data: Path, *, sync: str = "1s") -> Generator[EmbeddedNats]:
    server = EmbeddedNats(data, sync=sync)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@asynccontextmanager
async def operator(server: EmbeddedNats) -> AsyncGenerator[Client]:
    client = await nats.connect(server.operator_url)
    try:
        yield client
    finally:
        await client.close()


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


async def test_nobody_enters_without_a_password(data: Path) -> None:
    with running(data) as server:
        address = re.sub(r"//.*@", "//", server.operator_url)
        with pytest.raises(StartFailure, match="Authorization Violation"):
            await connect(address, name="nobody")
        with pytest.raises(StartFailure, match=r"user 'contacts'.*Authorization Violation"):
            await connect(address.replace("//", "//contacts:guess@"), name="guesser")


def test_it_listens_on_loopback_only_and_keeps_secrets_private(data: Path) -> None:
    with running(data) as server:
        varz = get_json(f"{server.monitoring_url}/varz")
        assert varz["host"] == "127.0.0.1"
        assert varz["http_host"] == "127.0.0.1"
        assert varz["max_payload"] == 1 << 20
        for secret in (data / "nats" / "users.conf", data / "credentials" / "nats.passwords.json"):
            assert secret.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("setting", "always"), [("1s", False), ("always", True)])
def test_how_often_it_writes_to_disk_is_a_setting(data: Path, setting: str, always: bool) -> None:
    with running(data, sync=setting) as server:
        config = get_json(f"{server.monitoring_url}/jsz")["config"]
        assert isinstance(config, dict)
        assert config.get("sync_always", False) is always


async def test_events_and_address_survive_the_death_of_the_server(data: Path) -> None:
    server = EmbeddedNats(data, sync="always")
    program = server.start()
    await provision_streams(server.operator_url)
    async with operator(server) as client:
        await client.jetstream().publish("entente.contacts.mandate.accepted.v1", b"kept")
    before = server.operator_url
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    server.start()
    assert server.operator_url == before
    server.stop()
    with running(data, sync="always") as again:
        assert again.operator_url == before
        async with operator(again) as client:
            assert (await client.jetstream().stream_info("CONTACTS")).state.messages == 1


def test_an_orphan_server_is_replaced(data: Path) -> None:
    first = EmbeddedNats(data)
    orphan = first.start()
    first.release_lock()
    with running(data) as server:
        assert orphan.wait(timeout=10) is not None
        assert port_of(server.operator_url) == port_of(first.operator_url)


def test_a_port_taken_meanwhile_is_left_to_its_new_owner(data: Path) -> None:
    with running(data) as server:
        port = port_of(server.operator_url)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with running(data) as server:
            assert port_of(server.operator_url) != port


def test_two_runs_never_share_the_streams(data: Path) -> None:
    with running(data), pytest.raises(StartFailure, match="Another run"):
        EmbeddedNats(data).start()


def test_a_server_that_gave_up_writing_is_stuck(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its /healthz said on a disk that was full (chaos fills a real one)."""
    told = '{"status": "unavailable", "error": "JetStream stream \'$G > A\' write error: no space left on device"}'
    with running(data) as server:
        assert not server.is_stuck()
        monkeypatch.setattr(
            "deploy.embedded.nats.get", lambda url: (503, told) if "/healthz" in url else (0, "")
        )
        assert server.is_stuck()
