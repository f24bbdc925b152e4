"""What a sealed document carries beside its pages: the sealed text itself, and who signed it, for programs to read.

The seal covers both. `entente verify` and the page of verification read them back.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.values import Side

SEALED_TEXT_FILE = "texte-scelle.json"
EVIDENCE_FILE = "preuves.json"


class SignatureEvidence(BaseModel):
    """One signature: who, for whom, in which capacity, when, how she was recognised again, and which text."""

    model_config = ConfigDict(frozen=True)

    organization: OrganizationId
    organization_name: str
    side: Side
    person: PersonId
    person_name: str
    capacity: str
    means: str
    signed_at: datetime
    sealed_hash: str
    mandated_since: datetime | None = None
    signatory: str | None = None
    """Who signed, where that was on paper: the person is then the référent who attests it."""
    signed_on: date | None = None
    scan: str | None = None
    """SHA-256 of the scan that she attests."""


class Evidence(BaseModel):
    """The signatures on one sealed text, as they stood when the document was made. Times are in UTC."""

    model_config = ConfigDict(frozen=True)

    form: Literal["entente-evidence/1"] = "entente-evidence/1"
    level: Literal["simple"] = "simple"
    """Of the signatures, in the sense of eIDAS."""
    convention: ConventionId
    title: str
    sealed_hash: str
    sealed_at: datetime
    made_at: datetime
    signatures: tuple[SignatureEvidence, ...]


class Attached(BaseModel):
    """Both files of a document."""

    model_config = ConfigDict(frozen=True)

    sealed_text: str
    evidence: Evidence

    @property
    def hash_matches(self) -> bool:
        """Whether the text has the hash that was signed."""
        return sha256(self.sealed_text.encode()).hexdigest() == self.evidence.sealed_hash
