"""Signing on paper: the signed pages are scanned, and the référent of each party attests them against the printed hash."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.signing import OnPaper, Scan, Signature
from shared.contracts.files import GivenFile
from shared.contracts.messages import Event
from shared.contracts.projects.events import PaperScanGiven
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import (
    PaperDateImpossible,
    ScanAttested,
    ScanChanged,
    SigningDeadlinePassed,
)


@dataclass(frozen=True, slots=True)
class Attested:
    """What a référent says that she has seen."""

    signatory: str
    capacity: str
    signed_on: date
    scan: str


def give_scan(
    convention: Convention, sealed_hash: str, file: GivenFile, by: Speaker, now: datetime
) -> list[Event]:
    """Keep the signed pages; the same ones given twice change nothing.

    Raises:
        ScanAttested: somebody has attested the scan that is there.
    """
    rights.check(Act.SIGN_ON_PAPER, convention.situation, by)
    seal = convention.check_seal(sealed_hash)
    if seal.scan is not None and seal.scan.file.sha256 == file.sha256:
        return []
    if any(it.on_paper for it in convention.signatures.values()):
        raise ScanAttested
    convention.seal_in_force = replace(seal, scan=Scan(file, by.organization_id, by.person_id, now))
    return [PaperScanGiven(convention_id=convention.id, organization_id=by.organization_id, scan=file.sha256)]


def attest(
    convention: Convention,
    sealed_hash: str,
    attested: Attested,
    means: str,
    by: Speaker,
    *,
    now: datetime,
    today: date,
) -> list[Event]:
    """Count a signature on paper for the party of a référent; the last one makes the convention active.

    Raises:
        SigningDeadlinePassed, ScanChanged, PaperDateImpossible: it cannot be attested.
    """
    rights.check(Act.SIGN_ON_PAPER, convention.situation, by)
    seal = convention.check_seal(sealed_hash)
    if seal.lapsed(today):
        raise SigningDeadlinePassed
    if seal.scan is None or seal.scan.file.sha256 != attested.scan:
        raise ScanChanged
    # Both sides of midnight: the text was sealed in UTC, the paper is dated where it was signed.
    if not min(seal.sealed_at.date(), today) <= attested.signed_on <= today:
        raise PaperDateImpossible
    given = Signature.given(sealed_hash, attested.capacity, means, by, now)
    on_paper = OnPaper(attested.signatory, attested.signed_on, attested.scan)
    return convention.count(replace(given, mandated_since=None, on_paper=on_paper))
