"""Whom the life of an amendment is told to."""

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentEnteredIntoForce,
    AmendmentProposed,
    AmendmentSigned,
)
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

AMENDMENT = ConventionId(new_id())
EVERYBODY = (CLAIRE, KARIM, ODILE, PAUL)

AMENDMENT_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (
        AmendmentProposed(
            convention_id=AMENDMENT, amends=CONVENTION, number=1, organization_id=HOSPITAL, parties=()
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.AMENDMENT_PROPOSED},
    ),
    (
        AmendmentSigned(convention_id=AMENDMENT, amends=CONVENTION, effective_on=None),
        PAUL,
        ASSOCIATION,
        {},
    ),
    (
        AmendmentSigned(convention_id=AMENDMENT, amends=CONVENTION, effective_on=DAY),
        PAUL,
        ASSOCIATION,
        dict.fromkeys((CLAIRE, KARIM, ODILE), NoticeKind.AMENDMENT_SIGNED),
    ),
    (
        AmendmentEnteredIntoForce(convention_id=AMENDMENT, amends=CONVENTION),
        None,
        None,
        dict.fromkeys(EVERYBODY, NoticeKind.AMENDMENT_IN_FORCE),
    ),
    (
        AmendmentAbandoned(convention_id=AMENDMENT, amends=CONVENTION, organization_id=ASSOCIATION),
        ODILE,
        ASSOCIATION,
        dict.fromkeys((CLAIRE, KARIM, PAUL), NoticeKind.AMENDMENT_ABANDONED),
    ),
    (
        AmendmentAbandoned(convention_id=AMENDMENT, amends=CONVENTION, organization_id=None),
        None,
        None,
        {},
    ),
]
