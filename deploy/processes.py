"""Programs that we start, and the processes that an earlier run may have left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from deploy.embedded.account import Account
from deploy.files import write_private

_LAUNCHER = Path(__file__).parent / "embedded" / "launch.py"

# The start time of a process is derived from the clock of the machine, which may be adjusted between two looks.
_SAME_START_SECONDS = 2.0


def start_program(
    command: Sequence[str | Path],
    *,
    log: Path,
    death_signal: signal.Signals,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own (Ctrl-C does not reach it), ended by `death_signal` if we die."""
    identity = ("-", "-") if account is None else (str(account.uid), str(account.gid))
    arguments = [str(os.getpid()), str(int(death_signal)), *identity, *map(str, command)]
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_LAUNCHER), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", **(environment or {})},
        )


class Child(Protocol):
    """What a supervisor needs of a child: `subprocess.Popen` has it, and so has `Forked`."""

    @property
    def pid(self) -> int:
        """The process."""
        ...

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        ...

    def send_signal(self, number: int, /) -> None:
        """Send a signal, unless it has ended."""
        ...


@dataclass(frozen=True)
class ProcessIdentity:
    """A pid with its start time: a pid alone may by now belong to somebody else."""

    name: str
    pid: int
    started: float

    @classmethod
    def of(cls, name: str, pid: int) -> "ProcessIdentity | None":
        """Identify a live process; None when it is already gone."""
        try:
            return cls(name, pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return None

    def still_runs(self) -> bool:
        """Tell whether this very process, not another with its pid, is alive."""
        try:
            process = psutil.Process(self.pid)
            alive = process.status() != psutil.STATUS_ZOMBIE
            return alive and abs(process.create_time() - self.started) < _SAME_START_SECONDS
        except psutil.NoSuchProcess:
            return False


def record_processes(path: Path, processes: Sequence[ProcessIdentity]) -> None:
    """Remember what runs, so that a start after a crash finds what was left."""
    rows = [{"name": it.name, "pid": it.pid, "started": it.started} for it in processes]
    write_private(path, json.dumps(rows, indent=1) + "\n")


def recorded_processes(path: Path) -> list[ProcessIdentity]:
    """Read what an earlier run recorded; a missing or half-written record says nothing."""
    try:
        rows = json.loads(path.read_text())
        return [ProcessIdentity(str(row["name"]), int(row["pid"]), float(row["started"])) for row in rows]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return []


def end_process(process: ProcessIdentity, *, gently: signal.Signals, patience_seconds: float) -> None:
    """Ask a process that is not our child to end, wait, and kill it when it does not."""
    for ask, patience in ((gently, patience_seconds), (signal.SIGKILL, 5.0)):
        if not process.still_runs():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, ask)
        deadline = time.monotonic() + patience
        while process.still_runs() and time.monotonic() < deadline:
            time.sleep(0.02)


def never() -> bool:
    """Nobody is in a hurry."""
    return False


def stop_child(
    child: Child, *steps: tuple[signal.Signals, float], hurried: Callable[[], bool] = never
) -> None:
    """Stop a child of ours: send each signal and give it its time in seconds, then SIGKILL. A hurry skips the first."""
    for position, (number, patience) in enumerate((*steps, (signal.SIGKILL, 10.0))):
        gentle = position == 0 and bool(steps)
        if child.poll() is not None:
            return
        if gentle and hurried():
            continue
        child.send_signal(number)
        deadline = time.monotonic() + patience
        while child.poll() is None and time.monotonic() < deadline and not (gentle and hurried()):
            time.sleep(0.01)
