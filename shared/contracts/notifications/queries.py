"""What a person can ask about her notices."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.contracts.identifiers import (
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
from shared.contracts.messages import Message, Query, View
from shared.contracts.values import Limit


class NoticeKind(StrEnum):
    """What a notice tells. Those of `TO_DO_KINDS` ask for an act, the others inform."""

    MANDATE_PROPOSED = "mandate_proposed"
    MANDATE_ACCEPTED = "mandate_accepted"
    MANDATE_DECLINED = "mandate_declined"
    MANDATE_ENDED = "mandate_ended"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    DELEGATION_RECEIVED = "delegation_received"
    DELEGATION_GRANTED = "delegation_granted"
    DELEGATION_ENDED = "delegation_ended"
    HANDOVER_COMPLETED = "handover_completed"
    REFERENT_MISSING = "referent_missing"
    SIDE_LEFT_VACANT = "side_left_vacant"
    NEGOTIATION_OPENED = "negotiation_opened"
    CLAUSE_PROPOSED = "clause_proposed"
    CLAUSE_ACCEPTED = "clause_accepted"
    CLAUSE_WITHDRAWN = "clause_withdrawn"
    TERMS_PROPOSED = "terms_proposed"
    TERMS_ACCEPTED = "terms_accepted"
    ANNEX_PROPOSED = "annex_proposed"
    ANNEX_ACCEPTED = "annex_accepted"
    COMMENT_ADDED = "comment_added"
    ADMISSION_PROPOSED = "admission_proposed"
    ADMISSION_ENDED = "admission_ended"
    PARTY_JOINED = "party_joined"
    OBSERVER_ADMITTED = "observer_admitted"
    OBSERVER_LEFT = "observer_left"
    OBSERVING = "observing"
    TEXT_SEALED = "text_sealed"
    SIGNATURE_AWAITED = "signature_awaited"
    PAPER_SCAN_GIVEN = "paper_scan_given"
    SIGNATURE_DUE = "signature_due"
    SIGNING_LAPSED = "signing_lapsed"
    CONVENTION_SIGNED = "convention_signed"
    SIGNATURE_ATTESTED = "signature_attested"
    SIGNATURES_VOIDED = "signatures_voided"
    SIGNATURE_REFUSED = "signature_refused"
    CONVENTION_ACTIVE = "convention_active"
    CONVENTION_SUSPENDED = "convention_suspended"
    SUSPENSION_LIFTED = "suspension_lifted"
    TERMINATION_NOTIFIED = "termination_notified"
    TERMINATION_WITHDRAWN = "termination_withdrawn"
    DEPARTURE_NOTIFIED = "departure_notified"
    PARTY_LEFT = "party_left"
    RENEWAL_AWAITED = "renewal_awaited"
    RENEWAL_COMING = "renewal_coming"
    RENEWAL_DECIDED = "renewal_decided"
    CONVENTION_RENEWED = "convention_renewed"
    CONVENTION_ENDED = "convention_ended"
    CONVENTION_CLOSED = "convention_closed"
    OBLIGATION_DUE = "obligation_due"
    OBLIGATION_MISSED = "obligation_missed"
    OBLIGATION_KEPT = "obligation_kept"
    OBLIGATION_CONTESTED = "obligation_contested"
    AMENDMENT_PROPOSED = "amendment_proposed"
    AMENDMENT_SIGNED = "amendment_signed"
    AMENDMENT_IN_FORCE = "amendment_in_force"
    AMENDMENT_ABANDONED = "amendment_abandoned"
    MEDIATION_AWAITED = "mediation_awaited"
    MEDIATION_MOVED = "mediation_moved"
    MEDIATION_ENDED = "mediation_ended"
    MESSAGE_POSTED = "message_posted"
    PRIVATE_MESSAGE_POSTED = "private_message_posted"
    FILE_GIVEN = "file_given"
    PRIVATE_FILE_GIVEN = "private_file_given"
    TASK_ASSIGNED = "task_assigned"
    TASK_DONE = "task_done"
    PRIVATE_TASK_ASSIGNED = "private_task_assigned"
    PROJECT_PROPOSED = "project_proposed"
    PROJECT_STARTED = "project_started"
    MILESTONE_REACHED = "milestone_reached"
    MILESTONE_MOVED = "milestone_moved"
    INDICATOR_PROPOSED = "indicator_proposed"
    INDICATOR_AGREED = "indicator_agreed"
    MEASURE_RECORDED = "measure_recorded"
    TEMPLATE_SHARED = "template_shared"


TO_DO_KINDS = frozenset(
    {
        NoticeKind.MANDATE_PROPOSED,
        NoticeKind.REFERENT_MISSING,
        NoticeKind.CLAUSE_PROPOSED,
        NoticeKind.TERMS_PROPOSED,
        NoticeKind.ANNEX_PROPOSED,
        NoticeKind.ADMISSION_PROPOSED,
        NoticeKind.SIGNATURE_AWAITED,
        NoticeKind.PAPER_SCAN_GIVEN,
        NoticeKind.RENEWAL_AWAITED,
        NoticeKind.CONVENTION_ENDED,
        NoticeKind.OBLIGATION_DUE,
        NoticeKind.OBLIGATION_MISSED,
        NoticeKind.MEDIATION_AWAITED,
        NoticeKind.TASK_ASSIGNED,
        NoticeKind.PRIVATE_TASK_ASSIGNED,
        NoticeKind.INDICATOR_PROPOSED,
    }
)
"""The kinds that wait in À faire until what they ask is done."""


class NoticeReason(StrEnum):
    """Why this person was told: every notice can answer it."""

    ASKED = "asked"
    REFERENT = "referent"
    DEPUTY = "deputy"
    HANDED_OVER = "handed_over"
    STANDING_IN = "standing_in"
    ADMINISTRATOR = "administrator"
    SIGNATORY = "signatory"
    LEAD = "lead"
    SIGNED = "signed"
    NEGOTIATES = "negotiates"
    """She is a référent of that organisation in some convention."""


class NoticeState(StrEnum):
    """The three drawers of the inbox: À faire, À lire, Classé.

    What informs is filed once it is read. What asks for an act stays until the act is done, here or by a colleague.
    """

    TO_DO = "to_do"
    TO_READ = "to_read"
    FILED = "filed"


class Delivery(Message):
    """What became of a notice on one channel."""

    channel: str
    state: str
    """queued, sent, failed, cancelled: `sent` means that the mail server accepted it."""
    at: datetime | None


class NoticeView(View):
    """A notice. Ids only: names and titles are asked of their owners when the page is made."""

    notice_id: NoticeId
    kind: NoticeKind
    state: NoticeState
    read: bool
    created_at: datetime
    actor_person_id: PersonId | None
    actor_organization_id: OrganizationId | None
    convention_id: ConventionId | None
    clause_id: ClauseId | None = None
    project_id: ProjectId | None = None
    milestone_id: MilestoneId | None = None
    indicator_id: IndicatorId | None = None
    mandate_id: MandateId | None = None
    task_id: TaskId | None = None
    obligation_id: ObligationId | None = None
    template_id: TemplateId | None = None
    because: NoticeReason | None = None
    deliveries: tuple[Delivery, ...] = ()


class Notices(View):
    """One page of an inbox, newest first."""

    notices: tuple[NoticeView, ...]
    next_before: UUID | None
    """Pass it as `before` for the page that follows; None at the end."""
    unread: int
    to_do: int


class ListNotices(Query[Notices]):
    """My notices of one drawer."""

    state: NoticeState = NoticeState.TO_DO
    before: NoticeId | None = None
    limit: Limit = 50


class UnreadCount(View):
    """How many notices of mine are unread, and how many ask for an act."""

    unread: int
    to_do: int


class CountUnread(Query[UnreadCount]):
    """For the counter in the page's head."""
