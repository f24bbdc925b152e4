"""Who hears of an amendment, beside what is told of any text that is negotiated and signed."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, Rule, referents, signatories
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentEnteredIntoForce,
    AmendmentProposed,
    AmendmentSigned,
)


def those_who_will_negotiate(
    _event: AmendmentProposed, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The other sides; those who sign are asked when it is sealed."""
    yield from referents(circle.others(acting), NoticeKind.AMENDMENT_PROPOSED)


def those_who_wait_for_its_day(
    event: AmendmentSigned, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Where it enters into force with the last signature, that tells it."""
    if event.effective_on is not None:
        yield from referents(circle.parties, NoticeKind.AMENDMENT_SIGNED)
        yield from signatories(circle.parties, NoticeKind.AMENDMENT_SIGNED)


def those_whom_it_binds(
    _event: AmendmentEnteredIntoForce, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Everybody who answers or signs for a party."""
    yield from referents(circle.parties, NoticeKind.AMENDMENT_IN_FORCE)
    yield from signatories(circle.parties, NoticeKind.AMENDMENT_IN_FORCE)


def those_who_worked_on_it(
    event: AmendmentAbandoned, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Whoever gave it up has a colleague who signs, too; when the convention ends, that says more."""
    if event.organization_id is not None:
        yield from referents(circle.parties, NoticeKind.AMENDMENT_ABANDONED)
        yield from signatories(circle.parties, NoticeKind.AMENDMENT_ABANDONED)


OF_AMENDMENTS: dict[type[Event], Rule] = {
    AmendmentProposed: those_who_will_negotiate,
    AmendmentSigned: those_who_wait_for_its_day,
    AmendmentEnteredIntoForce: those_whom_it_binds,
    AmendmentAbandoned: those_who_worked_on_it,
}
"""Who hears of what."""
