"""The whole system as an operator starts it: a process that is watched from outside."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from deploy.http_get import get
from deploy.topology import SERVICES
from tests.support.eventually import eventually_sync

# On two cores that other tests keep busy; alone it takes a few seconds.
_STARTED_WITHIN_SECONDS = 120.0


class RunningSystem:
    """One `entente up` on a data folder, on a free port."""

    def __init__(self, data: Path, **environment: str) -> None:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("ENTENTE_")}
        self.data = data
        handle, name = tempfile.mkstemp(dir=data.parent, prefix=f"{data.name}-", suffix=".output")
        self.output = Path(name)
        with os.fdopen(handle, "wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy", "up"],
                env={**inherited, "ENTENTE_DATA": str(data), "ENTENTE_HTTP_PORT": "0", **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self) -> None:
        """Wait for the summary that the start writes at its end."""

        def ready() -> bool:
            if self.process.poll() is not None:
                raise SystemError(f"The system ended:\n{self.said()}")
            return "Entente is ready" in self.said()

        eventually_sync(ready, deadline=_STARTED_WITHIN_SECONDS)

    def said(self) -> str:
        """What it printed."""
        return self.output.read_text()

    @property
    def summary(self) -> dict[str, Any]:
        """Its figures."""
        return json.loads((self.data / "run" / "system.json").read_text())

    @property
    def address(self) -> str:
        """Where the pages are."""
        return str(self.summary["address"])

    def said_by(self, part: str) -> dict[str, Any]:
        """What a service, or a replica of it (`contacts-2`), says about itself while it runs."""
        return json.loads((self.data / "run" / f"{part}.json").read_text())

    def pid_of(self, part: str) -> int:
        """Its process."""
        return int(self.said_by(part)["pid"])

    def is_ready(self, parts: Iterable[str] = SERVICES) -> bool:
        """Whether every service says that it can work."""
        for part in parts:
            said = self.said_by(part)
            if not psutil.pid_exists(said["pid"]) or get(f"{said['ops']}/readyz")[0] != 200:
                return False
        return True

    def processes(self) -> list[psutil.Process]:
        """Everything that it started, and itself."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def server(self, name: str) -> psutil.Process:
        """The main process of one of the servers: `postgres` or `nats-server`."""
        children = psutil.Process(self.process.pid).children()
        return next(it for it in children if it.name() == name)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """End the supervisor without warning."""
        self.process.kill()
        self.process.wait()


@contextmanager
def up(data: Path, **environment: str) -> Generator[RunningSystem]:
    """A system that is ready; at the end everything that it started has ended."""
    system = RunningSystem(data, **environment)
    try:
        system.wait_until_ready()
        yield system
    finally:
        left = system.processes() if system.process.poll() is None else []
        system.stop()
        _, alive = psutil.wait_procs(left, timeout=10)
        assert alive == []


def still_running(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended. One that ended and that its new parent has not collected yet has."""
    left: list[psutil.Process] = []
    for it in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if it.is_running() and it.status() != psutil.STATUS_ZOMBIE:
                left.append(it)
    return left
