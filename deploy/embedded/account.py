"""The unprivileged account that PostgreSQL runs under when we are root, because it refuses to run as root.

The account is `nobody`, the only one that exists everywhere. It often cannot reach our folders (`/root` is closed to
others), so reach is tried for real instead of being computed from permission bits.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.errors import StartFailure


@dataclass(frozen=True)
class Account:
    """A user and group that a server runs under."""

    uid: int
    gid: int


def unprivileged_account() -> Account | None:
    """Return the account to change to, or None when we already are an ordinary user."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid)
    try:
        _run_as(account, "true")
    except OSError as error:
        raise StartFailure(
            "PostgreSQL refuses to run as root, and this machine does not let root change to the account 'nobody' "
            f"({error.strerror}). Run as an ordinary user, or set ENTENTE_POSTGRES_URL to a PostgreSQL of yours."
        ) from error
    return account


def can_reach(account: Account, folder: Path) -> bool:
    """Tell whether the account can enter the folder, through every folder above it."""
    return _run_as(account, 'cd -- "$1"', str(folder)) == 0


def can_run(account: Account, program: Path) -> bool:
    """Tell whether the account can start the program (reach it, read it, on a file system that allows it)."""
    return _run_as(account, 'exec "$1" --version', str(program)) == 0


def give(account: Account | None, path: Path) -> None:
    """Make the account the owner of a file or folder that we have just created."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _run_as(account: Account, script: str, *arguments: str) -> int:
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", *arguments],
        user=account.uid,
        group=account.gid,
        extra_groups=[account.gid],
        cwd="/",
        env={"PATH": os.defpath},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode
