"""What happens in a mediation, and whom each event is told to."""

from typing import Any

from shared.contracts.identifiers import MediationId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.mediation import MediationPart
from shared.contracts.projects.mediation_events import (
    MediationAccepted,
    MediationAsked,
    MediationEnded,
    MediationPlanned,
    MediationProposed,
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
from tests.notifications.domain.circle_of_promises import PROMISE_SAMPLES

AGREEMENT, MEDIATOR = MediationPart.AGREEMENT, MediationPart.MEDIATOR
MEDIATION = MediationId(new_id())


def of(organization_id: OrganizationId) -> dict[str, Any]:
    """What every event of it carries."""
    return {"mediation_id": MEDIATION, "convention_id": CONVENTION, "organization_id": organization_id}


def accepted(by: OrganizationId, part: MediationPart, *, agreed: bool) -> MediationAccepted:
    return MediationAccepted(**of(by), part=part, agreed=agreed)


ASKED = MediationAsked(**of(HOSPITAL), obligation_id=None)
PROPOSED = MediationProposed(**of(ASSOCIATION), part=AGREEMENT, revision=1)
PLANNED = MediationPlanned(**of(HOSPITAL), meets_on=DAY)
ENDED = MediationEnded(**of(ASSOCIATION), agreed=True)


def told_to_association(kind: NoticeKind) -> dict[PersonId, NoticeKind]:
    return {ODILE: kind, PAUL: kind}


def told_to_hospital(kind: NoticeKind) -> dict[PersonId, NoticeKind]:
    return {CLAIRE: kind, KARIM: kind}


MEDIATION_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (ASKED, CLAIRE, HOSPITAL, told_to_association(NoticeKind.MEDIATION_AWAITED)),
    (PROPOSED, ODILE, ASSOCIATION, told_to_hospital(NoticeKind.MEDIATION_AWAITED)),
    (
        accepted(ASSOCIATION, MEDIATOR, agreed=True),
        ODILE,
        ASSOCIATION,
        told_to_hospital(NoticeKind.MEDIATION_MOVED),
    ),
    (accepted(ASSOCIATION, AGREEMENT, agreed=True), ODILE, ASSOCIATION, {}),
    (PLANNED, CLAIRE, HOSPITAL, told_to_association(NoticeKind.MEDIATION_MOVED)),
    (ENDED, ODILE, ASSOCIATION, told_to_hospital(NoticeKind.MEDIATION_ENDED)),
]
KEPT_OR_MEDIATED_SAMPLES = [*PROMISE_SAMPLES, *MEDIATION_SAMPLES]
