"""Who hears that a side changes hands: a hand-over, a side without its référent, a deputy."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, referents
from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    SideLeftVacant,
)
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason


def whoever_handed_over(
    event: HandoverCompleted, _circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Whoever handed over: her successor has just accepted, and is shown what she takes over."""
    yield Hearing(
        event.person_id, event.organization_id, NoticeKind.HANDOVER_COMPLETED, NoticeReason.HANDED_OVER
    )


def the_vacant_side_and_the_other_one(
    event: SideLeftVacant, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Who stands in on the side without référent, who administers it, and the référents of the others."""
    for party in circle.parties:
        if party.organization_id != event.organization_id:
            yield from referents((party,), NoticeKind.SIDE_LEFT_VACANT)
            continue
        for people, because in (
            (party.signatories, NoticeReason.STANDING_IN),
            (party.administrators, NoticeReason.ADMINISTRATOR),
        ):
            for person in sorted(people):
                yield Hearing(person, party.organization_id, NoticeKind.REFERENT_MISSING, because)


def the_deputy_and_the_referents(
    event: DelegationGranted | DelegationEnded, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The deputy herself, and the référents of every side."""
    granted = isinstance(event, DelegationGranted)
    kind = NoticeKind.DELEGATION_RECEIVED if granted else NoticeKind.DELEGATION_ENDED
    yield Hearing(event.deputy_id, event.organization_id, kind, NoticeReason.DEPUTY)
    yield from referents(
        circle.parties, NoticeKind.DELEGATION_GRANTED if granted else NoticeKind.DELEGATION_ENDED
    )
