"""Puts what is missing into `.venv`: the locked packages, this project, and for the tests a browser.

Run by any Python from 3.11 on, before anything is installed: only the standard library may be imported here. A stamp
makes a second run cost nothing. Only wheels are taken, whose hashes the lock names: no compiler is needed.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".installed.json"
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# They read documents for the tests, as programs that are not ours: one of poppler's stands for all.
PDF_READERS = ("pdfsig",)


class CannotInstall(Exception):
    """What is missing cannot be installed here. The message says what to do."""


def main() -> int:
    """Install for running; with the options, for tests too."""
    parser = argparse.ArgumentParser(description="Install what is missing.")
    parser.add_argument("--tests", action="store_true", help="also what tests and checks need")
    parser.add_argument("--browser", action="store_true", help="also a browser and readers of PDF, for tests")
    chosen = parser.parse_args()
    try:
        with (ROOT / "requirements.lock").open() as lock:
            # Two commands started at once would otherwise fill the same folder.
            fcntl.flock(lock, fcntl.LOCK_EX)
            install([RUN, DEVELOP] if chosen.tests else [RUN])
        if chosen.browser:
            ensure_program("Chromium", "chromium", BROWSERS)
            ensure_program("poppler's tools", "poppler-utils", PDF_READERS)
    except CannotInstall as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def install(locks: list[str]) -> None:
    """Bring `.venv` to what these lock files say."""
    if not _usable_environment():
        _make_environment()
    done = _stamped()
    wanted = {name: _digest(ROOT / name) for name in locks}
    missing = [name for name, digest in wanted.items() if done.get(name) != digest]
    if missing:
        sys.stdout.write(f"Installing {' and '.join(missing)} into .venv (once)…\n")
        sys.stdout.flush()
        _pip_install(missing)
    _link_project()
    if missing:
        STAMP.write_text(json.dumps({**done, **wanted}, indent=1) + "\n")


def ensure_program(name: str, package: str, commands: tuple[str, ...]) -> None:
    """Find a program that tests use, or install it from the distribution's packages where that is allowed."""
    if any(shutil.which(command) for command in commands):
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    sys.stdout.write(f"Installing {name} for the tests (once)…\n")
    sys.stdout.flush()
    try:
        subprocess.run([*as_root, "apt-get", "update", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*as_root, *command], check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotInstall(
            f"The tests need {name}, which could not be installed here ({error}). Install it (on Debian: "
            f"sudo {' '.join(command)}), then run the same command again."
        ) from error


def _python() -> Path:
    return VENV / "bin" / "python"


def _usable_environment() -> bool:
    """Tell whether `.venv` exists and still starts: its Python may have been removed or be too old."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return _python().exists() and _succeeds([_python(), "-c", question])


def _make_environment() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    # Debian ships `venv` without the `ensurepip` that would put pip into it; a pip outside can serve the environment.
    if _succeeds([sys.executable, "-m", "venv", VENV]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    outside = [sys.executable, "-m", "pip"]
    if _succeeds([*outside, "--version"]) and _succeeds(
        [sys.executable, "-m", "venv", "--without-pip", VENV]
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if _succeeds([sys.executable, "-m", "virtualenv", VENV]):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise CannotInstall(
        f"{sys.executable} can make no virtual environment: its modules `venv` and `ensurepip` are not installed. On "
        f"Debian or Ubuntu: sudo apt-get install python{version}-venv; then run the same command again."
    )


def _pip_install(locks: list[str]) -> None:
    inside = [str(_python()), "-m", "pip"]
    outside = [sys.executable, "-m", "pip", "--python", str(_python())]
    pip = inside if _succeeds([*inside, "--version"]) else outside
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    files = [argument for name in locks for argument in ("--requirement", str(ROOT / name))]
    if subprocess.run([*pip, "install", *options, *files], check=False).returncode != 0:
        raise CannotInstall(
            "The packages could not be installed: the lines above say why. The usual reasons are no way to the package "
            "registry (see `pip config list`) and a Python for which a package has no wheel yet (3.11 to 3.13 are tested)."
        )


def _link_project() -> None:
    """Make the project importable from anywhere, and give the environment its command `entente`."""
    for site in VENV.glob("lib/python3.*/site-packages"):
        _write_if_changed(site / "entente.pth", f"{ROOT}\n")
    command = VENV / "bin" / "entente"
    _write_if_changed(
        command, f"#!{_python()}\nimport sys\n\nfrom deploy.__main__ import main\n\nsys.exit(main())\n"
    )
    command.chmod(0o755)


def _stamped() -> dict[str, str]:
    try:
        content = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_if_changed(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def _succeeds(command: list[str | Path]) -> bool:
    return (
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        == 0
    )


if __name__ == "__main__":
    sys.exit(main())
