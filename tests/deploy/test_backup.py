"""A backup of the running system, restored: onto a fresh machine, in place of what is there, or one service alone."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import psycopg

from deploy import home as folders
from deploy.credentials import Credentials
from deploy.kept_files import check_files
from deploy.sample.people import fixed_id
from deploy.topology import READERS
from shared.contracts.identifiers import new_id
from shared.kit.files import FileStore
from tests.support.eventually import eventually_sync
from tests.support.system import RunningSystem, up

CONVENTION = fixed_id("convention lecture")


def entente(data: Path, *arguments: str) -> tuple[int, str]:
    """Run a command on a data folder: its exit code, and all that it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "deploy", *arguments],
        env={**os.environ, "ENTENTE_DATA": str(data), "ENTENTE_HTTP_PORT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout


def api(system: RunningSystem, person: str) -> httpx.Client:
    sample = json.loads((system.data / "sample.json").read_text())
    token = next(it["token"] for it in sample["people"] if it["email"].startswith(person))
    return httpx.Client(
        base_url=f"{system.address}/api/v1",
        headers={"authorization": f"Bearer {token}"},
        trust_env=False,
        timeout=10,
    )


def write(system: RunningSystem, text: str) -> None:
    """Claire writes to the other side, who is told: three services have a part in it."""
    with api(system, "ines") as reader, api(system, "claire") as writer:
        unread = reader.get("/notices/unread").raise_for_status().json()["unread"]
        comment: dict[str, Any] = {"comment_id": str(new_id()), "clause_id": None, "text": text}
        writer.post(f"/conventions/{CONVENTION}/comments", json=comment).raise_for_status()
        eventually_sync(lambda: reader.get("/notices/unread").json()["unread"] == unread + 1, deadline=30)


def read(system: RunningSystem) -> str:
    """What stands in the convention."""
    with api(system, "ines") as reader:
        return reader.get(f"/conventions/{CONVENTION}").raise_for_status().text


def converged(data: Path) -> bool:
    """Every reader is exactly where the owners are."""
    credentials = Credentials(data)

    def heads(service: str, question: str) -> list[Any]:
        with psycopg.connect(credentials.addresses(f"{service}-owner")["ENTENTE_POSTGRES_URL"]) as owner:
            return owner.execute(question.encode()).fetchall()

    return all(
        heads(source, "SELECT aggregate_id, version FROM event_head ORDER BY 1")
        == heads(
            reader,
            f"SELECT aggregate_id, version FROM inbox_head WHERE source = '{source}' AND version > 0 ORDER BY 1",
        )
        for source, readers in READERS.items()
        for reader in readers
    )


async def some_bytes() -> AsyncIterator[bytes]:
    yield b"%PDF-1.7 the timetable"


def fingerprints(said: str) -> list[str]:
    return [line.split()[1] for line in said.splitlines() if line.strip().startswith("fingerprint")]


def test_what_was_backed_up_comes_up_whole_and_goes_on(home: Path, data: Path) -> None:
    backup = data / "backup.entente"
    with up(home) as system:
        write(system, "Avant la sauvegarde.")
        stored = asyncio.run(FileStore.at(None, home).keep(some_bytes(), at_most=1_000))
        code, said = entente(home, "backup", str(backup))
        assert code == 0, said
        assert backup.stat().st_mode & 0o777 == 0o600
        at_backup = fingerprints(entente(home, "verify")[1])
        assert set(fingerprints(said)) == set(at_backup)
        write(system, "Après la sauvegarde.")

        code, said = entente(home, "backup", str(backup))
        assert (code, "exists already" in said) == (1, True)
        code, said = entente(home, "restore", str(backup), "--replace")
        assert (code, "Stop it with Ctrl-C" in said) == (1, True)
        assert system.is_ready()

    code, said = entente(home, "restore", str(backup))
    assert (code, "There is a system already" in said) == (1, True)

    code, said = entente(home, "verify")
    assert (code, "Is the system running?" in said) == (2, True)
    code, said = entente(home, "backup", str(data / "another.entente"))
    assert (code, "Is the system running?" in said) == (1, True)

    # Onto a fresh machine: other passwords, an empty JetStream.
    elsewhere = data / "elsewhere"
    code, said = entente(elsewhere, "restore", str(backup))
    assert code == 0, said
    assert "projects: 1" in said
    assert list(FileStore.at(None, elsewhere).list()) == [stored]
    with up(elsewhere) as system:
        code, said = entente(elsewhere, "verify")
        assert code == 0, said
        assert fingerprints(said) == at_backup
        assert "Avant la sauvegarde." in read(system)
        assert "Après la sauvegarde." not in read(system)
        assert httpx.get(f"{system.address}/connexion", trust_env=False).status_code == 200
        write(system, "Sur la nouvelle machine.")
        eventually_sync(lambda: converged(elsewhere), deadline=60)
        assert entente(elsewhere, "verify")[0] == 0

    # One service alone, while the others have gone further: they follow it back.
    code, said = entente(home, "restore", str(backup), "--service", "projects")
    assert code == 0, said
    assert "kept as projects_until_" in said
    with up(home) as system:
        eventually_sync(lambda: converged(home), deadline=60)
        assert "Après la sauvegarde." not in read(system)
        write(system, "Après la restauration.")
        eventually_sync(lambda: converged(home), deadline=60)
        assert entente(home, "verify")[0] == 0

    # A file that a disk has damaged is told, and comes back with the backup.
    path = home / "files" / "sha256" / stored.sha256[:2] / stored.sha256
    path.write_bytes(b"%PDF-1.7 the timetablE")
    store = FileStore.at(None, home)
    assert check_files(store).damaged == [stored.sha256]

    # In place of everything, which is kept.
    code, said = entente(home, "restore", str(backup), "--replace")
    assert code == 0, said
    (kept,) = data.glob("home.replaced-*")
    assert (kept / "postgres").is_dir()
    assert not (home / "nats").exists()
    assert check_files(store).whole == [stored]


def test_a_damaged_file_changes_nothing(home: Path, data: Path) -> None:
    (data / "backup.entente").write_bytes(b"not a backup" * 1_000)
    code, said = entente(home, "restore", str(data / "backup.entente"), "--replace")
    assert code == 1
    assert "is not a backup of Entente, or it is damaged. Nothing was changed." in said
    code, said = entente(home, "restore", str(data))
    assert (code, said) == (1, f"{data} is a folder, and a backup is a file. Nothing was changed.\n")
    assert "Traceback" not in said
    assert not home.exists()


def test_a_folder_is_started_or_restored_never_both(home: Path) -> None:
    folders.make_folders(home)
    lock = folders.occupy(home, restores=True)
    try:
        refused = RunningSystem(home)
        assert refused.process.wait(timeout=30) == 1
        assert f"{home} is being restored (process {os.getpid()})" in refused.said()
    finally:
        lock.release()


def test_half_a_restore_is_not_started(home: Path) -> None:
    folders.make_folders(home)
    folders.begin_restore(home, Path("/backups/friday.entente"), move=False)
    refused = RunningSystem(home)
    assert refused.process.wait(timeout=30) == 1
    assert "was interrupted. Do it again: entente restore /backups/friday.entente" in refused.said()
    assert not (home / "postgres").exists()


def test_what_an_interrupted_restore_had_begun_is_not_taken_for_a_system(home: Path, data: Path) -> None:
    folders.make_folders(home)
    (home / "postgres").write_text("of the system")
    (home / "mail").write_text("of the system")
    source = Path("/backups/friday.entente")
    first = folders.begin_restore(home, source, move=True)
    assert first
    assert first.is_system
    # The power goes once the restore has begun to write.
    (home / "postgres").write_text("half")
    second = folders.begin_restore(home, source, move=True)
    assert second
    assert not second.is_system
    assert [it.name.partition("-")[0] for it in sorted(data.iterdir())] == [
        "home",
        "home.interrupted",
        "home.replaced",
    ]
    assert (first.folder / "postgres").read_text() == "of the system"
    assert (second.folder / "postgres").read_text() == "half"


def test_a_system_that_was_half_moved_is_kept_in_one_place(home: Path) -> None:
    folders.make_folders(home)
    (home / "postgres").write_text("of the system")
    source = Path("/backups/friday.entente")
    first = folders.begin_restore(home, source, move=True)
    assert first
    # The power goes before the move was noted.
    note = home / "restoring"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"moved": False}))
    (home / "mail").write_text("of the system")
    second = folders.begin_restore(home, source, move=True)
    assert second == first
    assert sorted(it.name for it in first.folder.iterdir()) == ["mail", "postgres"]


def test_a_backup_needs_a_system(home: Path, data: Path) -> None:
    code, said = entente(home, "backup", str(data / "backup.entente"))
    assert (code, "There is no system in" in said) == (1, True)
    assert sorted(data.iterdir()) == []
