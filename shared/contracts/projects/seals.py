"""What can be asked about sealed texts: the evidence, for the parties; where one stands, for whoever holds its hash."""

from datetime import date, datetime
from typing import ClassVar

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Audience, Message, Query, View
from shared.contracts.projects.party_views import SignatureView
from shared.contracts.projects.queries import ConventionState, RefusalView
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Sha256


class SealEvidence(Message):
    """One text that was sealed, and what became of it."""

    sealed_hash: str
    sealed_at: datetime
    organization_id: OrganizationId
    person_id: PersonId
    """Who sealed."""
    sign_before: date
    sign_order: tuple[OrganizationId, ...]
    in_force: bool
    """Whether the convention stands on it now; if not, its signatures do not count."""
    signatures: tuple[SignatureView, ...]
    """In the order in which they were given."""
    refusal: RefusalView | None


class EvidenceRecord(View):
    """Every text that was sealed, newest first, at most 50, with each signature and refusal, whether or not it counts."""

    seals: tuple[SealEvidence, ...]


class GetEvidence(Query[EvidenceRecord]):
    """Who signed or refused what, for whom, by which authority, when and how: the same for every party."""

    convention_id: ConventionId


class SealStanding(View):
    """What anybody who holds the hash of a sealed text may know of it: no name, no title, no word of the text."""

    known: bool
    """Whether a text with this hash was sealed here."""
    in_force: bool = False
    """Whether it is the text that the convention stands on now; if not, its signatures do not count."""
    state: ConventionState | None = None
    """Of the convention, when the text is in force."""
    sealed_at: datetime | None = None
    parties: int = 0
    signatures: int = 0
    """Given to this seal, whether or not they count."""
    last_signed_at: datetime | None = None


class FindSeal(Query[SealStanding]):
    """Where a sealed text stands. Whoever asks has the document; web asks for somebody without an account."""

    audience: ClassVar[Audience] = Audience.SERVICES
    sealed_hash: Sha256


class SignBeforeAfterEnd(Refusal):
    """The convention ends before that day: its last day is `ends_on`. What has ended is not signed."""

    code = "sign_before_after_end"
    kind = RefusalKind.INVALID
