"""Which notices about a mediation have nothing left to ask. One lasts at a time, so the convention names it."""

from services.notifications.notices.domain.rules import Settled
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.mediation_events import MediationAccepted, MediationEnded, MediationProposed


def settled_mediation(event: Event) -> tuple[Settled, ...]:
    """A newer proposal answers the older one, for whoever wrote it and for whoever now reads it."""
    match event:
        case MediationAccepted():
            only = None if event.agreed else event.organization_id
            return (Settled(NoticeKind.MEDIATION_AWAITED, organization_id=only),)
        case MediationProposed() | MediationEnded():
            return (Settled(NoticeKind.MEDIATION_AWAITED),)
        case _:
            return ()
