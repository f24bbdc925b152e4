"""Try what fails ever more rarely: after 1, 2, 4 … minutes, at last every hour."""

import time
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

FIRST_SECONDS = 60.0
LONGEST_SECONDS = 3600.0


class BackOff(Generic[K]):
    """How often each thing has failed, and when it is tried again. Of one process: the next one begins anew."""

    def __init__(self) -> None:
        self._failures: dict[K, int] = {}
        self._not_before: dict[K, float] = {}
        """Of `time.monotonic`."""

    def due(self, key: K) -> bool:
        """Whether it may be tried now."""
        return time.monotonic() >= self._not_before.get(key, 0.0)

    def waiting(self) -> list[K]:
        """What is not due yet."""
        return [key for key in self._not_before if not self.due(key)]

    def failed(self, key: K) -> None:
        """Wait longer than the last time."""
        count = self._failures[key] = self._failures.get(key, 0) + 1
        delay = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (count - 1))
        self._not_before[key] = time.monotonic() + delay

    def passed(self, key: K) -> None:
        """Forget it."""
        self._failures.pop(key, None)
        self._not_before.pop(key, None)
