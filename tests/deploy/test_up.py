"""The whole system, as an operator lives with it: started, watched, killed, started again, stopped."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from deploy.embedded.nats import EmbeddedNats
from deploy.embedded.postgres import EmbeddedPostgres
from deploy.errors import StartFailure
from deploy.http_get import get
from deploy.provision import url_as
from deploy.streams import connect
from deploy.topology import SERVICES
from tests.support.eventually import eventually_sync
from tests.support.system import RunningSystem, still_running, up


def test_it_says_where_to_look_survives_deaths_and_stops_in_order(home: Path) -> None:
    with up(home) as system:
        said = system.said()
        assert system.address in said
        assert get(system.address)[0] in {200, 302, 303}
        sample = json.loads((home / "sample.json").read_text())
        for person in sample["people"]:
            assert person["email"] in said
        assert str(home / "mail") in said

        again = RunningSystem(home)
        assert again.process.wait(timeout=30) == 1
        assert f"already runs at {system.address}" in again.said()

        for service in SERVICES:
            before = system.pid_of(service)
            os.kill(before, signal.SIGKILL)
            eventually_sync(lambda: system.pid_of(service) != before, deadline=30)  # noqa: B023
        for server in ("nats-server", "postgres"):
            before = system.server(server).pid
            os.kill(before, signal.SIGKILL)
            eventually_sync(lambda: replaced(system, server, before), deadline=30)  # noqa: B023
        eventually_sync(system.is_ready, deadline=30)

        started = system.processes()
        assert system.stop(signal.SIGINT) == 0
        assert still_running(started) == []
        assert system.said().rstrip().endswith("Stopped.")
        assert not (home / "run" / "processes.json").exists()
        # Whoever asks stops before whoever answers.
        stopped = sorted(SERVICES, key=lambda service: stopping_at(home / "logs" / f"{service}.log"))
        assert stopped == list(reversed(SERVICES))


def test_it_starts_again_after_the_death_of_everything(home: Path) -> None:
    with up(home) as first:
        killed = first.processes()
        first.kill()
        # On Linux the kernel ends the children; none may be left when the next start is done.
        with up(home) as second:
            assert still_running(killed) == []
            killed = second.processes()
            for process in killed:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            second.process.wait()
        with up(home, ENTENTE_NATS_SYNC="always") as third:
            assert third.is_ready()
            assert third.stop(signal.SIGTERM) == 0


def test_it_uses_servers_of_yours(data: Path, home: Path) -> None:
    postgres, nats = EmbeddedPostgres(data / "yours"), EmbeddedNats(data / "yours")
    try:
        postgres.start()
        nats.start()
        refused = RunningSystem(
            home, ENTENTE_POSTGRES_URL=postgres.admin_url, ENTENTE_NATS_URL=nats.operator_url
        )
        assert refused.process.wait(timeout=30) == 1
        assert f'write `include "{home / "nats" / "users.conf"}"`' in refused.said()

        # As an operator would: include the file, reload.
        shutil.copy(home / "nats" / "users.conf", data / "yours" / "nats" / "users.conf")
        os.kill(int((data / "yours" / "nats" / "nats.pid").read_text()), signal.SIGHUP)
        users = json.loads((home / "credentials" / "nats.passwords.json").read_text())
        eventually_sync(lambda: reachable(url_as(nats.operator_url, "contacts", users["contacts"])))
        with up(home, ENTENTE_POSTGRES_URL=postgres.admin_url, ENTENTE_NATS_URL=nats.operator_url) as system:
            assert system.is_ready()
            names = {it.name() for it in system.processes()}
            assert not names & {"postgres", "nats-server"}
            for service in SERVICES:
                for said in (f"{service}.log", "preparation.log"):
                    assert str(urlsplit(nats.operator_url).password) not in (home / "logs" / said).read_text()
    finally:
        nats.stop()
        postgres.stop()


def reachable(url: str) -> bool:
    async def try_it() -> bool:
        client = await connect(url, name="tests")
        await client.close()
        return True

    try:
        return asyncio.run(try_it())
    except StartFailure:
        return False


def test_a_start_can_be_interrupted(home: Path) -> None:
    system = RunningSystem(home)
    eventually_sync((home / "postgres").exists, deadline=30)
    started = system.processes()
    assert system.stop(signal.SIGINT) == 0
    assert still_running(started) == []
    assert "Stopping" in system.said()


def test_a_port_in_use_is_told_in_words(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        system = RunningSystem(home, ENTENTE_HTTP_PORT=str(port))
        assert system.process.wait(timeout=30) == 1
        assert f"Port {port} is used by another program" in system.said()
        assert "Traceback" not in system.said()


def test_a_folder_that_cannot_be_written_is_told_in_words(home: Path) -> None:
    home.mkdir()
    (home / "run").touch()
    system = RunningSystem(home)
    assert system.process.wait(timeout=30) == 2
    assert "ENTENTE_DATA" in system.said()
    assert "Traceback" not in system.said()


def stopping_at(log: Path) -> str:
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return max(str(line["timestamp"]) for line in lines if line["event"] == "stopping")


def replaced(system: RunningSystem, server: str, before: int) -> bool:
    with contextlib.suppress(StopIteration, psutil.NoSuchProcess):
        return system.server(server).pid != before
    return False


def test_make_lists_its_commands() -> None:
    root = Path(__file__).parents[2]
    listed = subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True).stdout
    for command in ("up", "test", "test-fast", "check", "fix", "bench"):
        assert f"make {command} " in listed
