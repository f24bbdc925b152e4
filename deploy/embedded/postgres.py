"""Runs the embedded PostgreSQL: finds what a crashed run left, starts, waits until ready, stops."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import psutil

from deploy.embedded.cluster import SUPERUSER, ensure_cluster
from deploy.embedded.place import Place, find_place
from deploy.embedded.ports import free_ports
from deploy.errors import StartFailure
from deploy.files import last_lines
from deploy.locks import FileLock
from deploy.processes import ProcessIdentity, end_process, never, start_program, stop_child

# A socket's path must fit in `sockaddr_un`: 108 bytes on Linux, 104 on macOS, with the final zero.
_LONGEST_SOCKET_PATH = 103
_SOCKET_PORT = 5432

# Recovery after a crash replays at most `max_wal_size`: seconds on a laptop, more on a slow disk.
_READY_WITHIN_SECONDS = 120.0
_STOPPED_WITHIN_SECONDS = 20.0

_SETTINGS = {
    # A small footprint: four services with small pools, no parallel query, no replication, no helper processes.
    "shared_buffers": "32MB",
    "max_connections": "60",
    "huge_pages": "off",
    "io_method": "sync",
    "jit": "off",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "2",
    "autovacuum_max_workers": "2",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    # Nothing personal may reach a log: values of statements and of their parameters stay out of it.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "password_encryption": "scram-sha-256",
}


class EmbeddedPostgres:
    """A PostgreSQL server of our own, reached through a private socket (or loopback when its path is too long)."""

    def __init__(self, data: Path, *, sync: bool = True, settings: Mapping[str, str] | None = None) -> None:
        """`sync` is False only for the throw-away servers of tests, which then skip every wait for the disk."""
        self._home = data / "postgres"
        self._password_file = data / "credentials" / "postgres.password"
        self.log = data / "logs" / "postgres.log"
        self._sync = sync
        self._settings = {**_SETTINGS, **({} if sync else {"fsync": "off"}), **(settings or {})}
        self._program: subprocess.Popen[bytes] | None = None
        self._lock: FileLock | None = None
        self.password = ""
        self._port = _SOCKET_PORT
        self._authority = ""
        self._query = ""

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, after recovering from whatever an earlier run left, and return when it takes connections."""
        place = find_place(self._home)
        self._lock = self._lock or FileLock(place.folder / "lock")
        if not self._lock.take():
            raise StartFailure(f"Another run already uses the PostgreSQL data in {place.folder}.")
        _end_left_over(place.folder)
        self.password = ensure_cluster(place, self._password_file, sync=self._sync)
        self._program = self._launch(place)
        self._wait_until_ready(self._program, place.folder / "data")
        return self._program

    def stop(self, hurried: Callable[[], bool] = never) -> None:
        """Stop with a checkpoint (fast shutdown), or without when in a hurry: the next start then recovers."""
        if self._program is not None:
            fast = (signal.SIGINT, _STOPPED_WITHIN_SECONDS)
            stop_child(self._program, fast, (signal.SIGQUIT, 6.0), hurried=hurried)
            self._program = None
        self.release_lock()

    def release_lock(self) -> None:
        """Let another run use the data: it will stop this server if it still runs."""
        if self._lock is not None:
            self._lock.release()

    def url(self, user: str, password: str, database: str) -> str:
        """Write an address that libpq (psycopg) and asyncpg both understand."""
        return (
            f"postgresql://{quote(user)}:{quote(password)}@{self._authority}/{quote(database)}{self._query}"
        )

    @property
    def admin_url(self) -> str:
        """The superuser's address."""
        return self.url(SUPERUSER, self.password, "postgres")

    def _launch(self, place: Place) -> subprocess.Popen[bytes]:
        sockets = place.folder
        if len(os.fsencode(sockets / f".s.PGSQL.{_SOCKET_PORT}")) <= _LONGEST_SOCKET_PATH:
            listen = {
                "listen_addresses": "",
                "unix_socket_directories": str(sockets),
                "unix_socket_permissions": "0700",
            }
            self._authority, self._query = "", f"?host={quote(str(sockets))}"
        else:
            if not self._authority:
                # Kept when the server is restarted, so that those who use it find it again.
                self._port = free_ports(1)[0]
            listen = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
            self._authority, self._query = f"127.0.0.1:{self._port}", ""
        listen["port"] = str(self._port)
        options = [f"--{name}={value}" for name, value in {**self._settings, **listen}.items()]
        return start_program(
            [place.programs / "postgres", "-D", place.folder / "data", *options],
            log=self.log,
            # If we are killed it still stops with a checkpoint, so that the next start is quick.
            death_signal=signal.SIGINT,
            account=place.account,
            environment={"TZ": "UTC"},
        )

    def _wait_until_ready(self, program: subprocess.Popen[bytes], cluster: Path) -> None:
        deadline = time.monotonic() + _READY_WITHIN_SECONDS
        while not _says_ready(cluster, program.pid):
            if program.poll() is not None:
                raise StartFailure(
                    f"PostgreSQL ended while starting. Its log, {self.log}, ends:\n{last_lines(self.log)}"
                )
            if time.monotonic() > deadline:
                self.stop()
                raise StartFailure(
                    f"PostgreSQL was not ready after {_READY_WITHIN_SECONDS:.0f} s: see {self.log}."
                )
            time.sleep(0.01)


def _pid_file_lines(cluster: Path) -> list[str]:
    with contextlib.suppress(FileNotFoundError):
        return (cluster / "postmaster.pid").read_text().splitlines()
    return []


def _says_ready(cluster: Path, pid: int) -> bool:
    match _pid_file_lines(cluster):
        case [owner, _, _, _, _, _, _, status, *_]:
            return owner.strip() == str(pid) and status.strip() == "ready"
        case _:
            return False


def _end_left_over(folder: Path) -> None:
    """Stop what a killed run left on this cluster. We hold its lock, so nobody legitimate is using it.

    The pid in the file of the dead server may by now be another program's, as happens at once in containers; PostgreSQL
    would then refuse to start. So what counts is which processes live in the folder, not what the file says.
    """
    cluster = folder / "data"
    lines = _pid_file_lines(cluster)
    if lines:
        recorded = int(lines[0]) if lines[0].strip().isdigit() else -1
        # The main process first: the others follow it by themselves.
        for process in sorted(_processes_in(cluster), key=lambda it: it.pid != recorded):
            end_process(process, gently=signal.SIGINT, patience_seconds=_STOPPED_WITHIN_SECONDS)
    for stale in (cluster / "postmaster.pid", folder / f".s.PGSQL.{_SOCKET_PORT}.lock"):
        stale.unlink(missing_ok=True)


def _processes_in(cluster: Path) -> list[ProcessIdentity]:
    found: list[ProcessIdentity] = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.name() == "postgres" and Path(process.cwd()).samefile(cluster):
                found.append(ProcessIdentity("postgres", process.pid, process.create_time()))
    return found
