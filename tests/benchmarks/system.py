"""The real system, started as people start it, on a folder of its own; and its sample people."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from deploy.memory import memory_of
from tests.benchmarks.http_client import Answer, HttpClient
from tests.benchmarks.processes import cpu_seconds

_ROOT = Path(__file__).resolve().parents[2]
_READY_WITHIN_SECONDS = 120.0
_STOPPED_WITHIN_SECONDS = 60.0


@dataclass(frozen=True)
class Person:
    """A sample account."""

    side: str
    email: str
    password: str
    token: str


@dataclass(frozen=True)
class System:
    """A running system."""

    process: psutil.Process
    address: str
    start_seconds: float
    people: tuple[Person, ...]

    def cpu_seconds(self) -> float:
        """The CPU time of all its processes, PostgreSQL and NATS included, since they started."""
        return cpu_seconds(self.process)

    def memory_bytes(self) -> int:
        """The memory of all its processes, each shared page counted once."""
        return memory_of([self.process.pid])

    def api(self, person: Person) -> HttpClient:
        """A connection of a program that uses the REST API on behalf of a person."""
        return HttpClient(
            self.address,
            {"authorization": f"Bearer {person.token}", "content-type": "application/json"},
        )

    async def browser(self, person: Person) -> HttpClient:
        """A connection of a browser in which a person has signed in."""
        visitor = HttpClient(self.address, {"content-type": "application/x-www-form-urlencoded"})
        form = urlencode({"email": person.email, "password": person.password})
        answer = expect(303, await visitor.ask("POST", "/connexion", form.encode()))
        visitor.close()
        return HttpClient(self.address, {"cookie": answer.headers["set-cookie"].partition(";")[0]})


@contextmanager
def running_system(data: Path, environment: Mapping[str, str] | None = None) -> Generator[System]:
    """Run `python -m deploy up` on this folder until the end of the block."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ENTENTE_")}
    log = data.parent / f"{data.name}.log"
    with log.open("wb") as output:
        program = subprocess.Popen(
            [sys.executable, "-m", "deploy", "up"],
            cwd=_ROOT,
            env={**inherited, "ENTENTE_DATA": str(data), "ENTENTE_HTTP_PORT": "0", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        running = _wait_until_running(program, data, log)
        sample = json.loads((data / "sample.json").read_text())
        names = Person.__dataclass_fields__
        yield System(
            process=psutil.Process(program.pid),
            address=running["address"],
            start_seconds=running["start_seconds"],
            people=tuple(Person(**{name: it[name] for name in names}) for it in sample["people"]),
        )
    finally:
        program.send_signal(signal.SIGINT)
        try:
            program.wait(_STOPPED_WITHIN_SECONDS)
        finally:
            program.kill()
            log.unlink()


def _wait_until_running(program: subprocess.Popen[bytes], data: Path, log: Path) -> dict[str, Any]:
    summary = data / "run" / "system.json"
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if program.poll() is not None:
            break
        if summary.exists():
            return json.loads(summary.read_text())
        time.sleep(0.05)
    raise RuntimeError(f"The system did not start. It said:\n{log.read_text()}")


def expect(status: int, answer: Answer) -> Answer:
    """The answer, if it has this status."""
    if answer.status != status:
        raise RuntimeError(f"{answer.status} instead of {status}: {answer.body[:500]!r}")
    return answer
