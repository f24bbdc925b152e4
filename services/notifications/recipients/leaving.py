"""Who hears of a party that is gone."""

from collections.abc import Iterator

from services.notifications.recipients.circle import Circle, Hearing, referents, signatories
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.leaving import PartyLeft


def those_who_stay(event: PartyLeft, circle: Circle, _acting: OrganizationId | None) -> Iterator[Hearing]:
    """Everybody who answers or signs for the others. Of the amendment that is open, only whose turn to sign it is now: that
    the party left is told of the convention.
    """
    if event.amends:
        turn = [event.next_to_sign] if event.next_to_sign else []
        yield from signatories(circle.among(turn), NoticeKind.SIGNATURE_AWAITED)
        return
    yield from referents(circle.parties, NoticeKind.PARTY_LEFT)
    yield from signatories(circle.parties, NoticeKind.PARTY_LEFT)
