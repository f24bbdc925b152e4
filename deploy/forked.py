"""Processes forked from the supervisor, which has already imported what they need.

The imports are paid once and their pages stay shared: a service forked like this takes a third of the memory of one
started afresh, and is ready at once. The fork is safe because the supervisor has one thread and no event loop.
(`multiprocessing` offers the same through a fork server, for the price of two more processes.)
"""

import contextlib
import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import NoReturn

from deploy.embedded.launch import end_with_parent
from deploy.errors import StartFailure
from deploy.files import last_lines

_PR_SET_NAME = 15
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_FAILED_WITH_MESSAGE = 3


class Forked:
    """A forked child, with the part of `subprocess.Popen` that a supervisor needs."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code (negative: the signal that ended it), or None while the child runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self) -> int:
        """Wait for the end of the child."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the child has ended (its pid could be somebody else's)."""
        if self.poll() is None:
            os.kill(self.pid, number)


def fork(
    work: Callable[[], None],
    *,
    name: str,
    log: Path,
    death_signal: signal.Signals,
    environment: Mapping[str, str | None] | None = None,
    keep_open: Collection[int] = (),
) -> Forked:
    """Run `work` in a child: own session, own log, default signals, no file of ours, ended when we end.

    `environment` changes variables; None removes one.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    # A signal between the fork and the end of its preparation would run the supervisor's handler in the child.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    try:
        pid = os.fork()
        if pid == 0:
            _run_child(work, name, log, death_signal, parent, environment or {}, keep_open)
        return Forked(pid)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run_child(
    work: Callable[[], None],
    name: str,
    log: Path,
    death_signal: signal.Signals,
    parent: int,
    environment: Mapping[str, str | None],
    keep_open: Collection[int],
) -> NoReturn:
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (*_STOP_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        _redirect(log, keep_open)
        end_with_parent(death_signal, parent)
        _show_name(name)
        for variable, value in environment.items():
            os.environ.pop(variable, None)
            if value is not None:
                os.environ[variable] = value
        work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
    except BaseException:  # nothing may return into the supervisor's own frames
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        # Not sys.exit(): the clean-up of the supervisor's frames and exit handlers is not ours to run.
        os._exit(code)


def _redirect(log: Path, keep_open: Collection[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    # Among them the supervisor's locks: a child that outlives it must not keep them.
    for handle in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
        if handle > 2 and handle not in keep_open:  # standard input, output and error
            with contextlib.suppress(OSError):
                os.close(handle)


def _show_name(name: str) -> None:
    """Let `ps` and `top` tell the services apart."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)


class Apart:
    """Work done in a child, so that what it imports and opens never weighs on the supervisor."""

    def __init__(self, work: Callable[[], None], *, name: str, log: Path) -> None:
        reader, writer = os.pipe()

        def reported() -> None:
            try:
                work()
            except StartFailure as failure:
                os.write(writer, str(failure).encode())
                sys.exit(_FAILED_WITH_MESSAGE)

        self._name, self._log, self._reader = name, log, reader
        self._child = fork(reported, name=name, log=log, death_signal=signal.SIGKILL, keep_open=[writer])
        os.close(writer)

    def result(self) -> None:
        """Wait for the end of the work; what made it fail is raised here."""
        with os.fdopen(self._reader) as reader:
            message = reader.read()
        code = self._child.wait()
        if code == _FAILED_WITH_MESSAGE:
            raise StartFailure(message)
        if code != 0:
            raise StartFailure(f"{self._name} failed: {last_lines(self._log, 1)}\nMore in {self._log}.")

    def abandon(self) -> None:
        """End the work if it still runs."""
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()
