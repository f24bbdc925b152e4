"""A mandate is answered once; a partnership is seen by those who read it."""

from datetime import UTC, datetime

import pytest

from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.partnerships.domain.partnership import Partnership, Party
from shared.contracts.contacts.events import (
    HandoverCompleted,
    MandateAccepted,
    MandateDeclined,
    MandateEnd,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import (
    LastReferent,
    MandateAlreadyAnswered,
    MandateNotFound,
    MandateNotInForce,
    NotAParty,
    PartnershipNotKnown,
)
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.values import Side

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOSPITAL, ASSOCIATION, OTHER = (OrganizationId(new_id()) for _ in range(3))
CONVENTION = ConventionId(new_id())


def proposed() -> Mandate:
    mandate, events = Mandate.propose(
        MandateId(new_id()),
        convention_id=CONVENTION,
        organization_id=ASSOCIATION,
        person_id=PersonId(new_id()),
        proposed_by=HOSPITAL,
        now=NOW,
    )
    assert [type(it) for it in events] == [MandateProposed]
    return mandate


def test_its_events_belong_to_the_partnership() -> None:
    assert proposed().partnership_id == CONVENTION


def test_it_is_accepted_or_declined_once() -> None:
    accepted, declined = proposed(), proposed()
    assert [type(it) for it in accepted.accept(now=NOW)] == [MandateAccepted]
    assert [type(it) for it in declined.decline("Pas le temps.", now=NOW)] == [MandateDeclined]
    for mandate, state in ((accepted, MandateState.ACCEPTED), (declined, MandateState.DECLINED)):
        assert (mandate.state, mandate.answered_at) == (state, NOW)
        for answer in (lambda it=mandate: it.accept(now=NOW), lambda it=mandate: it.decline(None, now=NOW)):
            with pytest.raises(MandateAlreadyAnswered) as refused:
                answer()
            assert refused.value.fields == {"state": state}


def test_a_reason_stays_out_of_the_event() -> None:
    [event] = proposed().decline("Je suis malade.", now=NOW)
    assert "malade" not in event.model_dump_json()


def accepted() -> Mandate:
    mandate = proposed()
    mandate.accept(now=NOW)
    return mandate


def test_the_last_referent_of_a_side_stays() -> None:
    mandate = accepted()
    with pytest.raises(LastReferent):
        mandate.resign(is_last=True, now=NOW)
    [event] = mandate.resign(is_last=False, now=NOW)
    assert isinstance(event, MandateEnded)
    assert event.reason is MandateEnd.RESIGNED
    assert (mandate.state, mandate.ended_at) == (MandateState.ENDED, NOW)
    for over in (mandate, proposed()):
        with pytest.raises(MandateNotInForce) as refused:
            over.resign(is_last=False, now=NOW)
        assert refused.value.fields == {"state": over.state}


def test_by_force_a_mandate_ends_whoever_remains() -> None:
    assert [type(it) for it in accepted().lose(is_last=False, now=NOW)] == [MandateEnded]
    mandate = accepted()
    ended, vacant = mandate.lose(is_last=True, now=NOW)
    assert ended.model_dump()["reason"] is MandateEnd.LEFT
    assert vacant == SideLeftVacant(
        mandate_id=mandate.id, convention_id=CONVENTION, organization_id=ASSOCIATION
    )
    assert mandate.lose(is_last=True, now=NOW) == []


def test_who_leaves_before_she_answers_is_asked_no_more() -> None:
    mandate = proposed()
    assert [type(it) for it in mandate.lose(is_last=True, now=NOW)] == [MandateWithdrawn]
    with pytest.raises(MandateAlreadyAnswered) as refused:
        mandate.accept(now=NOW)
    assert refused.value.fields == {"state": "withdrawn"}


def test_a_partnership_exists_for_its_readers() -> None:
    partnership = Partnership(
        CONVENTION,
        (Party(HOSPITAL, Side.ESTABLISHMENT, reads=True), Party(ASSOCIATION, Side.ASSOCIATION, reads=False)),
    )
    assert partnership.seen_by(HOSPITAL) is partnership
    for stranger in (ASSOCIATION, OTHER, None):
        with pytest.raises(PartnershipNotKnown):
            partnership.seen_by(stranger)
    partnership.require_party(ASSOCIATION)
    with pytest.raises(NotAParty):
        partnership.require_party(OTHER)
    assert partnership.others_than(HOSPITAL) == (ASSOCIATION,)


def test_she_hands_over_when_her_successor_accepts_and_not_before() -> None:
    former, successor = accepted(), proposed()
    assert former.hand_over(successor, now=NOW) == []
    successor.accept(now=NOW)
    ended, completed = former.hand_over(successor, now=NOW)
    assert ended.model_dump()["reason"] is MandateEnd.HANDED_OVER
    assert completed == HandoverCompleted(
        mandate_id=former.id,
        convention_id=CONVENTION,
        organization_id=ASSOCIATION,
        person_id=former.person_id,
        successor_mandate_id=successor.id,
        successor_id=successor.person_id,
    )
    # Whoever is no référent any more has nothing to hand over.
    assert former.hand_over(successor, now=NOW) == []


def test_a_mandate_is_taken_over_on_its_own_side_only() -> None:
    accepted().require_handed_over_within(CONVENTION, ASSOCIATION)
    with pytest.raises(MandateNotFound):
        accepted().require_handed_over_within(CONVENTION, HOSPITAL)
    with pytest.raises(MandateNotInForce):
        proposed().require_handed_over_within(CONVENTION, ASSOCIATION)
