"""Who should hear of an event, and why she. Rules only: the circle of people is given.

Whoever acted is never told of her own act, and one event makes at most one notice for a person: where two rules name
her, the first listed wins, so what asks for an act stands before what informs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from services.notifications.recipients.circle import Circle, Party
from shared.contracts.contacts.events import (
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    CommentAdded,
    ConventionActivated,
    ConventionClosed,
    ConventionExpired,
    ConventionSealed,
    ConventionSigned,
    ConventionSuspended,
    ConventionTerminated,
    IndicatorAgreed,
    IndicatorProposed,
    MeasureRecorded,
    MilestoneMoved,
    MilestoneReached,
    NegotiationOpened,
    ProjectProposed,
    ProjectStarted,
    SignatureRefused,
    SignaturesVoided,
    SuspensionLifted,
    TerminationNotified,
    VoidReason,
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """A person who should hear of an event, as whom she speaks there, and why she."""

    person_id: PersonId
    organization_id: OrganizationId
    kind: NoticeKind
    because: NoticeReason


def who_should_hear(
    event: Event, circle: Circle, *, actor_person: PersonId | None, actor_organization: OrganizationId | None
) -> tuple[Hearing, ...]:
    """Everybody who should be told of the event, each once."""
    chosen: dict[PersonId, Hearing] = {}
    for hearing in _named(event, circle, actor_organization):
        if hearing.person_id != actor_person:
            chosen.setdefault(hearing.person_id, hearing)
    return tuple(chosen.values())


def _named(event: Event, circle: Circle, acting: OrganizationId | None) -> Iterable[Hearing]:
    rule = RULES.get(type(event))
    if rule is None:
        return ()
    # Most events say which organisation acted; a few leave it to their envelope.
    return rule(event, circle, getattr(event, "organization_id", acting))


def _referents(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    for party in parties:
        for person in sorted(party.referents):
            yield Hearing(person, party.organization_id, kind, NoticeReason.REFERENT)
        if party.vacant:
            for person in sorted(party.signatories):
                yield Hearing(person, party.organization_id, kind, NoticeReason.STANDING_IN)


def _signatories(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    for party in parties:
        for person in sorted(party.signatories):
            yield Hearing(person, party.organization_id, kind, NoticeReason.SIGNATORY)


def _leads(parties: Iterable[Party], kind: NoticeKind) -> Iterator[Hearing]:
    for party in parties:
        if party.lead is not None:
            yield Hearing(party.lead, party.organization_id, kind, NoticeReason.LEAD)


Rule = Callable[[Any, Circle, OrganizationId | None], Iterable[Hearing]]
"""The event, the circle, and the organisation that acted."""


def _other_referents(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: _referents(circle.others(acting), kind)


def _other_workers(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: [
        *_leads(circle.others(acting), kind),
        *_referents(circle.others(acting), kind),
    ]


def _other_deciders(kind: NoticeKind) -> Rule:
    return lambda _event, circle, acting: [
        *_referents(circle.others(acting), kind),
        *_signatories(circle.others(acting), kind),
    ]


def _all_deciders(kind: NoticeKind) -> Rule:
    return lambda _event, circle, _acting: [
        *_referents(circle.parties, kind),
        *_signatories(circle.parties, kind),
    ]


def _all_referents(kind: NoticeKind) -> Rule:
    return lambda _event, circle, _acting: _referents(circle.parties, kind)


def _those_who_wait_for_an_answer(kind: NoticeKind) -> Rule:
    """The other side learns who answers for this one; whoever asked learns the answer, own colleagues included."""

    def rule(_event: Event, circle: Circle, asked: OrganizationId | None) -> Iterator[Hearing]:
        concerned = [
            it
            for it in circle.parties
            if it.organization_id != asked or it.organization_id == circle.asked_by
        ]
        yield from _referents(concerned, kind)

    return rule


def _the_person_asked(
    event: MandateProposed, _circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    yield Hearing(event.person_id, event.organization_id, NoticeKind.MANDATE_PROPOSED, NoticeReason.ASKED)


def _nobody(_event: Event, _circle: Circle, _acting: OrganizationId | None) -> Iterable[Hearing]:
    return ()


def _the_person_and_the_referents(
    event: MandateEnded, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    yield Hearing(event.person_id, event.organization_id, NoticeKind.MANDATE_ENDED, NoticeReason.REFERENT)
    if any(it.vacant for it in circle.parties if it.organization_id == event.organization_id):
        # The event that follows says more.
        return
    yield from _referents(circle.parties, NoticeKind.MANDATE_ENDED)


def _the_vacant_side_and_the_other_one(
    event: SideLeftVacant, circle: Circle, _acting: OrganizationId | None
) -> Iterator[Hearing]:
    for party in circle.parties:
        if party.organization_id != event.organization_id:
            yield from _referents((party,), NoticeKind.SIDE_LEFT_VACANT)
            continue
        for people, because in (
            (party.signatories, NoticeReason.STANDING_IN),
            (party.administrators, NoticeReason.ADMINISTRATOR),
        ):
            for person in sorted(people):
                yield Hearing(person, party.organization_id, NoticeKind.REFERENT_MISSING, because)


def _those_who_can_sign_and_the_other_side(
    _event: Event, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    yield from _signatories(circle.parties, NoticeKind.SIGNATURE_AWAITED)
    yield from _referents(circle.others(acting), NoticeKind.TEXT_SEALED)


def _those_who_await_a_signature(
    _event: Event, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    if all(party.signed for party in circle.parties):
        # The last signature makes the convention active, and that event tells it.
        return
    for party in circle.others(acting):
        if not party.signed:
            for person in sorted(party.referents & party.signatories):
                yield Hearing(
                    person, party.organization_id, NoticeKind.SIGNATURE_AWAITED, NoticeReason.SIGNATORY
                )
        yield from _referents((party,), NoticeKind.CONVENTION_SIGNED)


def _those_who_had_signed(
    event: SignaturesVoided, circle: Circle, acting: OrganizationId | None
) -> Iterator[Hearing]:
    for person in event.voided:
        for party in circle.parties:
            if person in party.signatories | party.referents:
                yield Hearing(
                    person, party.organization_id, NoticeKind.SIGNATURES_VOIDED, NoticeReason.SIGNED
                )
    if event.reason is not VoidReason.REFUSAL:
        # After a refusal the référents have been told of the refusal itself, which says more.
        yield from _referents(circle.others(acting), NoticeKind.SIGNATURES_VOIDED)


RULES: dict[type[Event], Rule] = {
    MandateProposed: _the_person_asked,
    MandateAccepted: _those_who_wait_for_an_answer(NoticeKind.MANDATE_ACCEPTED),
    MandateDeclined: _those_who_wait_for_an_answer(NoticeKind.MANDATE_DECLINED),
    # Settles what was asked, and tells nobody: who has not answered was no référent yet.
    MandateWithdrawn: _nobody,
    MandateEnded: _the_person_and_the_referents,
    SideLeftVacant: _the_vacant_side_and_the_other_one,
    NegotiationOpened: _all_referents(NoticeKind.NEGOTIATION_OPENED),
    ClauseProposed: _other_referents(NoticeKind.CLAUSE_PROPOSED),
    ClauseAccepted: _other_referents(NoticeKind.CLAUSE_ACCEPTED),
    CommentAdded: _other_referents(NoticeKind.COMMENT_ADDED),
    ConventionSealed: _those_who_can_sign_and_the_other_side,
    ConventionSigned: _those_who_await_a_signature,
    SignatureRefused: _other_deciders(NoticeKind.SIGNATURE_REFUSED),
    SignaturesVoided: _those_who_had_signed,
    ConventionActivated: _all_deciders(NoticeKind.CONVENTION_ACTIVE),
    ConventionSuspended: _all_deciders(NoticeKind.CONVENTION_SUSPENDED),
    SuspensionLifted: _all_deciders(NoticeKind.SUSPENSION_LIFTED),
    TerminationNotified: _all_deciders(NoticeKind.TERMINATION_NOTIFIED),
    ConventionExpired: _all_deciders(NoticeKind.CONVENTION_ENDED),
    ConventionTerminated: _all_deciders(NoticeKind.CONVENTION_ENDED),
    ConventionClosed: _all_deciders(NoticeKind.CONVENTION_CLOSED),
    ProjectProposed: _other_workers(NoticeKind.PROJECT_PROPOSED),
    ProjectStarted: _other_workers(NoticeKind.PROJECT_STARTED),
    MilestoneReached: _other_workers(NoticeKind.MILESTONE_REACHED),
    MilestoneMoved: _other_workers(NoticeKind.MILESTONE_MOVED),
    IndicatorProposed: _other_workers(NoticeKind.INDICATOR_PROPOSED),
    IndicatorAgreed: _other_workers(NoticeKind.INDICATOR_AGREED),
    MeasureRecorded: _other_workers(NoticeKind.MEASURE_RECORDED),
}
"""Who hears of what. An event that is not listed is told to nobody."""
