"""Facts that projects announces. The docstrings are the entries of the catalogue."""

from datetime import date
from enum import StrEnum

from shared.contracts.identifiers import (
    AnnexId,
    ClauseId,
    CommentId,
    ConventionId,
    IndicatorId,
    MeasureId,
    MessageId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
    RoomId,
    TaskId,
)
from shared.contracts.messages import Event, Message
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.projects.terms import Renewal
from shared.contracts.values import Sha256, Side


class PartyOfConvention(Message):
    """A party and the side it stands on."""

    organization_id: OrganizationId
    side: Side


class VoidReason(StrEnum):
    """Why signatures lost their value."""

    EDIT = "edit"
    REFUSAL = "refusal"
    DEADLINE = "deadline"
    """The last day to sign passed; `organization_id` is then the one that had sealed."""


class ClosingStep(StrEnum):
    """What each side still has to do when a convention ends, or will."""

    INFORM_PEOPLE = "inform_people"
    RETURN_ACCESS = "return_access"
    RETURN_MEANS = "return_means"
    SETTLE_EXPENSES = "settle_expenses"
    DECIDE_PROJECTS = "decide_projects"
    SHARE_RESULTS = "share_results"
    HANDLE_DATA = "handle_data"
    KEEP_ARCHIVE = "keep_archive"


class ConventionDrafted(Event, subject="entente.projects.convention.drafted.v1"):
    """A side began to write a convention. The other side sees it once its référent is invited."""

    convention_id: ConventionId
    drafted_by: OrganizationId
    parties: tuple[PartyOfConvention, ...]


class ConventionShared(Event, subject="entente.projects.convention.shared.v1"):
    """A party that did not write the draft can read it from now on: its référent has been invited."""

    convention_id: ConventionId
    organization_id: OrganizationId


class NegotiationOpened(Event, subject="entente.projects.convention.negotiation_opened.v1"):
    """Each side has a référent who accepted: the clauses can be negotiated."""

    convention_id: ConventionId


class ClauseProposed(Event, subject="entente.projects.convention.clause_proposed.v1"):
    """A side proposed a text for a clause, and thereby accepts it for itself."""

    convention_id: ConventionId
    clause_id: ClauseId
    revision: int
    organization_id: OrganizationId
    withdrawn: bool = False
    """Whether it proposed that an article in force goes, by an amendment."""


class ClauseAdded(Event, subject="entente.projects.convention.clause_added.v1"):
    """A side added an article, and thereby accepts it for itself."""

    convention_id: ConventionId
    clause_id: ClauseId
    organization_id: OrganizationId


class ClauseWithdrawn(Event, subject="entente.projects.convention.clause_withdrawn.v1"):
    """A side took back an article that it had added and that not every party accepted."""

    convention_id: ConventionId
    clause_id: ClauseId
    organization_id: OrganizationId


class ClauseAccepted(Event, subject="entente.projects.convention.clause_accepted.v1"):
    """A side accepted a clause as it stands at that revision."""

    convention_id: ConventionId
    clause_id: ClauseId
    revision: int
    organization_id: OrganizationId
    agreed: bool
    """Whether every party has accepted it now."""


class TermsProposed(Event, subject="entente.projects.convention.terms_proposed.v1"):
    """A side proposed other terms (days, renewal, notice, what is promised), and thereby accepts them for itself."""

    convention_id: ConventionId
    revision: int
    organization_id: OrganizationId


class TermsAccepted(Event, subject="entente.projects.convention.terms_accepted.v1"):
    """A side accepted the terms as they stand at that revision."""

    convention_id: ConventionId
    revision: int
    organization_id: OrganizationId
    agreed: bool
    """Whether every party has accepted them now."""


class AnnexProposed(Event, subject="entente.projects.convention.annex_proposed.v1"):
    """A side announced an annex, gave its file or another one, or takes it out, and thereby accepts that for itself."""

    convention_id: ConventionId
    annex_id: AnnexId
    revision: int
    organization_id: OrganizationId
    withdrawn: bool
    gone: bool = False
    """Whether it has left the text already, because no other side had taken it up: nobody has to accept that."""


class AnnexAccepted(Event, subject="entente.projects.convention.annex_accepted.v1"):
    """A side accepted an annex, or its going, as it stands at that revision."""

    convention_id: ConventionId
    annex_id: AnnexId
    revision: int
    organization_id: OrganizationId
    agreed: bool
    """Whether every party has accepted it now."""


class CommentAdded(Event, subject="entente.projects.convention.comment_added.v1"):
    """A side commented a clause, or wrote to the other one about the whole."""

    convention_id: ConventionId
    comment_id: CommentId
    clause_id: ClauseId | None
    organization_id: OrganizationId


class ConventionSealed(Event, subject="entente.projects.convention.sealed.v1"):
    """The text is frozen for signature: `sealed_hash` is the SHA-256 of its canonical form."""

    convention_id: ConventionId
    sealed_hash: Sha256
    sign_before: date
    organization_id: OrganizationId
    sign_order: tuple[OrganizationId, ...] = ()
    """Who signs after whom; empty when the order is free."""


class ConventionSigned(Event, subject="entente.projects.convention.signed.v1"):
    """A party has signed the sealed text."""

    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    sealed_hash: Sha256
    next_to_sign: OrganizationId | None = None
    """Whose turn it is now, where the order is fixed."""
    on_paper: bool = False
    """The person attests what somebody else signed on paper."""


class SignatureRefused(Event, subject="entente.projects.convention.signature_refused.v1"):
    """A party will not sign the sealed text as it is."""

    convention_id: ConventionId
    organization_id: OrganizationId


class PaperScanGiven(Event, subject="entente.projects.convention.paper_scan_given.v1"):
    """A party gave the scan of the pages that were signed on paper; each référent is to attest it."""

    convention_id: ConventionId
    organization_id: OrganizationId
    scan: Sha256


class SignatureDue(Event, subject="entente.projects.convention.signature_due.v1"):
    """The last day to sign comes near, and signatures are missing."""

    convention_id: ConventionId
    sign_before: date
    awaited: tuple[OrganizationId, ...]
    """Those who can sign now and have not."""


class SignaturesVoided(Event, subject="entente.projects.convention.signatures_voided.v1"):
    """The sealed text is open again; who had signed is told that it no longer counts."""

    convention_id: ConventionId
    reason: VoidReason
    organization_id: OrganizationId
    voided: tuple[PersonId, ...]


class ConventionActivated(Event, subject="entente.projects.convention.activated.v1"):
    """Every party has signed: projects can start."""

    convention_id: ConventionId
    starts_on: date
    ends_on: date


class ConventionSuspended(Event, subject="entente.projects.convention.suspended.v1"):
    """A party suspended the convention: its projects pause until every party that did so lifts its suspension."""

    convention_id: ConventionId
    organization_id: OrganizationId
    resumes_on: date | None
    """The day on which the suspension ends by itself; None when it waits to be lifted."""


class SuspensionLifted(Event, subject="entente.projects.convention.suspension_lifted.v1"):
    """A party's suspension ended: it lifted it, or its day came."""

    convention_id: ConventionId
    organization_id: OrganizationId
    resumed: bool
    """Whether the convention holds again: no other suspension stands."""


class TerminationNotified(Event, subject="entente.projects.convention.termination_notified.v1"):
    """A party gave notice: the convention ends on `effective_on`, and holds until then."""

    convention_id: ConventionId
    organization_id: OrganizationId
    effective_on: date


class ConventionTerminated(Event, subject="entente.projects.convention.terminated.v1"):
    """The notice of a party took effect: the convention no longer holds."""

    convention_id: ConventionId
    organization_id: OrganizationId
    """The party that had given notice."""
    effective_on: date
    ready: tuple[OrganizationId, ...] = ()
    """The parties that have done all their last duties already."""


class ConventionExpired(Event, subject="entente.projects.convention.expired.v1"):
    """The last day of the convention has passed."""

    convention_id: ConventionId
    ended_on: date


class RenewalDue(Event, subject="entente.projects.convention.renewal_due.v1"):
    """The end of the term comes near: it renews by itself unless a party objects in time, or each party is asked."""

    convention_id: ConventionId
    renewal: Renewal
    ends_on: date
    """The last day of the term."""
    decide_by: date
    """The last day on which a party can say so."""


class RenewalDecided(Event, subject="entente.projects.convention.renewal_decided.v1"):
    """A party said whether the convention goes on after the term that ends on `ends_on`."""

    convention_id: ConventionId
    organization_id: OrganizationId
    ends_on: date
    agrees: bool


class ConventionRenewed(Event, subject="entente.projects.convention.renewed.v1"):
    """The convention goes on: `ends_on` is its last day now."""

    convention_id: ConventionId
    renewal: Renewal
    ends_on: date


class ClosingStepDone(Event, subject="entente.projects.convention.closing_step_done.v1"):
    """A side said that one of its last duties is done."""

    convention_id: ConventionId
    organization_id: OrganizationId
    step: ClosingStep
    last: bool = False
    """That side has done all of them."""


class ConventionClosed(Event, subject="entente.projects.convention.closed.v1"):
    """The convention has ended, and every side has done its last duties."""

    convention_id: ConventionId


class AmendmentProposed(Event, subject="entente.projects.convention.amendment_proposed.v1"):
    """A side began an amendment of a convention in force. `convention_id` is the amendment's own, here and in what follows:
    its text is negotiated, sealed and signed by the same events as any other.
    """

    convention_id: ConventionId
    amends: ConventionId
    number: int
    organization_id: OrganizationId
    parties: tuple[PartyOfConvention, ...]


class AmendmentSigned(Event, subject="entente.projects.convention.amendment_signed.v1"):
    """Every party has signed an amendment."""

    convention_id: ConventionId
    amends: ConventionId
    effective_on: date | None
    """The day on which it enters into force; None: at once."""


class AmendmentEnteredIntoForce(Event, subject="entente.projects.convention.amendment_entered_into_force.v1"):
    """The convention says from now on what the amendment says."""

    convention_id: ConventionId
    amends: ConventionId


class AmendmentAbandoned(Event, subject="entente.projects.convention.amendment_abandoned.v1"):
    """An amendment was given up: the text in force stays."""

    convention_id: ConventionId
    amends: ConventionId
    organization_id: OrganizationId | None
    """Who gave it up; None: the convention has ended."""


class ConventionAmended(Event, subject="entente.projects.convention.amended.v1"):
    """The text of a convention in force has changed, by an amendment that every party signed."""

    convention_id: ConventionId
    amended_by: ConventionId
    number: int
    starts_on: date
    ends_on: date
    """The last day of the present term, now."""


class MessagePosted(Event, subject="entente.projects.room.message_posted.v1"):
    """Somebody wrote in a room; `organization_id` is the side that she spoke as."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    message_id: MessageId
    organization_id: OrganizationId


class TaskAdded(Event, subject="entente.projects.room.task_added.v1"):
    """A task was added to a room."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    organization_id: OrganizationId
    due_on: date | None


class TaskChanged(Event, subject="entente.projects.room.task_changed.v1"):
    """A task was reworded or dated anew."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    organization_id: OrganizationId
    due_on: date | None


class TaskAssigned(Event, subject="entente.projects.room.task_assigned.v1"):
    """A task was given to a side, or to a person of it; to nobody in particular when both are missing."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    organization_id: OrganizationId
    assigned_to: OrganizationId | None
    owner: PersonId | None


class TaskFinished(Event, subject="entente.projects.room.task_finished.v1"):
    """A task is done."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    organization_id: OrganizationId


class TaskReopened(Event, subject="entente.projects.room.task_reopened.v1"):
    """A task was not done after all; it waits again for whom it was given to."""

    room_id: RoomId
    convention_id: ConventionId
    room: RoomKind
    task_id: TaskId
    organization_id: OrganizationId
    assigned_to: OrganizationId | None
    owner: PersonId | None


class ProjectProposed(Event, subject="entente.projects.project.proposed.v1"):
    """A side proposed a project under an active convention."""

    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class ProjectLeadNamed(Event, subject="entente.projects.project.lead_named.v1"):
    """A side named who leads the project for it."""

    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId


class ProjectStarted(Event, subject="entente.projects.project.started.v1"):
    """The project runs: the convention is active and each side has its lead."""

    project_id: ProjectId
    convention_id: ConventionId


class ProjectPaused(Event, subject="entente.projects.project.paused.v1"):
    """The project waits: its convention is suspended, or has ended. Nothing of it is lost."""

    project_id: ProjectId
    convention_id: ConventionId


class ProjectResumed(Event, subject="entente.projects.project.resumed.v1"):
    """The project runs again: its convention holds again."""

    project_id: ProjectId
    convention_id: ConventionId


class MilestonePlanned(Event, subject="entente.projects.project.milestone_planned.v1"):
    """A dated step was added."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    due_on: date


class MilestoneMoved(Event, subject="entente.projects.project.milestone_moved.v1"):
    """The date of a step changed."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    due_on: date


class MilestoneReached(Event, subject="entente.projects.project.milestone_reached.v1"):
    """A step is done."""

    project_id: ProjectId
    convention_id: ConventionId
    milestone_id: MilestoneId
    organization_id: OrganizationId
    reached_on: date


class IndicatorProposed(Event, subject="entente.projects.indicator.proposed.v1"):
    """A side proposed how to measure something; proposing accepts for itself."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class IndicatorAgreed(Event, subject="entente.projects.indicator.agreed.v1"):
    """Both sides accept the definition: measures may be recorded."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    organization_id: OrganizationId


class MeasureRecorded(Event, subject="entente.projects.indicator.measure_recorded.v1"):
    """A value was measured."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    measure_id: MeasureId
    measured_on: date
    organization_id: OrganizationId


class MeasureCorrected(Event, subject="entente.projects.indicator.measure_corrected.v1"):
    """A value was corrected by a new one; the first stays readable."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    measure_id: MeasureId
    corrects: MeasureId
    organization_id: OrganizationId
