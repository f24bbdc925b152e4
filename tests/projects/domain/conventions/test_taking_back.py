"""A party that has taken no part is taken back, so that nobody waits for it for ever."""

import pytest

from services.projects.conventions.domain.admitting import Admissions
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.party import Authorities
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.taking_back import take_back_party
from services.projects.conventions.domain.templates.preamble import with_party, without_party
from shared.contracts.messages import Event
from shared.contracts.projects.parties import AdmissionNotFound, PartyTakenBack, PartyTookPart
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import NegotiationNotOpen, NotAReferent, PartiesNotBalanced
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    TODAY,
    YANN,
    agreed,
    applied,
    as_read,
    drafted,
    negotiating,
    sealed,
    signed_by,
)
from tests.projects.domain.conventions.several import (
    ALL_COMPLETE,
    LEILA,
    SECOND,
    SECOND_ASSOCIATION,
    negotiating_three,
)
from tests.projects.domain.conventions.test_admitting import let_in, wanted

SILENT = frozenset({SECOND})


def names(events: list[Event]) -> list[str]:
    return [type(it).__name__ for it in events]


def with_newcomer() -> tuple[Convention, Admissions]:
    """Agreed by two, then joined by a third one that never answers."""
    convention, admissions = agreed(), Admissions()
    let_in(convention, admissions, wanted())
    return convention, admissions


def taken_back(convention: Convention, admissions: Admissions, by: Speaker = CLAIRE) -> list[Event]:
    return applied(convention, take_back_party(convention, admissions, SECOND, SILENT, by, NOW))


@pytest.mark.parametrize("by", [CLAIRE, ODILE, LEILA])
def test_any_party_takes_it_back_or_itself_and_all_the_others_have_accepted_is_agreed(by: Speaker) -> None:
    convention, admissions = with_newcomer()
    before = {it.id: it.revision for it in convention.clauses.values() if it.number}
    events = taken_back(convention, admissions, by)
    assert names(events) == ["PartyTakenBack", "ClauseProposed"]
    told = events[0]
    assert isinstance(told, PartyTakenBack)
    assert (told.organization_id, told.taken_back) == (by.organization_id, SECOND)
    assert convention.party_ids == {HOSPITAL, ASSOCIATION}
    assert convention.terms.agreed_at
    assert all(convention.clauses[it].agreed_at for it in before)
    preamble = next(it for it in convention.clauses.values() if it.number == 0)
    assert "Souffle" not in preamble.text
    assert all(it.ended_at for it in admissions.values())


def test_then_it_may_be_proposed_again() -> None:
    convention, admissions = with_newcomer()
    taken_back(convention, admissions)
    let_in(convention, admissions, wanted())
    assert SECOND in convention.party_ids


def test_sealing_needs_it_no_more_and_named_it_before() -> None:
    convention, admissions = with_newcomer()
    authorities = Authorities(ALL_COMPLETE.with_referent - SILENT, ALL_COMPLETE.with_signatory, SILENT)
    found = [(it.reason, it.organization_id) for it in convention.problems(authorities, TODAY)]
    assert ("party_silent", SECOND) in found
    taken_back(convention, admissions)
    preamble = next(it for it in convention.clauses.values() if it.number == 0)
    applied(convention, convention.propose(preamble.id, preamble.revision, "Entre les deux.", CLAIRE, NOW))
    applied(convention, accept_all(convention, as_read(convention), convention.terms.revision, ODILE, NOW))
    assert convention.problems(Authorities(BOTH, BOTH), TODAY) == ()


def test_a_party_of_the_first_draft_is_taken_back_too() -> None:
    convention = negotiating_three()
    assert names(taken_back(convention, {}))[0] == "PartyTakenBack"
    assert convention.state is ConventionState.NEGOTIATING


def test_what_has_taken_part_stays() -> None:
    convention, admissions = with_newcomer()
    with pytest.raises(PartyTookPart):
        take_back_party(convention, admissions, ASSOCIATION, SILENT, CLAIRE, NOW)
    with pytest.raises(AdmissionNotFound):
        take_back_party(convention, admissions, YANN.organization_id, SILENT, CLAIRE, NOW)


def test_without_the_other_side_there_is_no_convention() -> None:
    convention = negotiating()
    with pytest.raises(PartiesNotBalanced):
        take_back_party(convention, {}, ASSOCIATION, frozenset({ASSOCIATION}), CLAIRE, NOW)


def test_only_referents_of_parties_and_only_before_all_have_signed() -> None:
    convention, admissions = with_newcomer()
    for by in (HUGO, KARIM, YANN):
        with pytest.raises(NotAReferent):
            take_back_party(convention, admissions, SECOND, SILENT, by, NOW)
    with pytest.raises(NegotiationNotOpen):
        take_back_party(signed_by(sealed(), HUGO, ODILE), {}, ASSOCIATION, SILENT, CLAIRE, NOW)
    draft = drafted()
    with pytest.raises(NotAReferent):
        take_back_party(draft, {}, ASSOCIATION, frozenset({ASSOCIATION}), ODILE, NOW)


def test_the_preamble_loses_the_paragraph_that_names_it_alone() -> None:
    plain = "Entre nous,\n\net l'association Main tendue, ci-dessous dénommée l'association,\n\nil est convenu ce qui suit :"
    named = with_party(plain, SECOND_ASSOCIATION)
    assert without_party(named, SECOND_ASSOCIATION) == plain
    filled = named.replace("représentée par [à compléter]", "représentée par sa présidente")
    assert without_party(filled, SECOND_ASSOCIATION) == plain
    assert without_party("Avec Souffle aussi.", SECOND_ASSOCIATION) == "Avec Souffle aussi."
