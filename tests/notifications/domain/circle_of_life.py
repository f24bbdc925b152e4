"""Whom what becomes of a signed convention is told to."""

from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    ClosingStep,
    ClosingStepDone,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSuspended,
    ConventionTerminated,
    RenewalDecided,
    RenewalDue,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.leaving import DepartureNotified, PartyLeft
from shared.contracts.projects.taking_back import TerminationWithdrawn
from shared.contracts.projects.terms import Renewal
from tests.notifications.domain.circle import (
    ASSOCIATION,
    CLAIRE,
    CONVENTION,
    DAY,
    HOSPITAL,
    KARIM,
    ODILE,
    PAUL,
)

LIFE_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (
        ConventionSuspended(convention_id=CONVENTION, organization_id=HOSPITAL, resumes_on=None),
        KARIM,
        HOSPITAL,
        {
            CLAIRE: NoticeKind.CONVENTION_SUSPENDED,
            ODILE: NoticeKind.CONVENTION_SUSPENDED,
            PAUL: NoticeKind.CONVENTION_SUSPENDED,
        },
    ),
    (
        SuspensionLifted(convention_id=CONVENTION, organization_id=HOSPITAL, resumed=True),
        None,
        None,
        {
            CLAIRE: NoticeKind.SUSPENSION_LIFTED,
            KARIM: NoticeKind.SUSPENSION_LIFTED,
            ODILE: NoticeKind.SUSPENSION_LIFTED,
            PAUL: NoticeKind.SUSPENSION_LIFTED,
        },
    ),
    (
        DepartureNotified(convention_id=CONVENTION, organization_id=ASSOCIATION, effective_on=DAY),
        PAUL,
        ASSOCIATION,
        dict.fromkeys((CLAIRE, KARIM, ODILE), NoticeKind.DEPARTURE_NOTIFIED),
    ),
    (
        PartyLeft(convention_id=CONVENTION, organization_id=OrganizationId(new_id()), left_on=DAY),
        None,
        None,
        dict.fromkeys((CLAIRE, KARIM, ODILE, PAUL), NoticeKind.PARTY_LEFT),
    ),
    (
        TerminationWithdrawn(convention_id=CONVENTION, organization_id=ASSOCIATION, effective_on=DAY),
        PAUL,
        ASSOCIATION,
        dict.fromkeys((CLAIRE, KARIM, ODILE), NoticeKind.TERMINATION_WITHDRAWN),
    ),
    (
        TerminationNotified(convention_id=CONVENTION, organization_id=ASSOCIATION, effective_on=DAY),
        PAUL,
        ASSOCIATION,
        {
            CLAIRE: NoticeKind.TERMINATION_NOTIFIED,
            KARIM: NoticeKind.TERMINATION_NOTIFIED,
            ODILE: NoticeKind.TERMINATION_NOTIFIED,
        },
    ),
    (
        ConventionTerminated(convention_id=CONVENTION, organization_id=ASSOCIATION, effective_on=DAY),
        None,
        None,
        {
            CLAIRE: NoticeKind.CONVENTION_ENDED,
            KARIM: NoticeKind.CONVENTION_ENDED,
            ODILE: NoticeKind.CONVENTION_ENDED,
            PAUL: NoticeKind.CONVENTION_ENDED,
        },
    ),
    (
        ConventionTerminated(
            convention_id=CONVENTION, organization_id=ASSOCIATION, effective_on=DAY, ready=(HOSPITAL,)
        ),
        None,
        None,
        dict.fromkeys((ODILE, PAUL), NoticeKind.CONVENTION_ENDED),
    ),
    (
        ClosingStepDone(
            convention_id=CONVENTION,
            organization_id=HOSPITAL,
            step=ClosingStep.RETURN_ACCESS,
            last=True,
        ),
        CLAIRE,
        HOSPITAL,
        {},
    ),
    (
        RenewalDue(convention_id=CONVENTION, renewal=Renewal.TACIT, ends_on=DAY, decide_by=DAY),
        None,
        None,
        dict.fromkeys((CLAIRE, KARIM, ODILE, PAUL), NoticeKind.RENEWAL_COMING),
    ),
    (
        RenewalDue(convention_id=CONVENTION, renewal=Renewal.EXPRESS, ends_on=DAY, decide_by=DAY),
        None,
        None,
        {
            CLAIRE: NoticeKind.RENEWAL_AWAITED,
            KARIM: NoticeKind.RENEWAL_AWAITED,
            PAUL: NoticeKind.RENEWAL_AWAITED,
            ODILE: NoticeKind.RENEWAL_COMING,
        },
    ),
    (
        RenewalDecided(convention_id=CONVENTION, organization_id=HOSPITAL, ends_on=DAY, agrees=True),
        KARIM,
        HOSPITAL,
        dict.fromkeys((CLAIRE, ODILE, PAUL), NoticeKind.RENEWAL_DECIDED),
    ),
    (
        ConventionRenewed(convention_id=CONVENTION, renewal=Renewal.TACIT, ends_on=DAY),
        None,
        None,
        dict.fromkeys((CLAIRE, KARIM, ODILE, PAUL), NoticeKind.CONVENTION_RENEWED),
    ),
    (
        ConventionExpired(convention_id=CONVENTION, ended_on=DAY),
        None,
        None,
        {
            CLAIRE: NoticeKind.CONVENTION_ENDED,
            KARIM: NoticeKind.CONVENTION_ENDED,
            ODILE: NoticeKind.CONVENTION_ENDED,
            PAUL: NoticeKind.CONVENTION_ENDED,
        },
    ),
    (
        ConventionClosed(convention_id=CONVENTION),
        CLAIRE,
        HOSPITAL,
        {
            KARIM: NoticeKind.CONVENTION_CLOSED,
            ODILE: NoticeKind.CONVENTION_CLOSED,
            PAUL: NoticeKind.CONVENTION_CLOSED,
        },
    ),
]
