"""Who is told what when a référent is absent, or gone."""

from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    MandateEnd,
    MandateEnded,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.identifiers import DelegationId, MandateId, new_id
from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.domain.circle import (
    ASSOCIATION,
    CLAIRE,
    CONVENTION,
    DAY,
    MANDATE,
    NORA,
    ODILE,
    PAUL,
    Sample,
)

DEPARTURES: list[Sample] = [
    (
        MandateWithdrawn(
            mandate_id=MANDATE, convention_id=CONVENTION, organization_id=ASSOCIATION, person_id=NORA
        ),
        ODILE,
        ASSOCIATION,
        {},
    ),
    (
        MandateEnded(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            person_id=NORA,
            reason=MandateEnd.LEFT,
        ),
        ODILE,
        ASSOCIATION,
        {NORA: NoticeKind.MANDATE_ENDED, CLAIRE: NoticeKind.MANDATE_ENDED},
    ),
    (
        MandateEnded(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            person_id=ODILE,
            reason=MandateEnd.HANDED_OVER,
        ),
        NORA,
        ASSOCIATION,
        {},
    ),
    (
        HandoverCompleted(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            person_id=ODILE,
            successor_mandate_id=MandateId(new_id()),
            successor_id=NORA,
        ),
        NORA,
        ASSOCIATION,
        {ODILE: NoticeKind.HANDOVER_COMPLETED},
    ),
    (
        DelegationGranted(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            delegation_id=DelegationId(new_id()),
            deputy_id=NORA,
            starts_on=DAY,
            ends_on=DAY,
        ),
        ODILE,
        ASSOCIATION,
        {NORA: NoticeKind.DELEGATION_RECEIVED, CLAIRE: NoticeKind.DELEGATION_GRANTED},
    ),
    (
        DelegationEnded(
            mandate_id=MANDATE,
            convention_id=CONVENTION,
            organization_id=ASSOCIATION,
            delegation_id=DelegationId(new_id()),
            deputy_id=NORA,
        ),
        NORA,
        ASSOCIATION,
        {ODILE: NoticeKind.DELEGATION_ENDED, CLAIRE: NoticeKind.DELEGATION_ENDED},
    ),
    (
        SideLeftVacant(mandate_id=MANDATE, convention_id=CONVENTION, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.SIDE_LEFT_VACANT, PAUL: NoticeKind.REFERENT_MISSING},
    ),
]
