"""What the circle of a convention hears of organisations that come."""

from shared.contracts.identifiers import AdmissionId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    AdmissionProposed,
    ObserverAdmitted,
    ObserverLeft,
    PartyJoined,
    PartyTakenBack,
    Role,
)
from shared.contracts.values import Side
from tests.notifications.domain.circle import ASSOCIATION, CLAIRE, CONVENTION, HOSPITAL, ODILE

ADMISSION, COMING = AdmissionId(new_id()), OrganizationId(new_id())

PARTIES_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (
        AdmissionProposed(
            convention_id=CONVENTION,
            admission_id=ADMISSION,
            organization_id=ASSOCIATION,
            proposed=COMING,
            role=Role.PARTY,
        ),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.ADMISSION_PROPOSED},
    ),
    (
        AdmissionAccepted(convention_id=CONVENTION, admission_id=ADMISSION, organization_id=HOSPITAL),
        CLAIRE,
        HOSPITAL,
        {},
    ),
    (
        AdmissionEnded(
            convention_id=CONVENTION, admission_id=ADMISSION, organization_id=HOSPITAL, proposed=COMING
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.ADMISSION_ENDED},
    ),
    (
        PartyJoined(
            convention_id=CONVENTION,
            admission_id=ADMISSION,
            organization_id=HOSPITAL,
            joined=COMING,
            side=Side.ASSOCIATION,
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.PARTY_JOINED},
    ),
    (
        PartyTakenBack(
            convention_id=CONVENTION, admission_id=ADMISSION, organization_id=HOSPITAL, taken_back=COMING
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.ADMISSION_ENDED},
    ),
    (
        ObserverAdmitted(
            convention_id=CONVENTION,
            admission_id=ADMISSION,
            organization_id=HOSPITAL,
            observer=COMING,
            role=Role.FUNDER,
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.OBSERVER_ADMITTED},
    ),
    (
        ObserverLeft(
            convention_id=CONVENTION, admission_id=ADMISSION, organization_id=COMING, observer=COMING
        ),
        None,
        COMING,
        {CLAIRE: NoticeKind.OBSERVER_LEFT, ODILE: NoticeKind.OBSERVER_LEFT},
    ),
]
