"""Who comes to a convention that has begun: each party agrees for itself, and another party is another text."""

from dataclasses import replace
from typing import Any

import pytest

from services.projects.conventions.domain.admission import MOST_PARTIES, Admission
from services.projects.conventions.domain.admitting import (
    Admissions,
    accept_admission,
    awaited_parties,
    end_admission,
    may_accept,
    propose_admission,
)
from services.projects.conventions.domain.canonical import canonical_form
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import AdmissionId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.parties import (
    AdmissionNotFound,
    AlreadyInConvention,
    InterestNotDeclared,
    ObserverLeft,
    ObservingReserved,
    OnNoSide,
    Role,
    TooManyOrganizations,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import IdentifierTaken, NegotiationNotOpen, NotAReferent
from shared.contracts.values import Side
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    YANN,
    applied,
    drafted,
    negotiating,
    sealed,
    signed_by,
)
from tests.projects.domain.conventions.several import SECOND, SECOND_ASSOCIATION

AGENCY = Party(
    organization_id=YANN.organization_id, side=Side.THIRD_PARTY, name="Agence de santé", seat="Lyon"
)


def wanted(by: Speaker = CLAIRE, role: Role = Role.PARTY, **given: Any) -> Admission:
    fields: dict[str, Any] = {
        "id": AdmissionId(new_id()),
        "role": role,
        "party": SECOND_ASSOCIATION if role is Role.PARTY else AGENCY,
        "interest": "Paie la formation des bénévoles." if role is Role.FUNDER else "",
        "proposed_by": by.organization_id,
        "proposed_by_person": by.person_id,
        "proposed_at": NOW,
        "accepted_by": frozenset({by.organization_id}),
    }
    return Admission(**(fields | given))


def names(events: list[Event]) -> list[str]:
    return [type(it).__name__ for it in events]


def let_in(convention: Convention, admissions: Admissions, it: Admission) -> None:
    """Proposed by the hospital, agreed by the association."""
    applied(convention, propose_admission(convention, admissions, it, CLAIRE, NOW))
    applied(convention, accept_admission(convention, admissions, it.id, ODILE, NOW))


def test_a_draft_takes_one_party_more_at_its_authors_word_alone() -> None:
    convention, admissions = drafted(), Admissions()
    events = propose_admission(convention, admissions, wanted(), CLAIRE, NOW)
    assert names(events) == ["AdmissionProposed", "PartyJoined", "ClauseProposed"]
    assert SECOND in convention.party_ids
    preamble = next(it for it in convention.clauses.values() if it.number == 0)
    assert "l'association Souffle" in preamble.text
    with pytest.raises(NotAReferent):
        propose_admission(convention, admissions, wanted(ODILE, Role.OBSERVER), ODILE, NOW)


def test_later_every_party_agrees_before_one_more_joins() -> None:
    convention, admissions, it = negotiating(), Admissions(), wanted()
    assert names(propose_admission(convention, admissions, it, CLAIRE, NOW)) == ["AdmissionProposed"]
    assert SECOND not in convention.party_ids
    events = accept_admission(convention, admissions, it.id, ODILE, NOW)
    assert names(events) == ["AdmissionAccepted", "PartyJoined", "ClauseProposed"]
    assert convention.party_ids == {HOSPITAL, ASSOCIATION, SECOND}
    assert accept_admission(convention, admissions, it.id, ODILE, NOW) == []


def test_nothing_is_agreed_until_the_newcomer_accepts_it_and_signatures_no_longer_count() -> None:
    convention, admissions = signed_by(sealed(), HUGO), Admissions()
    let_in(convention, admissions, wanted())
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.signatures == {}
    assert convention.terms.agreed_at is None
    assert not any(it.agreed_at for it in convention.clauses.values())
    assert convention.situation.still_to_accept >= {SECOND}


def test_an_observer_changes_nothing_in_the_text() -> None:
    convention, admissions = signed_by(sealed(), HUGO, ODILE), Admissions()
    before = canonical_form(convention.agreement)
    it = wanted(role=Role.FUNDER)
    let_in(convention, admissions, it)
    assert admissions[it.id].observes
    assert canonical_form(convention.agreement) == before
    assert convention.state is ConventionState.ACTIVE
    assert YANN.organization_id not in convention.party_ids


@pytest.mark.parametrize(("role", "state"), [(Role.PARTY, "active"), (Role.OBSERVER, "draft")])
def test_each_role_has_its_time(role: Role, state: str) -> None:
    convention = drafted() if state == "draft" else signed_by(sealed(), HUGO, ODILE)
    with pytest.raises(NegotiationNotOpen):
        propose_admission(convention, Admissions(), wanted(role=role), CLAIRE, NOW)


def test_who_cannot_come_as_this_is_refused() -> None:
    convention, admissions = negotiating(), Admissions()
    for it, refusal in (
        (wanted(party=AGENCY), OnNoSide),
        (wanted(role=Role.FUNDER, interest=""), InterestNotDeclared),
        (wanted(role=Role.OBSERVER, party=convention.parties[1]), AlreadyInConvention),
    ):
        with pytest.raises(refusal):
            propose_admission(convention, admissions, it, CLAIRE, NOW)
    with pytest.raises(NotAReferent):
        propose_admission(convention, admissions, wanted(HUGO), HUGO, NOW)
    with pytest.raises(NotAReferent):
        propose_admission(convention, admissions, wanted(YANN), YANN, NOW)
    applied(convention, propose_admission(convention, admissions, wanted(), CLAIRE, NOW))
    with pytest.raises(AlreadyInConvention):
        propose_admission(convention, admissions, wanted(ODILE), ODILE, NOW)


def test_a_convention_holds_no_more_parties_than_its_bound() -> None:
    convention, admissions = drafted(), Admissions()
    for _ in range(MOST_PARTIES - 2):
        party = replace(SECOND_ASSOCIATION, organization_id=OrganizationId(new_id()))
        applied(convention, propose_admission(convention, admissions, wanted(party=party), CLAIRE, NOW))
    with pytest.raises(TooManyOrganizations):
        propose_admission(convention, admissions, wanted(), CLAIRE, NOW)


def test_asked_twice_it_is_proposed_once_and_its_identifier_stays_its_own() -> None:
    convention, admissions, it = negotiating(), Admissions(), wanted()
    applied(convention, propose_admission(convention, admissions, it, CLAIRE, NOW))
    assert propose_admission(convention, admissions, it, CLAIRE, NOW) == []
    with pytest.raises(IdentifierTaken):
        propose_admission(convention, admissions, wanted(role=Role.OBSERVER, id=it.id), CLAIRE, NOW)


def test_any_party_says_no_and_what_is_over_is_over() -> None:
    convention, admissions, it = negotiating(), Admissions(), wanted()
    applied(convention, propose_admission(convention, admissions, it, CLAIRE, NOW))
    assert names(end_admission(convention, admissions, it.id, ODILE, NOW)) == ["AdmissionEnded"]
    for act in (accept_admission, end_admission):
        with pytest.raises(AdmissionNotFound):
            act(convention, admissions, it.id, ODILE, NOW)
    assert propose_admission(convention, admissions, wanted(), CLAIRE, NOW)


def test_an_observer_is_shown_out_by_any_party_or_leaves_by_itself() -> None:
    for by in (ODILE, YANN):
        convention, admissions, it = negotiating(), Admissions(), wanted(role=Role.OBSERVER)
        let_in(convention, admissions, it)
        member = Speaker(PersonId(new_id()), YANN.organization_id, referent=False, signatory=False)
        for nobody, refusal in ((HUGO, NotAReferent), (member, ObservingReserved)):
            with pytest.raises(refusal):
                end_admission(convention, admissions, it.id, nobody, NOW)
        (left,) = end_admission(convention, admissions, it.id, by, NOW)
        assert isinstance(left, ObserverLeft)
        assert left.organization_id == by.organization_id
        assert not admissions[it.id].observes


def test_an_answer_awaits_the_referents_of_each_party_that_has_not_given_its_own() -> None:
    convention, admissions, it = negotiating(), Admissions(), wanted(role=Role.OBSERVER)
    applied(convention, propose_admission(convention, admissions, it, CLAIRE, NOW))
    proposed, situation = admissions[it.id], convention.situation
    assert awaited_parties(proposed, situation) == (ASSOCIATION,)
    assert may_accept(proposed, situation, ODILE)
    for nobody in (CLAIRE, HUGO, YANN):
        assert not may_accept(proposed, situation, nobody)
    let_in(convention, admissions, it)
    assert awaited_parties(admissions[it.id], situation) == ()


def test_nobody_is_asked_once_it_is_too_late_to_come() -> None:
    joins, observes = wanted(), wanted(role=Role.OBSERVER)
    negotiated = negotiating().situation
    signed = replace(negotiated, state=ConventionState.ACTIVE)
    ended = replace(negotiated, state=ConventionState.EXPIRED)
    asked = [awaited_parties(it, then) for it in (joins, observes) for then in (negotiated, signed, ended)]
    one = (ASSOCIATION,)
    assert asked == [one, (), (), one, one, ()]
    assert not may_accept(joins, signed, ODILE)
