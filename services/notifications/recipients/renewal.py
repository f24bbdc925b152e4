"""Who hears that a term comes to its end."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, referents, signatories
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import RenewalDue
from shared.contracts.projects.terms import Renewal


def those_who_renew(event: RenewalDue, circle: Circle, _acting: OrganizationId | None) -> Iterator[Hearing]:
    """What goes on by itself is told to all; what needs a yes asks those who may give it."""
    if event.renewal is Renewal.EXPRESS:
        yield from signatories(circle.parties, NoticeKind.RENEWAL_AWAITED)
    yield from referents(circle.parties, NoticeKind.RENEWAL_COMING)
    yield from signatories(circle.parties, NoticeKind.RENEWAL_COMING)
