"""The files of the embedded PostgreSQL: created once, in whole or not at all, with a random superuser password."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy.embedded.account import give
from deploy.embedded.place import Place
from deploy.errors import StartFailure
from deploy.files import write_private

SUPERUSER = "postgres"
MAJOR_VERSION = "18"


def ensure_cluster(place: Place, password_file: Path, *, sync: bool = True) -> str:
    """Return the superuser's password, after creating the cluster if there is none. `sync` is False only in tests."""
    cluster = place.folder / "data"
    known = password_file.read_text().strip() if password_file.exists() else ""
    password = known or secrets.token_urlsafe(24)
    if not known:
        write_private(password_file, f"{password}\n")
    _check_version(cluster)
    if not cluster.exists():
        _create(place, cluster, password, sync=sync)
    elif not known:
        _reset_password(place, cluster, password)
    return password


def _check_version(cluster: Path) -> None:
    if not cluster.exists():
        return
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR_VERSION:
        raise StartFailure(
            f"The data in {cluster} was written by PostgreSQL {found}; this version runs PostgreSQL {MAJOR_VERSION}. "
            "Move the data with pg_dump and pg_restore, or set ENTENTE_DATA to an empty folder."
        )


def _create(place: Place, cluster: Path, password: str, *, sync: bool) -> None:
    for left_over in place.folder.glob("creating-*"):
        shutil.rmtree(left_over)
    # initdb fills another folder, which is renamed when complete: an interrupted start leaves nothing half-made.
    work = Path(tempfile.mkdtemp(dir=place.folder, prefix="creating-"))
    give(place.account, work)
    secret = work / "password"
    secret.touch(mode=0o600)
    secret.write_text(f"{password}\n")
    give(place.account, secret)
    options = [
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--data-checksums",
        "--encoding=UTF8",
        # The builtin provider sorts the same on every machine; system locales differ or are missing.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        *([] if sync else ["--no-sync"]),
    ]
    _run(place, "initdb", ["--pgdata", str(work / "data"), *options], doing="create its data folder")
    secret.unlink()
    (work / "data").rename(cluster)
    work.rmdir()


def _reset_password(place: Place, cluster: Path, password: str) -> None:
    """Set the password without connecting: the credentials folder was deleted but the data kept."""
    command = f"ALTER ROLE {SUPERUSER} PASSWORD '{password}'\n"
    _run(
        place,
        "postgres",
        ["--single", "-D", str(cluster), "postgres"],
        doing="set a new password",
        given=command,
    )


def _run(place: Place, program: str, arguments: Sequence[str], *, doing: str, given: str = "") -> None:
    account = place.account
    with subprocess.Popen(
        [place.programs / program, *arguments],
        user=account and account.uid,
        group=account and account.gid,
        extra_groups=account and [account.gid],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        try:
            said, _ = process.communicate(given)
        except BaseException:
            # With what it has started: initdb's own child would go on writing after an interrupted start.
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise StartFailure(f"PostgreSQL could not {doing} in {place.folder}:\n{said.strip()}")
