"""Rules of the ledger: what a notice is about, which event settles it, when its e-mail leaves, when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.contracts.contacts.events import MandateAccepted, MandateDeclined, MandateWithdrawn
from shared.contracts.identifiers import (
    AdmissionId,
    AnnexId,
    ClauseId,
    ConventionId,
    IndicatorId,
    MandateId,
    MilestoneId,
    NoticeId,
    ObligationId,
    OrganizationId,
    PersonId,
    ProjectId,
    TaskId,
    TemplateId,
)
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import TO_DO_KINDS, NoticeKind, NoticeState
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentSigned,
    AnnexAccepted,
    AnnexProposed,
    ClauseAccepted,
    ClauseProposed,
    ClauseWithdrawn,
    ClosingStepDone,
    ConventionActivated,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSealed,
    ConventionSigned,
    ConventionTerminated,
    IndicatorAgreed,
    RenewalDecided,
    SignatureRefused,
    SignaturesVoided,
    TaskAssigned,
    TaskFinished,
    TerminationNotified,
    TermsAccepted,
    TermsProposed,
)
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    ObserverAdmitted,
    PartyJoined,
)
from shared.contracts.projects.rooms import RoomKind

FOLDED_KINDS = frozenset(
    {
        NoticeKind.CLAUSE_PROPOSED,
        NoticeKind.CLAUSE_ACCEPTED,
        NoticeKind.ANNEX_PROPOSED,
        NoticeKind.ANNEX_ACCEPTED,
        NoticeKind.COMMENT_ADDED,
        NoticeKind.OBLIGATION_DUE,
        NoticeKind.OBLIGATION_MISSED,
        NoticeKind.MESSAGE_POSTED,
        NoticeKind.PRIVATE_MESSAGE_POSTED,
        NoticeKind.FILE_GIVEN,
        NoticeKind.PRIVATE_FILE_GIVEN,
        NoticeKind.MEASURE_RECORDED,
    }
)
"""Kinds that come in bursts, while people write to one another or when a day brings much: several soon after one another make one e-mail."""

# A person who reads a first message while the second is on its way has not missed anything yet.
FOLD_WINDOW = timedelta(minutes=2)

# Whoever asks for the same e-mail about her account again and again fills a mailbox: hers, or somebody else's.
ACCOUNT_LETTER_PAUSE = timedelta(minutes=5)

FIRST_RETRY_DELAY = timedelta(seconds=2)
LONGEST_RETRY_DELAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about."""

    convention_id: ConventionId | None
    """None where it is about a template."""
    clause_id: ClauseId | None = None
    project_id: ProjectId | None = None
    milestone_id: MilestoneId | None = None
    indicator_id: IndicatorId | None = None
    mandate_id: MandateId | None = None
    task_id: TaskId | None = None
    obligation_id: ObligationId | None = None
    admission_id: AdmissionId | None = None
    annex_id: AnnexId | None = None
    template_id: TemplateId | None = None

    @staticmethod
    def of(event: Event) -> "Subject":
        """The ids that the event carries."""
        ids: dict[str, Any] = {name: getattr(event, name, None) for name in Subject.__slots__}
        return Subject(**ids)

    def asked_about(self, kind: NoticeKind) -> UUID | None:
        """The thing that a kind of notice asks an act on; None where that is the convention itself."""
        things: dict[NoticeKind, UUID | None] = {
            NoticeKind.MANDATE_PROPOSED: self.mandate_id,
            NoticeKind.CLAUSE_PROPOSED: self.clause_id,
            NoticeKind.INDICATOR_PROPOSED: self.indicator_id,
            NoticeKind.OBLIGATION_DUE: self.obligation_id,
            NoticeKind.OBLIGATION_MISSED: self.obligation_id,
            NoticeKind.TASK_ASSIGNED: self.task_id,
            NoticeKind.PRIVATE_TASK_ASSIGNED: self.task_id,
            NoticeKind.ADMISSION_PROPOSED: self.admission_id,
            NoticeKind.ANNEX_PROPOSED: self.annex_id,
        }
        return things.get(kind)


@dataclass(frozen=True, slots=True)
class Settled:
    """The notices that an event settles: nothing remains to be done about them."""

    kind: NoticeKind
    asked_about: UUID | None = None
    """Only those about this thing; None for all of the convention's."""
    organization_id: OrganizationId | None = None
    """Only those of people who speak as this organisation; None for everybody's."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as an aggregate: enough to lock, change and announce it."""

    notice_id: NoticeId
    version: int
    recipient: PersonId
    kind: NoticeKind
    state: NoticeState
    read: bool

    @property
    def id(self) -> UUID:
        """As the event log calls it."""
        return self.notice_id

    @property
    def partnership_id(self) -> None:
        """A notice is its recipient's own: it is no part of the partnership's shared timeline."""
        return


def first_state(kind: NoticeKind) -> NoticeState:
    """The drawer that a new notice lies in."""
    return NoticeState.TO_DO if kind in TO_DO_KINDS else NoticeState.TO_READ


def settled_by(event: Event) -> Settled | None:
    """Which notices have nothing left to ask once this has happened."""
    settled: Settled | None = None
    match event:
        case MandateAccepted() | MandateDeclined() | MandateWithdrawn():
            settled = Settled(NoticeKind.MANDATE_PROPOSED, event.mandate_id)
        case ClauseProposed() | ClauseWithdrawn():
            # The newer text, or none at all, answers the older one, for the side that wrote it and for the side that now reads it.
            settled = Settled(NoticeKind.CLAUSE_PROPOSED, event.clause_id)
        case ClauseAccepted():
            answered_for = None if event.agreed else event.organization_id
            settled = Settled(NoticeKind.CLAUSE_PROPOSED, event.clause_id, answered_for)
        case TermsProposed() | TermsAccepted():
            agreed = isinstance(event, TermsProposed) or event.agreed
            answered_for = None if agreed else event.organization_id
            settled = Settled(NoticeKind.TERMS_PROPOSED, organization_id=answered_for)
        case AnnexProposed() | AnnexAccepted():
            agreed = isinstance(event, AnnexProposed) or event.agreed
            answered_for = None if agreed else event.organization_id
            settled = Settled(NoticeKind.ANNEX_PROPOSED, event.annex_id, answered_for)
        case ConventionSealed():
            settled = Settled(NoticeKind.CLAUSE_PROPOSED)
        case ConventionSigned():
            settled = Settled(NoticeKind.SIGNATURE_AWAITED, organization_id=event.organization_id)
        case SignatureRefused() | SignaturesVoided() | ConventionActivated() | AmendmentSigned():
            settled = Settled(NoticeKind.SIGNATURE_AWAITED)
        case IndicatorAgreed():
            settled = Settled(NoticeKind.INDICATOR_PROPOSED, event.indicator_id)
        case _:
            settled = _settled_in_life(event) or _settled_in_room(event) or _settled_by_answer(event)
    return settled


def _settled_in_life(event: Event) -> Settled | None:
    """The same, once the convention is signed."""
    match event:
        case RenewalDecided():
            return Settled(NoticeKind.RENEWAL_AWAITED, organization_id=event.organization_id)
        case ConventionRenewed() | ConventionExpired() | ConventionTerminated() | TerminationNotified():
            return Settled(NoticeKind.RENEWAL_AWAITED)
        case ClosingStepDone() if event.last:
            return Settled(NoticeKind.CONVENTION_ENDED, organization_id=event.organization_id)
        case ConventionClosed():
            return Settled(NoticeKind.CONVENTION_ENDED)
        case _:
            return None


def attested_by(event: Event) -> Settled | None:
    """Whoever has signed attests no pages any more, nor does anybody once the text is open again or signed by all."""
    match event:
        case ConventionSigned():
            return Settled(NoticeKind.PAPER_SCAN_GIVEN, organization_id=event.organization_id)
        case SignatureRefused() | SignaturesVoided() | ConventionActivated():
            return Settled(NoticeKind.PAPER_SCAN_GIVEN)
        case _:
            return None


def given_up_by(event: Event) -> tuple[Settled, ...]:
    """All that an amendment asked for, once it is given up or its convention has ended."""
    if not isinstance(event, AmendmentAbandoned):
        return ()
    return tuple(
        Settled(kind)
        for kind in (
            NoticeKind.CLAUSE_PROPOSED,
            NoticeKind.TERMS_PROPOSED,
            NoticeKind.ANNEX_PROPOSED,
            NoticeKind.SIGNATURE_AWAITED,
        )
    )


def filled_by(event: Event) -> Settled | None:
    """A new référent answers what a vacant side was asked, beside what she was asked herself."""
    if not isinstance(event, MandateAccepted):
        return None
    return Settled(NoticeKind.REFERENT_MISSING, organization_id=event.organization_id)


def _settled_in_room(event: Event) -> Settled | None:
    """Whoever had a task before is asked no more."""
    if not isinstance(event, TaskAssigned | TaskFinished):
        return None
    private = event.room is RoomKind.PRIVATE
    kind = NoticeKind.PRIVATE_TASK_ASSIGNED if private else NoticeKind.TASK_ASSIGNED
    return Settled(kind, event.task_id)


def _settled_by_answer(event: Event) -> Settled | None:
    """Whether an organisation comes: a party's answer is its own, a no or the last yes is everybody's."""
    match event:
        case AdmissionAccepted():
            return Settled(
                NoticeKind.ADMISSION_PROPOSED, event.admission_id, organization_id=event.organization_id
            )
        case AdmissionEnded() | PartyJoined() | ObserverAdmitted():
            return Settled(NoticeKind.ADMISSION_PROPOSED, event.admission_id)
        case _:
            return None


def leaves_at(now: datetime, last: datetime | None) -> datetime:
    """When a folded e-mail leaves, the one before it having left at `last`: the first of a burst goes at once."""
    return now if last is None or last + FOLD_WINDOW <= now else last + FOLD_WINDOW


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after that many failed attempts: twice as long each time, at most an hour."""
    return min(LONGEST_RETRY_DELAY, FIRST_RETRY_DELAY * 2 ** min(attempts - 1, 20))
