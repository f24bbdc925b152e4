"""The seals in the bytes of a file. Nothing in a file is interpreted before its seal was found good.

A hostile file could be made to exhaust a reader of PDF; so the seal is looked for in the bytes, and only what one of the
given certificates has sealed, from its first byte on, is opened.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto.cms import ContentInfo
from asn1crypto.x509 import Certificate
from pydantic import ValidationError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from services.web.documents.checking import FOREIGN, CheckedFile, Integrity
from services.web.documents.evidence import EVIDENCE_FILE, SEALED_TEXT_FILE, Attached, Evidence

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
# Others may have signed after us; more than this nobody does.
_MOST_SEALS = 20
_LARGEST_SEAL = 64 * 1024


def check_file(data: bytes, known: Iterable[bytes]) -> CheckedFile:
    """Compare a file with the seals that it bears, by certificates of ours (in DER). Takes time: not for an event loop."""
    ours = {it.serial_number: it for it in map(Certificate.load, known)}
    altered: bytes | None = None
    for seal in _seals_in(data):
        certificate = ours.get(seal.serial_number)
        if certificate is None:
            continue
        if not seal.is_good(certificate):
            altered = certificate.dump()
            continue
        attached = _attached_to(data[: seal.end])
        if attached and not attached.hash_matches:
            # No document of ours is like this, whoever holds the key: nothing of it is believed.
            return CheckedFile(Integrity.ALTERED, certificate.dump())
        integrity = Integrity.INTACT if seal.end == len(data) else Integrity.EXTENDED
        return CheckedFile(integrity, certificate.dump(), attached)
    return CheckedFile(Integrity.ALTERED, altered) if altered else FOREIGN


def certificates_in(data: bytes) -> list[bytes]:
    """The certificates (in DER) that a file names itself: to check its wholeness where ours are not known, never its origin."""
    return [seal.own_certificate.dump() for seal in _seals_in(data) if seal.own_certificate]


@dataclass(frozen=True, slots=True)
class _Seal:
    """A signature in the bytes of a file, and what it says it covers: all up to `end`, but for itself."""

    signed: Any
    digest: bytes
    end: int

    @property
    def signer(self) -> Any:
        """Who signed; asn1crypto types what it reads as it reads it."""
        return self.signed["signer_infos"][0]

    @property
    def serial_number(self) -> int:
        """Of the certificate that it names."""
        return self.signer["sid"].chosen["serial_number"].native

    @property
    def own_certificate(self) -> Certificate | None:
        """The certificate that came with it."""
        for choice in self.signed["certificates"]:
            if isinstance(choice.chosen, Certificate) and choice.chosen.serial_number == self.serial_number:
                return choice.chosen
        return None

    def is_good(self, certificate: Certificate) -> bool:
        """Whether this certificate's key has signed these bytes."""
        try:
            intact, valid = validate_sig_integrity(self.signer, certificate, "data", self.digest)
        except (SignatureValidationError, SigningError, ValueError, TypeError, KeyError):
            return False
        return intact and valid


def _seals_in(data: bytes) -> Iterator[_Seal]:
    found = list(_BYTE_RANGE.finditer(data))[-_MOST_SEALS:]
    # The last one covers the most.
    for match in reversed(found):
        start, hole, after, length = map(int, match.groups())
        end = after + length
        if start != 0 or not hole < after <= end <= len(data) or after - hole > _LARGEST_SEAL:
            continue
        try:
            # What the seal does not cover must be the seal itself and nothing else.
            signed = _signed_data(data[hole:after])
            digest = hashlib.sha256(data[:hole] + data[after:end]).digest()
            seal = _Seal(signed, digest, end)
            _ = seal.serial_number
        except (ValueError, TypeError, KeyError, IndexError):
            continue
        yield seal


def _signed_data(hole: bytes) -> Any:
    if not (hole.startswith(b"<") and hole.endswith(b">")):
        raise ValueError("no string of hexadecimal digits")
    info = ContentInfo.load(bytes.fromhex(hole[1:-1].decode("ascii")))
    if info["content_type"].native != "signed_data":
        raise ValueError("no signature")
    return info["content"]


def _attached_to(document: bytes) -> Attached | None:
    """What a document of ours carries; None when it is of another kind, or of another time."""
    try:
        files = _files_of(PdfFileReader(io.BytesIO(document)))
        return Attached(
            sealed_text=files[SEALED_TEXT_FILE].decode(),
            evidence=Evidence.model_validate_json(files[EVIDENCE_FILE]),
        )
    except (KeyError, ValidationError):
        return None


def _files_of(reader: PdfFileReader) -> dict[str, bytes]:
    pairs = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    return {str(pairs[index]): pairs[index + 1]["/EF"]["/F"].data for index in range(0, len(pairs), 2)}
