"""Small files written so that a crash never leaves half of one, and that nobody else can read them."""

import os
import tempfile
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600, in whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise


def private_folder(path: Path) -> Path:
    """Create a folder that only its owner can enter (an existing one is closed to the others)."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def last_lines(path: Path, count: int = 8) -> str:
    """Return the end of a log, to be shown with an error."""
    try:
        lines = path.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return ""
    return "\n".join(lines[-count:])
