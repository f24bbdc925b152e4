"""Who hears what happens in a mediation: those who speak for the other parties, référents and signatories."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, Rule, referents, signatories
from shared.contracts.identifiers import OrganizationId
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


def _the_others(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: [
        *referents(circle.others(acting), kind),
        *signatories(circle.others(acting), kind),
    ]


def _unless_its_end_says_more(
    event: MediationAccepted, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    if event.part is MediationPart.MEDIATOR or not event.agreed:
        yield from _the_others(NoticeKind.MEDIATION_MOVED)(event, circle, acting)


OF_MEDIATION: dict[type[Event], Rule] = {
    MediationAsked: _the_others(NoticeKind.MEDIATION_AWAITED),
    MediationProposed: _the_others(NoticeKind.MEDIATION_AWAITED),
    MediationAccepted: _unless_its_end_says_more,
    MediationPlanned: _the_others(NoticeKind.MEDIATION_MOVED),
    MediationEnded: _the_others(NoticeKind.MEDIATION_ENDED),
}
"""Merged into the table of all events."""
