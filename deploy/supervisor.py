"""Keeps the parts of the system running: starts them in order, restarts what ends, stops them backwards."""

import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deploy.bell import Bell
from deploy.errors import StartFailure
from deploy.files import last_lines
from deploy.processes import (
    Child,
    ProcessIdentity,
    end_process,
    never,
    record_processes,
    recorded_processes,
    stop_child,
)

# Doubles from the first to the last while a part keeps ending; a part that ran for a minute starts afresh.
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_AFTER_SECONDS = 60.0

# A service finishes the requests that it has taken; longer than its slowest statement is not needed.
_SERVICE_STOPS_WITHIN_SECONDS = 15.0

# How often parts are asked whether they are stuck: often enough that nobody waits for a human being.
_STUCK_ASKED_EVERY_SECONDS = 10.0

# While the system starts, a part may end this often (a server that was slow to recover) before we give up.
_DEATHS_DURING_START = 3


class Part(Protocol):
    """Something that the supervisor starts and stops."""

    @property
    def log(self) -> Path:
        """Where it writes what happens to it."""
        ...

    def start(self) -> Child:
        """Start it, again if need be."""
        ...

    def stop(self, hurried: Callable[[], bool] = never) -> None:
        """Stop it, and return when it has ended."""
        ...


class ServiceProcess:
    """A service as a part: how to launch it is the caller's affair."""

    def __init__(self, launch: Callable[[], Child], log: Path) -> None:
        self._launch = launch
        self.log = log
        self._child: Child | None = None

    def start(self) -> Child:
        """Launch the service; it says itself when it is ready."""
        self._child = self._launch()
        return self._child

    def stop(self, hurried: Callable[[], bool] = never) -> None:
        """Let it finish the requests that it has taken."""
        if self._child is not None:
            stop_child(self._child, (signal.SIGTERM, _SERVICE_STOPS_WITHIN_SECONDS), hurried=hurried)
            self._child = None


@dataclass
class _Watched:
    name: str
    part: Part
    is_stuck: Callable[[], bool] = never
    child: Child | None = None
    started_at: float = 0.0
    pause: float = _FIRST_PAUSE_SECONDS
    restart_at: float = 0.0
    deaths: int = field(default=0)


class Supervisor:
    """The parts of one running system, in the order of their start."""

    def __init__(self, bell: Bell, record: Path, say: Callable[[str], None]) -> None:
        self._bell = bell
        self._record = record
        self._say = say
        self._watched: list[_Watched] = []
        self._ask_at = 0.0

    def end_left_overs(self) -> None:
        """Stop what a killed run left behind, last started first."""
        for process in reversed(recorded_processes(self._record)):
            if process.still_runs():
                self._say(f"Stopping {process.name} (process {process.pid}), left by a run that was killed.")
                end_process(process, gently=signal.SIGTERM, patience_seconds=_SERVICE_STOPS_WITHIN_SECONDS)
        self._record.unlink(missing_ok=True)

    def start(self, name: str, part: Part, *, is_stuck: Callable[[], bool] = never) -> Child:
        """Start a part and watch over it from now on.

        `is_stuck` tells that it runs and will never work again by itself: it is then ended, and started again.
        """
        watched = _Watched(name, part, is_stuck)
        self._watched.append(watched)
        return self._start(watched)

    def pid_of(self, name: str) -> int | None:
        """Return the process of a part, None between its end and its restart."""
        child = next(it.child for it in self._watched if it.name == name)
        return None if child is None else child.pid

    def wait_until(self, ready: Callable[[], Iterable[str]], *, within_seconds: float) -> None:
        """Watch until nothing is missing any more; `ready` returns what still is.

        Raises:
            StartFailure: time is up, or a part keeps ending.
        """
        deadline = time.monotonic() + within_seconds
        while missing := list(ready()):
            self._tend()
            for it in self._watched:
                if it.deaths >= _DEATHS_DURING_START:
                    raise StartFailure(
                        f"{it.name} keeps ending. Its log, {it.part.log}, ends:\n{last_lines(it.part.log)}"
                    )
            if time.monotonic() > deadline:
                late = next((it for it in self._watched if it.name == missing[0]), None)
                log = f" See {late.part.log}." if late else ""
                raise StartFailure(f"Not ready after {within_seconds:.0f} s: {', '.join(missing)}.{log}")
            self._bell.wait(0.02)

    def watch(self, *, every_seconds: float, duty: Callable[[], None]) -> None:
        """Restart whatever ends, for ever: only the exception of a stop signal ends this. `duty` runs now and then."""
        next_duty = time.monotonic() + every_seconds
        while True:
            restarts = (it.restart_at for it in self._watched if it.child is None)
            self._bell.wait(min(next_duty, self._ask_at, *restarts) - time.monotonic())
            self._end_stuck()
            self._tend()
            if time.monotonic() >= next_duty:
                duty()
                next_duty = time.monotonic() + every_seconds

    def stop(self) -> None:
        """Stop every part, last started first."""
        for watched in reversed(self._watched):
            watched.part.stop(self._bell.hurried)
            watched.child = None
        self._watched.clear()
        self._record.unlink(missing_ok=True)

    def _start(self, watched: _Watched) -> Child:
        watched.started_at = time.monotonic()
        watched.child = watched.part.start()
        # The embedded servers recognise their own left-overs, by what they have on disk.
        services = [it for it in self._watched if isinstance(it.part, ServiceProcess)]
        found = [ProcessIdentity.of(it.name, it.child.pid) for it in services if it.child is not None]
        record_processes(self._record, [it for it in found if it is not None])
        return watched.child

    def _tend(self) -> None:
        for watched in self._watched:
            if watched.child is not None and (code := watched.child.poll()) is not None:
                self._on_death(watched, code)
        for watched in self._watched:
            if watched.child is None and time.monotonic() >= watched.restart_at:
                self._restart(watched)

    def _end_stuck(self) -> None:
        if time.monotonic() < self._ask_at:
            return
        self._ask_at = time.monotonic() + _STUCK_ASKED_EVERY_SECONDS
        for watched in self._watched:
            if watched.child is not None and watched.is_stuck():
                self._say(f"{watched.name} is stuck and is ended. Log: {watched.part.log}")
                watched.child.send_signal(signal.SIGTERM)

    def _on_death(self, watched: _Watched, code: int) -> None:
        if time.monotonic() - watched.started_at > _STEADY_AFTER_SECONDS:
            watched.pause = _FIRST_PAUSE_SECONDS
        watched.child = None
        watched.deaths += 1
        watched.restart_at = time.monotonic() + watched.pause
        self._say(
            f"{watched.name} ended ({_in_words(code)}); starting it again in {watched.pause:g} s. Log: {watched.part.log}"
        )
        watched.pause = min(2 * watched.pause, _LONGEST_PAUSE_SECONDS)

    def _restart(self, watched: _Watched) -> None:
        try:
            self._start(watched)
            self._say(f"{watched.name} runs again.")
        except StartFailure as failure:
            watched.restart_at = time.monotonic() + watched.pause
            self._say(f"{watched.name} could not be started; next try in {watched.pause:g} s. {failure}")
            watched.pause = min(2 * watched.pause, _LONGEST_PAUSE_SECONDS)


def _in_words(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
