"""What becomes of dated obligations, and whom each event is told to."""

from shared.contracts.identifiers import ObligationId, OrganizationId, PersonId, PromisesId, new_id
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.promise_events import (
    ObligationContested,
    ObligationDue,
    ObligationKept,
    ObligationMissed,
    ObligationPostponed,
    ObligationsReleased,
)
from shared.contracts.projects.promises import ObligationKind
from tests.notifications.domain.circle import ASSOCIATION, CLAIRE, CONVENTION, DAY, HOSPITAL, ODILE

PROMISES, OBLIGATION = PromisesId(new_id()), ObligationId(new_id())


def due(owed_by: OrganizationId | None) -> ObligationDue:
    return ObligationDue(
        promises_id=PROMISES,
        convention_id=CONVENTION,
        obligation_id=OBLIGATION,
        kind=ObligationKind.MEANS,
        owed_by=owed_by,
        due_on=DAY,
    )


MISSED = ObligationMissed(
    promises_id=PROMISES,
    convention_id=CONVENTION,
    obligation_id=OBLIGATION,
    kind=ObligationKind.MEETING,
    owed_by=None,
    due_on=DAY,
)
KEPT = ObligationKept(
    promises_id=PROMISES,
    convention_id=CONVENTION,
    obligation_id=OBLIGATION,
    organization_id=HOSPITAL,
    kept_on=DAY,
)
CONTESTED = ObligationContested(
    promises_id=PROMISES, convention_id=CONVENTION, obligation_id=OBLIGATION, organization_id=ASSOCIATION
)
POSTPONED = ObligationPostponed(
    promises_id=PROMISES, convention_id=CONVENTION, obligation_id=OBLIGATION, due_on=DAY
)
RELEASED = ObligationsReleased(promises_id=PROMISES, convention_id=CONVENTION, obligations=3)

PROMISE_SAMPLES: list[tuple[Event, PersonId | None, OrganizationId | None, dict[PersonId, NoticeKind]]] = [
    (due(None), None, None, {CLAIRE: NoticeKind.OBLIGATION_DUE, ODILE: NoticeKind.OBLIGATION_DUE}),
    (due(ASSOCIATION), None, None, {ODILE: NoticeKind.OBLIGATION_DUE}),
    (MISSED, None, None, {CLAIRE: NoticeKind.OBLIGATION_MISSED, ODILE: NoticeKind.OBLIGATION_MISSED}),
    (KEPT, CLAIRE, HOSPITAL, {ODILE: NoticeKind.OBLIGATION_KEPT}),
    (CONTESTED, ODILE, ASSOCIATION, {CLAIRE: NoticeKind.OBLIGATION_CONTESTED}),
    (POSTPONED, None, None, {}),
    (RELEASED, None, None, {}),
]
