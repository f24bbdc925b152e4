"""The data folder: made when it is missing, used by one process at a time, and not started on half a restore."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

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


class Aside(NamedTuple):
    """Where something was moved to, beside the folder."""

    folder: Path
    is_system: bool
    """Else it is what an interrupted restore had begun, which nobody can start."""


def begin_restore(data: Path, source: Path, *, move: bool) -> Aside | None:
    """From now on the folder holds half of a restore. Returns where what was there is kept, if it was moved."""
    begun = _begun(data)
    if begun is None:
        aside, moved = _beside(data, "replaced"), not move
    elif begun["moved"]:
        aside, moved = _beside(data, "interrupted"), True
    else:
        # Some of the system may be there already, and the rest belongs to it.
        aside, moved = Path(begun["aside"]), False
    note = {"source": str(source), "aside": str(aside)}
    write_private(data / _RESTORING, json.dumps(note | {"moved": moved}))
    if move or begun:
        _move(data, aside)
    write_private(data / _RESTORING, json.dumps(note | {"moved": True}))
    return Aside(aside, is_system=not (begun and begun["moved"])) if aside.exists() else None


def end_restore(data: Path) -> None:
    """The restore is complete."""
    (data / _RESTORING).unlink()


def is_half_restored(data: Path) -> bool:
    """Whether a restore of this folder was interrupted."""
    return (data / _RESTORING).exists()


def require_whole(data: Path) -> None:
    """Refuse to start on half a restore: it would look like an empty system."""
    if begun := _begun(data):
        raise StartFailure(
            f"A restore of {data} was interrupted. Do it again: entente restore {begun['source']}"
        )


def _begun(data: Path) -> dict[str, Any] | None:
    try:
        return json.loads((data / _RESTORING).read_text())
    except FileNotFoundError:
        return None


def has_room_for_sample(data: Path) -> bool:
    """Whether the sample may be loaded here."""
    return not (data / _WITHOUT_SAMPLE).exists()


def refuse_sample(data: Path) -> None:
    """What was restored here never had the sample."""
    write_private(data / _WITHOUT_SAMPLE, "Restored from a system without the sample.\n")


def move_aside(data: Path, pattern: str) -> Path | None:
    """Rename what is in the folder under such a name into a new folder beside it; None when there is nothing."""
    aside = _beside(data, "replaced")
    _move(data, aside, pattern)
    return aside if aside.exists() else None


def _beside(data: Path, why: str) -> Path:
    return data.with_name(f"{data.name}.{why}-{stamp()}")


def _move(data: Path, aside: Path, pattern: str = "*") -> None:
    # `run` stays: it holds the lock of who does this.
    for it in [one for one in data.glob(pattern) if one.name not in {"run", "logs", _RESTORING}]:
        if not aside.exists():
            aside.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
        it.rename(aside / it.name)


def stamp() -> str:
    """The present moment, for names: to the microsecond, so that two restores in a row do not meet."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
