"""The file of a backup: a tar of one dump per database, the sample's particulars, every file that people gave, and a
manifest that seals them all.

The manifest comes first, so that its reader knows what to expect; its own hash comes last, so a file that was cut shows.
"""

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deploy.errors import CommandFailure
from shared.kit.files import FileStore, KeptFile

_MANIFEST = "manifest.json"
_SEAL = "manifest.sha256"
_CHUNK = 1 << 20


class Part(BaseModel):
    """A file inside the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Annotated[str, Field(pattern=r"^([a-z]+\.(dump|json)|files/[0-9a-f]{64})$")]
    size: int
    sha256: str


class Dump(Part):
    """One database, as pg_dump writes it, and what its event log was at that moment."""

    service: str
    migrations: tuple[str, ...]
    """Which files of the schema's history had run."""
    events: int
    chains: int
    fingerprint: str
    """As `entente verify` prints it."""


class Manifest(BaseModel):
    """What an archive holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    made_at: datetime
    postgresql: str
    """The version of pg_dump."""
    databases: tuple[Dump, ...]
    sample: Part | None
    """`sample.json`, of a system that has the sample."""
    files: tuple[Part, ...] = ()
    """What people gave, each by its hash. Earlier backups have none."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything but the manifest."""
        return (*self.databases, *([self.sample] if self.sample else []), *self.files)


def part_of_store(kept: KeptFile) -> Part:
    """A file of the store as a part of an archive."""
    return Part(file=f"files/{kept.sha256}", size=kept.size, sha256=kept.sha256)


def part_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, manifest: Manifest, folder: Path, store: FileStore) -> None:
    """Write an archive of the manifest's parts, from `folder` and the store: whole or not at all, readable by its owner."""
    text = manifest.model_dump_json(indent=1).encode()
    (folder / _MANIFEST).write_bytes(text)
    (folder / _SEAL).write_text(hashlib.sha256(text).hexdigest() + "\n")
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                for name in (_MANIFEST, *(it.file for it in manifest.parts if it not in manifest.files)):
                    tar.add(folder / name, arcname=name, filter=_anonymous)
                for part in manifest.files:
                    _add(tar, part, store)
                tar.add(folder / _SEAL, arcname=_SEAL, filter=_anonymous)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink()
        raise


def _add(tar: tarfile.TarFile, part: Part, store: FileStore) -> None:
    member = tarfile.TarInfo(part.file)
    member.size = part.size
    tar.addfile(_anonymous(member), cast("IO[bytes]", store.open(KeptFile(part.sha256, part.size))))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The machine's accounts are nobody's business."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


class Archive:
    """An archive that was checked to be whole."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    def extract(self, part: Part, target: Path) -> None:
        """Copy one part out, checking once more that it is what the manifest says."""
        with tarfile.open(self.path, "r:") as tar, target.open("wb") as file:
            target.chmod(0o600)
            _require(part, _sha256_of(_member(tar, part.file), copy_to=file))

    def files(self) -> Generator[tuple[Part, IO[bytes]]]:
        """Each file that people gave, open at its beginning, in one pass."""
        known = {it.file: it for it in self.manifest.files}
        with tarfile.open(self.path, "r:") as tar:
            for member in tar:
                if (part := known.get(member.name)) and (content := tar.extractfile(member)):
                    yield part, content


@contextmanager
def _told(path: Path) -> Generator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise CommandFailure(f"There is no file {path}.") from error
    except IsADirectoryError as error:
        raise CommandFailure(f"{path} is a folder, and a backup is a file. Nothing was changed.") from error
    except PermissionError as error:
        raise CommandFailure(f"{path} may not be read by you. Nothing was changed.") from error
    except (OSError, tarfile.TarError, ValidationError, ValueError, EOFError) as error:
        raise CommandFailure(
            f"{path} is not a backup of Entente, or it is damaged. Nothing was changed."
        ) from error


def opened(path: Path) -> Archive:
    """Read an archive from its beginning to its end and compare every part with its hash.

    Raises:
        CommandFailure: it is missing, damaged, or no archive of ours.
    """
    with _told(path), tarfile.open(path, "r:") as tar:
        text = _member(tar, _MANIFEST).read()
        seal = _member(tar, _SEAL).read().decode().strip()
        if hashlib.sha256(text).hexdigest() != seal:
            raise CommandFailure(
                f"{path} is damaged: its manifest does not have its hash. Nothing was changed."
            )
        manifest = Manifest.model_validate_json(text)
        # By name at once: looking each one up among thousands would take their square.
        members = {it.name: it for it in tar.getmembers()}
        for part in manifest.parts:
            _require(part, _sha256_of(_content(tar, members.get(part.file), part.file)))
    return Archive(path, manifest)


def _sha256_of(member: IO[bytes], *, copy_to: IO[bytes] | None = None) -> str:
    digest = hashlib.sha256()
    while chunk := member.read(_CHUNK):
        digest.update(chunk)
        if copy_to:
            copy_to.write(chunk)
    return digest.hexdigest()


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        member = tar.getmember(name)
    except KeyError:
        member = None
    return _content(tar, member, name)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo | None, name: str) -> IO[bytes]:
    content = tar.extractfile(member) if member else None
    if content is None:
        raise CommandFailure(
            f"{tar.name!s} is not a backup of Entente: it has no {name}. Nothing was changed."
        )
    return content


def _require(part: Part, sha256: str) -> None:
    if sha256 != part.sha256:
        raise CommandFailure(
            f"The backup is damaged: {part.file} does not have its hash. Nothing was changed."
        )
