"""Who should hear of an event, and why she. Rules only: the circle of people is given.

Whoever acted is never told of her own act, and one event makes at most one notice for a person: where two rules name
her, the first listed wins, so what asks for an act stands before what informs.
"""

from collections.abc import Iterable, Iterator

from services.notifications.recipients.admissions import (
    the_parties_and_the_guest,
    the_parties_and_who_is_taken_back,
    those_who_let_in,
    those_who_negotiate_with_it,
    those_who_were_asked,
)
from services.notifications.recipients.amendments import OF_AMENDMENTS
from services.notifications.recipients.circle import Circle, Hearing, Rule, leads, referents, signatories
from services.notifications.recipients.leaving import those_who_stay
from services.notifications.recipients.mediation import OF_MEDIATION
from services.notifications.recipients.promises import OF_PROMISES
from services.notifications.recipients.renewal import those_who_renew
from services.notifications.recipients.rooms import (
    the_other_side_of_a_shared_room,
    those_who_do_it,
    those_who_read_the_room,
)
from services.notifications.recipients.signing import (
    those_who_are_late,
    those_who_attest,
    those_who_await_a_signature,
    those_who_can_sign_and_the_other_side,
    those_who_had_signed,
)
from services.notifications.recipients.succession import (
    the_deputy_and_the_referents,
    the_vacant_side_and_the_other_one,
    whoever_handed_over,
)
from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    MandateAccepted,
    MandateDeclined,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import (
    AnnexAccepted,
    AnnexProposed,
    ClauseAccepted,
    ClauseAdded,
    ClauseProposed,
    ClauseWithdrawn,
    ClosingStepDone,
    CommentAdded,
    ConventionActivated,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSealed,
    ConventionSigned,
    ConventionSuspended,
    ConventionTerminated,
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MessagePosted,
    MilestoneMoved,
    MilestoneReached,
    NegotiationOpened,
    PaperScanGiven,
    ProjectProposed,
    ProjectStarted,
    RenewalDecided,
    RenewalDue,
    SignatureDue,
    SignatureRefused,
    SignaturesVoided,
    SuspensionLifted,
    TaskAssigned,
    TaskFinished,
    TaskReopened,
    TerminationNotified,
    TermsAccepted,
    TermsProposed,
)
from shared.contracts.projects.leaving import DepartureNotified, PartyLeft
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    AdmissionProposed,
    ObserverAdmitted,
    ObserverLeft,
    PartyJoined,
    PartyTakenBack,
)
from shared.contracts.projects.room_files import RoomFileGiven
from shared.contracts.projects.taking_back import TerminationWithdrawn


def who_should_hear(
    event: Event, circle: Circle, *, actor_person: PersonId | None, actor_organization: OrganizationId | None
) -> tuple[Hearing, ...]:
    """Everybody who should be told of the event, each once."""
    chosen: dict[PersonId, Hearing] = {}
    for hearing in _named(event, circle, actor_organization):
        if hearing.person_id != actor_person:
            chosen.setdefault(hearing.person_id, hearing)
    return tuple(chosen.values())


def _named(event: Event, circle: Circle, acting: OrganizationId | None) -> Iterable[Hearing]:
    rule = RULES.get(type(event))
    if rule is None:
        return ()
    # Most events say which organisation acted; a few leave it to their envelope.
    return rule(event, circle, getattr(event, "organization_id", acting))


def _other_referents(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: referents(circle.others(acting), kind)


def _other_workers(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: [
        *leads(circle.others(acting), kind),
        *referents(circle.others(acting), kind),
    ]


def _other_deciders(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: [
        *referents(circle.others(acting), kind),
        *signatories(circle.others(acting), kind),
    ]


def _all_deciders(kind: NoticeKind) -> Rule:
    return lambda _event, circle, _acting: [
        *referents(circle.parties, kind),
        *signatories(circle.parties, kind),
    ]


def _all_referents(kind: NoticeKind) -> Rule:
    return lambda _event, circle, _acting: referents(circle.parties, kind)


def _those_who_have_duties_left(
    event: ConventionTerminated, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """A party that did everything during the notice knew the day, and has nothing left to do."""
    parties = [it for it in circle.parties if it.organization_id not in event.ready]
    yield from referents(parties, NoticeKind.CONVENTION_ENDED)
    yield from signatories(parties, NoticeKind.CONVENTION_ENDED)


def _those_who_accept_an_annex(
    event: AnnexProposed, circle: Circle, acting: OrganizationId | None
) -> Iterable[Hearing]:
    return () if event.gone else referents(circle.others(acting), NoticeKind.ANNEX_PROPOSED)


def _those_who_wait_for_an_answer(kind: NoticeKind) -> Rule:
    """The other side learns who answers for this one; whoever asked learns the answer, own colleagues included."""

    def rule(_event: Event, circle: Circle, asked: OrganizationId | None) -> Iterator[Hearing]:
        concerned = [
            it
            for it in circle.parties
            if it.organization_id != asked or it.organization_id == circle.asked_by
        ]
        yield from referents(concerned, kind)

    return rule


def _the_person_asked(
    event: MandateProposed, _circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    yield Hearing(event.person_id, event.organization_id, NoticeKind.MANDATE_PROPOSED, NoticeReason.ASKED)


def _the_person_asked_no_more(
    event: MandateWithdrawn, _circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Whoever left knows it, and the others lose nobody: who had not answered was no référent yet."""
    if event.withdrawn_by:
        yield Hearing(
            event.person_id, event.organization_id, NoticeKind.INVITATION_WITHDRAWN, NoticeReason.ASKED
        )


def _nobody(_event: Event, _circle: Circle, _acting: OrganizationId | None) -> Iterable[Hearing]:
    return ()


def _the_person_and_the_referents(
    event: MandateEnded, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    if event.reason is MandateEnd.HANDED_OVER:
        # The hand-over says it, and the successor's acceptance tells the other side.
        return
    yield Hearing(event.person_id, event.organization_id, NoticeKind.MANDATE_ENDED, NoticeReason.REFERENT)
    if any(it.vacant for it in circle.parties if it.organization_id == event.organization_id):
        # The event that follows says more.
        return
    yield from referents(circle.parties, NoticeKind.MANDATE_ENDED)


RULES: dict[type[Event], Rule] = {
    MandateProposed: _the_person_asked,
    MandateAccepted: _those_who_wait_for_an_answer(NoticeKind.MANDATE_ACCEPTED),
    MandateDeclined: _those_who_wait_for_an_answer(NoticeKind.MANDATE_DECLINED),
    MandateWithdrawn: _the_person_asked_no_more,
    MandateEnded: _the_person_and_the_referents,
    HandoverCompleted: whoever_handed_over,
    DelegationGranted: the_deputy_and_the_referents,
    DelegationEnded: the_deputy_and_the_referents,
    SideLeftVacant: the_vacant_side_and_the_other_one,
    NegotiationOpened: _all_referents(NoticeKind.NEGOTIATION_OPENED),
    ClauseProposed: _other_referents(NoticeKind.CLAUSE_PROPOSED),
    ClauseAdded: _other_referents(NoticeKind.CLAUSE_PROPOSED),
    ClauseWithdrawn: _other_referents(NoticeKind.CLAUSE_WITHDRAWN),
    ClauseAccepted: _other_referents(NoticeKind.CLAUSE_ACCEPTED),
    TermsProposed: _other_referents(NoticeKind.TERMS_PROPOSED),
    TermsAccepted: _other_referents(NoticeKind.TERMS_ACCEPTED),
    AnnexProposed: _those_who_accept_an_annex,
    AnnexAccepted: _other_referents(NoticeKind.ANNEX_ACCEPTED),
    CommentAdded: _other_referents(NoticeKind.COMMENT_ADDED),
    AdmissionProposed: those_who_let_in,
    # Settles what that party was asked; the timeline tells it.
    AdmissionAccepted: _nobody,
    AdmissionEnded: those_who_were_asked,
    PartyJoined: those_who_negotiate_with_it,
    PartyTakenBack: the_parties_and_who_is_taken_back,
    ObserverAdmitted: the_parties_and_the_guest,
    ObserverLeft: those_who_were_asked,
    ConventionSealed: those_who_can_sign_and_the_other_side,
    ConventionSigned: those_who_await_a_signature,
    PaperScanGiven: those_who_attest,
    SignatureDue: those_who_are_late,
    SignatureRefused: _other_deciders(NoticeKind.SIGNATURE_REFUSED),
    SignaturesVoided: those_who_had_signed,
    ConventionActivated: _all_deciders(NoticeKind.CONVENTION_ACTIVE),
    ConventionSuspended: _all_deciders(NoticeKind.CONVENTION_SUSPENDED),
    SuspensionLifted: _all_deciders(NoticeKind.SUSPENSION_LIFTED),
    TerminationNotified: _all_deciders(NoticeKind.TERMINATION_NOTIFIED),
    TerminationWithdrawn: _all_deciders(NoticeKind.TERMINATION_WITHDRAWN),
    DepartureNotified: _all_deciders(NoticeKind.DEPARTURE_NOTIFIED),
    PartyLeft: those_who_stay,
    RenewalDue: those_who_renew,
    RenewalDecided: _all_deciders(NoticeKind.RENEWAL_DECIDED),
    ConventionRenewed: _all_deciders(NoticeKind.CONVENTION_RENEWED),
    ConventionExpired: _all_deciders(NoticeKind.CONVENTION_ENDED),
    ConventionTerminated: _those_who_have_duties_left,
    # Settles what its own side was asked; the timeline tells it.
    ClosingStepDone: _nobody,
    ConventionClosed: _all_deciders(NoticeKind.CONVENTION_CLOSED),
    **OF_PROMISES,
    **OF_AMENDMENTS,
    **OF_MEDIATION,
    MessagePosted: those_who_read_the_room,
    RoomFileGiven: those_who_read_the_room,
    TaskAssigned: those_who_do_it,
    TaskReopened: those_who_do_it,
    TaskFinished: the_other_side_of_a_shared_room,
    ProjectProposed: _other_workers(NoticeKind.PROJECT_PROPOSED),
    ProjectStarted: _other_workers(NoticeKind.PROJECT_STARTED),
    MilestoneReached: _other_workers(NoticeKind.MILESTONE_REACHED),
    MilestoneMoved: _other_workers(NoticeKind.MILESTONE_MOVED),
    IndicatorProposed: _other_workers(NoticeKind.INDICATOR_PROPOSED),
    IndicatorAgreed: _other_workers(NoticeKind.INDICATOR_AGREED),
    MeasureRecorded: _other_workers(NoticeKind.MEASURE_RECORDED),
}
"""Who hears of what. An event that is not listed is told to nobody."""
