"""Which notices a party that is gone leaves behind: nothing is asked of its people any more."""

from services.notifications.notices.domain.rules import Settled
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import PartyTakenBack

_ASKED_OF_PARTIES = (
    NoticeKind.CLAUSE_PROPOSED,
    NoticeKind.TERMS_PROPOSED,
    NoticeKind.ANNEX_PROPOSED,
    NoticeKind.ADMISSION_PROPOSED,
    NoticeKind.SIGNATURE_AWAITED,
    NoticeKind.PAPER_SCAN_GIVEN,
    NoticeKind.RENEWAL_AWAITED,
)


def asked_of_who_is_gone(event: Event) -> tuple[Settled, ...]:
    """What had been asked of a party that has left or was taken back, in the text that the event is about."""
    match event:
        case PartyLeft():
            gone = event.organization_id
        case PartyTakenBack():
            gone = event.taken_back
        case _:
            return ()
    return tuple(Settled(kind, organization_id=gone) for kind in _ASKED_OF_PARTIES)
