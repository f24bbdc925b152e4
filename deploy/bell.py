"""Signals, for a program that waits: a first Ctrl-C (or SIGTERM) interrupts, a second one hurries, a child's end wakes."""

import contextlib
import select
import signal
import socket
from types import FrameType, TracebackType
from typing import Self

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(KeyboardInterrupt):
    """Somebody wants the system to stop. Derived so that an event loop lets it through."""


class Bell:
    """Installs the handlers for the time of a `with`."""

    def __init__(self) -> None:
        self.stopping = False
        self._hurried = False

    def __enter__(self) -> Self:
        self._ear, self._mouth = socket.socketpair()
        self._ear.setblocking(False)
        self._mouth.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.getsignal(number) for number in (*_STOP_SIGNALS, signal.SIGCHLD)}
        for number in _STOP_SIGNALS:
            # A signal that our parent chose to ignore (nohup) stays ignored.
            if self._before[number] is not signal.SIG_IGN:
                signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, self._on_child)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._ear.close()
        self._mouth.close()

    def hurried(self) -> bool:
        """Tell whether somebody asked twice."""
        return self._hurried

    def wait(self, seconds: float) -> None:
        """Sleep until a signal arrives, at most so long."""
        select.select([self._ear], [], [], max(0.0, seconds))
        with contextlib.suppress(BlockingIOError):
            self._ear.recv(4096)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            self._hurried = True
        else:
            self.stopping = True
            raise StopRequested

    def _on_child(self, _number: int, _frame: FrameType | None) -> None:
        """Only here so that the end of a child wakes `wait`."""
