"""One service of the system as a process that may be killed, stopped, and started again in another way."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.http_get import get
from deploy.processes import Child, start_program
from tests.support.eventually import eventually

_ROOT = Path(__file__).resolve().parents[2]

# A check that hangs in the service is given up there after two seconds.
_READY_ANSWER_SECONDS = 5.0


class ServicePart:
    """One replica of one service."""

    def __init__(self, service: str, replica: int, data: Path, environment: Mapping[str, str]) -> None:
        self.service = service
        self.name = service if replica == 1 else f"{service}-{replica}"
        self._data = data
        self._environment = {**environment, "ENTENTE_REPLICA": str(replica)}
        self._child: Child | None = None
        self.arguments: Sequence[str] = ()
        """How the process that runs now was started."""

    @property
    def pid(self) -> int | None:
        """The process; None before the first start."""
        return None if self._child is None else self._child.pid

    def start(self, *arguments: str) -> None:
        """Start it; readiness is asked for separately."""
        self.arguments = arguments
        self._child = start_program(
            [sys.executable, "-m", "tests.chaos.service", self.service, *arguments],
            log=self._data / "logs" / f"{self.name}.log",
            death_signal=signal.SIGKILL,
            environment={"PYTHONPATH": str(_ROOT), "ENTENTE_DATA": str(self._data), **self._environment},
        )

    def ended(self) -> int | None:
        """Its exit code, None while it runs."""
        return None if self._child is None else self._child.poll()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it, if it lives."""
        if self._child is not None and self._child.poll() is None:
            os.kill(self._child.pid, number)

    async def until_ended(self, seconds: float) -> bool:
        """Whether it ended by itself within that time."""
        with contextlib.suppress(AssertionError):
            await eventually(lambda: self.ended() is not None, deadline=seconds)
        return self.ended() is not None

    async def ops(self, page: str) -> tuple[int, str]:
        """What its page for operators answers; status 0 when nobody does."""
        try:
            said = json.loads((self._data / "run" / f"{self.name}.json").read_text())
        except (FileNotFoundError, ValueError):
            return 0, ""
        if said["pid"] != self.pid:
            return 0, ""
        return await asyncio.to_thread(get, f"{said['ops']}/{page}", timeout_seconds=_READY_ANSWER_SECONDS)

    async def not_ready(self) -> str:
        """What it misses, in its own words; empty when it is ready."""
        status, body = await self.ops("readyz")
        return "" if status == 200 else f"{self.name}: {body or 'no answer'}"
