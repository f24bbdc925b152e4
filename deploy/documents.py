"""Check a sealed document against this installation: its seal, its text, and where that text stands."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.errors import CommandFailure
from deploy.reach import database_urls
from deploy.verification import UNREADABLE, snapshot
from services.projects.conventions.queries import find_seal
from services.web.documents import certificates
from services.web.documents.checking import LARGEST_BYTES, CheckedFile, Integrity
from services.web.documents.sealed_files import certificates_in, check_file
from shared.contracts.projects.seals import FindSeal, SealStanding


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """What was found."""

    checked: CheckedFile
    sha256: str
    """Of the whole file."""
    here: bool
    """Whether the certificate is one of this installation's; if not, the seal only shows that the file is whole."""
    standing: SealStanding | None
    """None where it could not be asked."""

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        known = self.standing is None or (self.standing.known and self.standing.in_force)
        return self.checked.integrity is Integrity.INTACT and known


def read_document(file: Path) -> bytes:
    """The bytes of a file that may be a document.

    Raises:
        CommandFailure: it cannot be read, or is too large to be one.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise CommandFailure(f"{file} is larger than {LARGEST_BYTES >> 20} MiB: no document of ours is.")
        return file.read_bytes()
    except OSError as error:
        raise CommandFailure(f"{file} cannot be read: {error.strerror}") from error


async def verify_document(data: bytes, folder: Path) -> VerifiedDocument:
    """Check a document against the system in this data folder; without one, only whether it is whole."""
    sha256 = hashlib.sha256(data).hexdigest()
    ours = await _certificates(folder)
    if ours is None:
        return VerifiedDocument(check_file(data, certificates_in(data)), sha256, here=False, standing=None)
    checked = check_file(data, ours)
    standing = await _standing(folder, checked) if checked.attached else None
    return VerifiedDocument(checked, sha256, here=checked.certificate is not None, standing=standing)


def describe_document(name: str, found: VerifiedDocument) -> str:
    """In words, one fact a line."""
    return "\n".join(_lines(name, found)) + "\n"


_VERDICTS = {
    Integrity.INTACT: "whole: nothing was changed since it was sealed",
    Integrity.EXTENDED: "EXTENDED: the sealed document is whole, and something was added after it",
    Integrity.ALTERED: "CHANGED: it is not what was sealed",
    Integrity.FOREIGN: "NOT OURS: it bears no seal that can be recognised",
}


def _lines(name: str, found: VerifiedDocument) -> Iterator[str]:
    yield f"{name}: {_VERDICTS[found.checked.integrity]}"
    yield f"  file        sha256 {found.sha256}"
    if certificate := found.checked.certificate:
        origin = "of this installation" if found.here else "of an installation that is not known here"
        yield f"  certificate sha256 {hashlib.sha256(certificate).hexdigest()} ({origin})"
    attached = found.checked.attached
    if attached is None:
        return
    yield f"  text        sha256 {attached.evidence.sealed_hash}"
    for it in attached.evidence.signatures:
        yield f"  signed      {it.signed_at.isoformat(timespec='seconds')} for {it.organization} by {it.person}, {it.means}"
    yield "  level       simple electronic signatures (eIDAS); the seal shows origin and wholeness"
    yield f"  today       {_today(found.standing)}"


def _today(standing: SealStanding | None) -> str:
    if standing is None:
        return "not asked: no system here answers"
    if not standing.known:
        return "THIS SYSTEM DOES NOT KNOW THE TEXT"
    if not standing.in_force:
        return "SUPERSEDED: the text was opened again, its signatures do not count"
    return f"in force, {standing.signatures} of {standing.parties} signatures, convention {standing.state}"


async def _certificates(folder: Path) -> list[bytes] | None:
    try:
        async with snapshot(database_urls(folder, ("web",))["web"]) as connection:
            return await certificates.known(connection)
    except (CommandFailure, *UNREADABLE):
        return None


async def _standing(folder: Path, checked: CheckedFile) -> SealStanding | None:
    assert checked.attached is not None  # the caller looked
    try:
        async with snapshot(database_urls(folder, ("projects",))["projects"]) as connection:
            return await find_seal(FindSeal(sealed_hash=checked.attached.evidence.sealed_hash), connection)
    except (CommandFailure, *UNREADABLE):
        return None
