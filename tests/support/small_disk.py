"""A disk of its own for one NATS server: a small file system that only this server sees, and that can be full.

It is mounted in a private namespace of the server's process, so nothing of the machine changes; where the machine does not
allow that (it takes root), `possible()` says so.
"""

import shlex
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from deploy.embedded import nats

# The folder is copied in, so that the server finds what it had.
_ENTER = """#!/bin/sh
exec unshare --mount sh -c 'mv {store} {aside} && mkdir {store} && mount -t tmpfs -o size={size} none {store} \\
    && cp -a {aside}/. {store}/ && rm -rf {aside} && exec {program} "$@"' sh "$@"
"""


def possible() -> bool:
    """Whether this machine lets us."""
    return _run("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt") == 0


@contextmanager
def small_disk(store: Path, room: int) -> Generator[None]:
    """Servers that are started in this block have `room` bytes more than what their store takes now."""
    taken = sum(it.stat().st_blocks * 512 for it in store.rglob("*"))
    script = store.parent / "on-a-small-disk"
    real = nats._installed_program
    words = {
        "store": shlex.quote(str(store)),
        "aside": shlex.quote(f"{store}.aside"),
        "size": str(taken + room),
        "program": shlex.quote(str(real())),
    }
    script.write_text(_ENTER.format(**words))
    script.chmod(0o700)
    nats._installed_program = lambda: script
    try:
        yield
    finally:
        nats._installed_program = real


def make_room(pid: int, store: Path) -> None:
    """The disk has room again."""
    enter = ["nsenter", f"--mount=/proc/{pid}/ns/mnt", "--target", str(pid)]
    _run(*enter, "mount", "-o", "remount,size=1g", str(store))


def as_seen_by(pid: int, store: Path) -> Path:
    """The store as the server itself sees it."""
    return Path(f"/proc/{pid}/root{store}")


def _run(*command: str) -> int:
    try:
        return subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        ).returncode
    except FileNotFoundError:
        return 1
