"""Keeps logs from filling the disk: beyond a size, a log moves aside (one older copy is kept) and starts again."""

import shutil
from pathlib import Path

_LARGEST_BYTES = 20 * 1024 * 1024


def trim_logs(folder: Path) -> None:
    """Look at every log of the folder.

    The file is copied and emptied, not renamed: its writers keep it open and append to it.
    """
    for log in folder.glob("*.log"):
        if log.stat().st_size > _LARGEST_BYTES:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            with log.open("r+b") as file:
                file.truncate()
