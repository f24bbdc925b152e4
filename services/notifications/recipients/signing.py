"""Who hears of a text that is sealed, signed, late, or open again."""

from collections.abc import Iterator
from dataclasses import replace

from services.notifications.recipients.circle import Circle, Hearing, referents, signatories
from shared.contracts.identifiers import OrganizationId
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import (
    ConventionSealed,
    ConventionSigned,
    PaperScanGiven,
    SignatureDue,
    SignaturesVoided,
    VoidReason,
)


def those_who_can_sign_and_the_other_side(
    event: ConventionSealed, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Each is asked; where the order is fixed, when her turn comes."""
    first = event.sign_order[:1] or [it.organization_id for it in circle.parties]
    yield from signatories(circle.among(first), NoticeKind.SIGNATURE_AWAITED)
    yield from referents(circle.others(acting), NoticeKind.TEXT_SEALED)


def those_who_await_a_signature(
    event: ConventionSigned, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Whose turn it is, and the référents who wait with them."""
    told = NoticeKind.SIGNATURE_ATTESTED if event.on_paper else NoticeKind.CONVENTION_SIGNED
    if event.next_to_sign is not None:
        yield from signatories(circle.among([event.next_to_sign]), NoticeKind.SIGNATURE_AWAITED)
        yield from referents(circle.others(acting), told)
        return
    if all(party.signed for party in circle.parties):
        # The last signature makes the convention active, and that event tells it.
        return
    for party in circle.others(acting):
        if not party.signed:
            for person in sorted(party.referents & party.signatories):
                yield Hearing(
                    person, party.organization_id, NoticeKind.SIGNATURE_AWAITED, NoticeReason.SIGNATORY
                )
        yield from referents((party,), told)


def those_who_attest(
    _event: PaperScanGiven, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """The référents to whom each party that has not signed gave a say: attesting binds it (decision 0035)."""
    for party in circle.others(acting):
        if not party.signed:
            trusted = party.entrusted | party.administrators | party.signatories
            attesting = replace(party, referents=party.referents & trusted, deputies=party.deputies & trusted)
            yield from referents((attesting,), NoticeKind.PAPER_SCAN_GIVEN)


def those_who_are_late(
    event: SignatureDue, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Those who can sign now and have not."""
    yield from signatories(circle.among(event.awaited), NoticeKind.SIGNATURE_DUE)


def those_who_had_signed(
    event: SignaturesVoided, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    """Their signatures no longer count."""
    if event.reason is VoidReason.DEADLINE:
        # Nobody did it: all of them are told, whichever side had sealed.
        yield from referents(circle.parties, NoticeKind.SIGNING_LAPSED)
        yield from signatories(circle.parties, NoticeKind.SIGNING_LAPSED)
        return
    for person in event.voided:
        for party in circle.parties:
            if person in party.signatories | party.referents:
                yield Hearing(
                    person, party.organization_id, NoticeKind.SIGNATURES_VOIDED, NoticeReason.SIGNED
                )
    if event.reason is not VoidReason.REFUSAL:
        # After a refusal the référents have been told of the refusal itself, which says more.
        yield from referents(circle.others(acting), NoticeKind.SIGNATURES_VOIDED)
