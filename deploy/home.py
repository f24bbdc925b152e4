"""The data folder: made when it is missing, used by one process at a time, and not started on half a restore."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from deploy.errors import CommandFailure, StartFailure
from deploy.files import private_folder, write_private
from deploy.locks import FileLock

# There from the first change of a restore until its last: whoever finds it later finds half of one.
_RESTORING = "restoring"

# A system that was restored without the sample must not be given it, whatever the setting of the new machine.
_WITHOUT_SAMPLE = "without-sample"


def make_folders(data: Path) -> None:
    """Create what is missing; end the program in words when that is impossible."""
    try:
        if not data.exists():
            data.mkdir(parents=True)
            # Under root, PostgreSQL runs as another account, which must be able to pass through.
            data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        private_folder(data / "run")
        private_folder(data / "logs")
    except OSError as error:
        sys.stderr.write(
            f"The settings are not usable:\n  ENTENTE_DATA: {data} cannot be written to: {error.strerror} "
            f"(The folder that holds everything Entente stores.)\n"
        )
        raise SystemExit(2) from None


def occupy(data: Path, *, restores: bool = False) -> FileLock:
    """Take the folder for this process, which runs the system or restores it.

    Raises:
        CommandFailure: another process has it; the message says which.
    """
    lock = FileLock(data / "run" / "supervisor.lock")
    if not lock.take():
        raise CommandFailure(_occupied(lock.path))
    lock.write(json.dumps({"pid": os.getpid(), "restores": restores}))
    return lock


def _occupied(lock: Path) -> str:
    try:
        holder = json.loads(lock.read_text())
        if holder.get("restores"):
            return f"{lock.parents[1]} is being restored (process {holder['pid']}). Wait until that is done."
        where = f" at {holder['address']}" if "address" in holder else " (it is still starting)"
        return f"Entente already runs{where}: process {holder['pid']}. Stop it with Ctrl-C, or `kill {holder['pid']}`."
    except (ValueError, KeyError, OSError):
        return f"Entente already runs on {lock.parents[1]}."


def begin_restore(data: Path, source: Path) -> None:
    """From now on the folder holds half of a restore."""
    write_private(data / _RESTORING, f"{source}\n")


def end_restore(data: Path) -> None:
    """The restore is complete."""
    (data / _RESTORING).unlink()


def is_half_restored(data: Path) -> bool:
    """Whether a restore of this folder was interrupted."""
    return (data / _RESTORING).exists()


def require_whole(data: Path) -> None:
    """Refuse to start on half a restore: it would look like an empty system."""
    if is_half_restored(data):
        source = (data / _RESTORING).read_text().strip()
        raise StartFailure(f"A restore of {data} was interrupted. Do it again: entente restore {source}")


def has_room_for_sample(data: Path) -> bool:
    """Whether the sample may be loaded here."""
    return not (data / _WITHOUT_SAMPLE).exists()


def refuse_sample(data: Path) -> None:
    """What was restored here never had the sample."""
    write_private(data / _WITHOUT_SAMPLE, "Restored from a system without the sample.\n")


def move_aside(data: Path, pattern: str = "*") -> Path | None:
    """Rename what is in the folder into a new folder beside it; None when there is nothing.

    `run` stays: it holds the lock of who does this.
    """
    found = [it for it in data.glob(pattern) if it.name not in {"run", "logs", _RESTORING}]
    if not found:
        return None
    aside = data.with_name(f"{data.name}.replaced-{stamp()}")
    aside.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
    for it in found:
        it.rename(aside / it.name)
    return aside


def stamp() -> str:
    """The present moment, for names: to the microsecond, so that two restores in a row do not meet."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
