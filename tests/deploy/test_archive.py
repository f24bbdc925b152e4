"""The file of a backup: written whole or not at all, and refused when a single byte of it is not what was written."""

import asyncio
import tarfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.backups import archive
from deploy.backups.archive import Dump, Manifest
from deploy.errors import CommandFailure
from deploy.kept_files import check_files, restore_files
from shared.kit.files import FileStore


async def pieces(*given: bytes) -> AsyncIterator[bytes]:
    for piece in given:
        yield piece


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """An archive of one dump and one file."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "projects.dump").write_bytes(b"PGDMP" + bytes(range(256)) * 10)
    size, sha256 = archive.part_of(work / "projects.dump")
    store = FileStore.at(None, tmp_path)
    kept = asyncio.run(store.keep(pieces(b"%PDF-1.7", bytes(3_000)), at_most=10_000))
    manifest = Manifest(
        made_at=datetime.now(UTC),
        postgresql="18.6",
        databases=(
            Dump(
                file="projects.dump",
                size=size,
                sha256=sha256,
                service="projects",
                migrations=("0001_event_log",),
                events=3,
                chains=1,
                fingerprint="0" * 64,
            ),
        ),
        sample=None,
        files=(archive.part_of_store(kept),),
    )
    archive.write(tmp_path / "backup.entente", manifest, work, store)
    return tmp_path / "backup.entente"


def test_what_was_written_is_read_back_and_nobody_else_may_read_it(backup: Path, tmp_path: Path) -> None:
    opened = archive.opened(backup)
    (dump,) = opened.manifest.databases
    opened.extract(dump, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == (tmp_path / "work" / "projects.dump").read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600
    assert sorted(it.name for it in tmp_path.iterdir()) == ["backup.entente", "files", "out", "work"]


def test_files_come_back_by_their_content(backup: Path, tmp_path: Path) -> None:
    elsewhere = FileStore.at(None, tmp_path / "elsewhere")
    assert restore_files(elsewhere, archive.opened(backup)) == 1
    assert restore_files(elsewhere, archive.opened(backup)) == 1
    assert check_files(elsewhere) == check_files(FileStore.at(None, tmp_path))
    assert [it.size for it in elsewhere.list()] == [3_008]


def test_a_backup_of_a_version_without_files_is_read(backup: Path) -> None:
    manifest = archive.opened(backup).manifest.model_dump(mode="json", exclude={"files"})
    assert Manifest.model_validate(manifest).files == ()


def test_a_byte_that_was_flipped_is_noticed_wherever_it_is(backup: Path) -> None:
    whole = backup.read_bytes()
    with tarfile.open(backup) as tar:
        content = [
            offset
            for it in tar.getmembers()
            for offset in (
                it.offset + 3,
                it.offset_data,
                it.offset_data + it.size // 2,
                it.offset_data + it.size - 2,
            )
        ]
    for offset in content:
        backup.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x40]) + whole[offset + 1 :])
        with pytest.raises(CommandFailure):
            archive.opened(backup)


@pytest.mark.parametrize("kept", [0, 100, 512, 2_000, 4_000, 5_000])
def test_a_file_that_was_cut_is_noticed(backup: Path, kept: int) -> None:
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(CommandFailure, match="Nothing was changed"):
        archive.opened(backup)


def test_what_is_no_backup_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandFailure, match="There is no file"):
        archive.opened(tmp_path / "nothing")
    (tmp_path / "letter").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(CommandFailure, match="is not a backup of Entente"):
        archive.opened(tmp_path / "letter")
    with tarfile.open(tmp_path / "other", "w") as tar:
        tar.add(tmp_path / "letter", "letter")
    with pytest.raises(CommandFailure, match="is not a backup of Entente"):
        archive.opened(tmp_path / "other")
    with pytest.raises(CommandFailure):
        archive.opened(tmp_path)
