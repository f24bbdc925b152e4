"""A mandate is answered once; a partnership is seen by those who read it."""

from datetime import UTC, datetime

import pytest

from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.partnerships.domain.partnership import Partnership, Party
from shared.contracts.contacts.events import MandateAccepted, MandateDeclined, MandateProposed
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import MandateAlreadyAnswered, NotAParty, PartnershipNotKnown
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
