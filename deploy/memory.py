"""How much memory the whole system takes, counting each shared page once (proportional set size)."""

import contextlib
import os
from collections.abc import Iterable

import psutil


def memory_of(pids: Iterable[int]) -> int:
    """Sum the proportional set size, in bytes, of these processes and of all their descendants."""
    seen: dict[int, psutil.Process] = {}
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            seen |= {it.pid: it for it in (process, *process.children(recursive=True))}
    return sum(map(_proportional_size, seen.values()))


def memory_of_system() -> int:
    """Do so for this process (the supervisor) and all that it started."""
    return memory_of([os.getpid()])


def _proportional_size(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
        return int(getattr(full, "pss", full.uss))
    except psutil.AccessDenied:
        # Another account's process in a container without ptrace rights: what it does not share, at least.
        plain = process.memory_info()
        return int(plain.rss - getattr(plain, "shared", 0))
    except psutil.NoSuchProcess:
        return 0
