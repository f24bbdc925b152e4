"""What the circle of a convention hears of its annexes."""

from shared.contracts.identifiers import AnnexId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import AnnexAccepted, AnnexProposed
from tests.notifications.domain.circle import ASSOCIATION, CLAIRE, CONVENTION, HOSPITAL, ODILE

ANNEX = AnnexId(new_id())

ANNEX_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (
        AnnexProposed(
            convention_id=CONVENTION, annex_id=ANNEX, revision=2, organization_id=ASSOCIATION, withdrawn=False
        ),
        ODILE,
        ASSOCIATION,
        {CLAIRE: NoticeKind.ANNEX_PROPOSED},
    ),
    (
        AnnexAccepted(
            convention_id=CONVENTION, annex_id=ANNEX, revision=2, organization_id=HOSPITAL, agreed=True
        ),
        CLAIRE,
        HOSPITAL,
        {ODILE: NoticeKind.ANNEX_ACCEPTED},
    ),
]
