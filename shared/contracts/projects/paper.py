"""Signing on paper: a scan of the signed pages, and each référent who attests it against the hash printed on them."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Message
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Day, Sha256, Title

_OF_PAGES = frozenset({MediaType.PDF, MediaType.PNG, MediaType.JPEG})


def _shows_pages(file: GivenFile) -> GivenFile:
    if file.media_type not in _OF_PAGES:
        raise ValueError("a scan is a PDF or an image")
    return file


class ScanView(Message):
    """The scan of the signed pages of a sealed text."""

    file: GivenFile
    organization_id: OrganizationId
    person_id: PersonId
    given_at: datetime


class GivePaperScan(Command[Done]):
    """Keep the scan of the signed pages, to be attested by the référent of each party. A better one replaces it as long as
    nobody has attested it.
    """

    convention_id: ConventionId
    sealed_hash: Sha256
    file: Annotated[GivenFile, AfterValidator(_shows_pages)]


class AttestPaperSignature(Command[Done]):
    """Attest, for the actor's party, that its signatory has signed the text of this hash on paper, as the scan shows."""

    convention_id: ConventionId
    sealed_hash: Sha256
    scan: Sha256
    """The hash of the scan that was looked at."""
    signatory: Title
    """Who signed on paper; need not have an account."""
    capacity: Title
    signed_on: Day
    """The date on the paper."""
    means: str = Field(default="password", pattern="^(password|second_factor)$")
    """How the référent was recognised again at the moment of attesting."""


class NotEntrusted(Refusal):
    """Attesting binds a party: who administers it, signs for it, or was named référent by one of them, may."""

    code = "not_entrusted"
    kind = RefusalKind.NOT_ALLOWED
