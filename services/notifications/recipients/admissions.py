"""Who hears of organisations that come to a convention, as a party or to observe it."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, referents
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.parties import (
    AdmissionEnded,
    AdmissionProposed,
    ObserverAdmitted,
    ObserverLeft,
    PartyJoined,
    PartyTakenBack,
)


def those_who_let_in(
    _event: AdmissionProposed, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Every other party answers for itself."""
    if circle.negotiating:
        yield from referents(circle.others(acting), NoticeKind.ADMISSION_PROPOSED)


def those_who_negotiate_with_it(
    _event: PartyJoined, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The parties that were there; the one that joined hears once somebody is asked to be its référent."""
    yield from referents(circle.others(acting), NoticeKind.PARTY_JOINED)


def the_parties_and_the_guest(
    event: ObserverAdmitted, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Who writes in the shared room knows who reads it; the observer hears that it may."""
    if circle.guest:
        for people, because in (
            (circle.guest.administrators, NoticeReason.ADMINISTRATOR),
            (circle.guest.signatories, NoticeReason.SIGNATORY),
        ):
            for person in sorted(people):
                yield Hearing(person, event.observer, NoticeKind.OBSERVING, because)
    yield from referents(circle.others(acting), NoticeKind.OBSERVER_ADMITTED)


def the_parties_and_who_is_taken_back(
    event: PartyTakenBack, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The parties that stay, and whoever decides for the one that had been asked; its people who were asked hear of that."""
    if circle.guest and event.organization_id != event.taken_back:
        for people, because in (
            (circle.guest.administrators, NoticeReason.ADMINISTRATOR),
            (circle.guest.signatories, NoticeReason.SIGNATORY),
        ):
            for person in sorted(people):
                yield Hearing(person, event.taken_back, NoticeKind.INVITATION_WITHDRAWN, because)
    yield from referents(circle.others(acting), NoticeKind.ADMISSION_ENDED)


def those_who_were_asked(
    event: AdmissionEnded | ObserverLeft, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """It does not come, or reads no more."""
    kind = NoticeKind.ADMISSION_ENDED if isinstance(event, AdmissionEnded) else NoticeKind.OBSERVER_LEFT
    yield from referents(circle.others(acting), kind)
