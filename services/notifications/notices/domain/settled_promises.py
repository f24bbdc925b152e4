"""Which notices about dated obligations have nothing left to ask."""

from services.notifications.notices.domain.rules import Settled
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.promise_events import (
    ObligationContested,
    ObligationKept,
    ObligationMissed,
    ObligationPostponed,
    ObligationsReleased,
)


def settled_promises(event: Event) -> tuple[Settled, ...]:
    """One party's word is an answer for all: whoever disagrees is told of it, and says her own."""
    match event:
        case ObligationKept() | ObligationContested():
            return (
                Settled(NoticeKind.OBLIGATION_DUE, event.obligation_id),
                Settled(NoticeKind.OBLIGATION_MISSED, event.obligation_id),
            )
        case ObligationMissed() | ObligationPostponed():
            return (Settled(NoticeKind.OBLIGATION_DUE, event.obligation_id),)
        case ObligationsReleased():
            # All that were still to come; those that were missed stay.
            return (Settled(NoticeKind.OBLIGATION_DUE),)
        case _:
            return ()
