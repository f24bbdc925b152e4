"""A lock that ends with its holder: a killed run never leaves one behind."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """An exclusive `flock` on a file, which may also carry a word about its holder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock, or return False when another process has it. Taking it twice is taking it once."""
        if self._handle is not None:
            return True
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def write(self, text: str) -> None:
        """Say something about the holder to whoever finds the lock taken."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, text.encode(), 0)

    def release(self) -> None:
        """Let another process take the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
