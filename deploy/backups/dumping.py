"""Dump and restore one database with PostgreSQL's own programs, those of the wheel."""

import asyncio
import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from deploy.embedded.place import installed_programs
from deploy.errors import CommandFailure


async def dump(url: str, target: Path, *, snapshot: str) -> None:
    """Dump a database as it is in an exported snapshot, compressed.

    Raises:
        CommandFailure: pg_dump failed; the message is its own.
    """
    await _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={target}")


async def restore(url: str, source: Path) -> None:
    """Fill an empty database, in whole or not at all. Owners and rights are the roles of the topology, which must exist.

    Raises:
        CommandFailure: pg_restore failed; the message is its own.
    """
    await _run("pg_restore", url, "--single-transaction", "--exit-on-error", str(source))


def version() -> str:
    """Which PostgreSQL dumps here."""
    program = installed_programs() / "pg_dump"
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[
        -1
    ]


async def _run(program: str, url: str, *arguments: str) -> None:
    parts = urlsplit(url)
    # On the command line, everybody on the machine could read the password.
    address = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)))
    process = await asyncio.create_subprocess_exec(
        *(str(installed_programs() / program), f"--dbname={address}", "--no-password", *arguments),
        env={"PATH": os.defpath, "LC_ALL": "C", "PGPASSWORD": unquote(parts.password or "")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode != 0:
        raise CommandFailure(f"{program} failed: {said.decode(errors='replace').strip()}")
