"""More than two parties: each accepts and signs by itself."""

from dataclasses import replace

import pytest

from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.party import check_balance
from services.projects.conventions.domain.templates.preamble import preamble, with_party
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionIncomplete, PartiesNotBalanced
from shared.contracts.values import Side
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    PARTIES,
    SIGN_BEFORE,
    TODAY,
    applied,
    as_read,
    signed_by,
    wanted,
)
from tests.projects.domain.conventions.several import (
    ALL_COMPLETE,
    LEILA,
    SECOND,
    SECOND_ASSOCIATION,
    negotiating_three,
    sealed_three,
)


def test_several_parties_of_one_side_are_balanced_by_one_of_the_other() -> None:
    check_balance((*PARTIES, SECOND_ASSOCIATION), HOSPITAL)
    for parties in (
        PARTIES[1:],
        (PARTIES[1], SECOND_ASSOCIATION),
        (*PARTIES, PARTIES[0]),
        (*PARTIES, replace(SECOND_ASSOCIATION, side=Side.THIRD_PARTY)),
    ):
        with pytest.raises(PartiesNotBalanced):
            check_balance(parties, ASSOCIATION)
    with pytest.raises(PartiesNotBalanced):
        check_balance(PARTIES, SECOND)


def test_a_clause_is_agreed_when_the_last_party_accepts_it() -> None:
    convention = negotiating_three()
    read = as_read(convention)[1:2]
    (first,) = applied(convention, convention.accept(read, ODILE, NOW))
    assert convention.clauses[read[0].clause_id].agreed_at is None
    (last,) = applied(convention, convention.accept(read, LEILA, NOW))
    assert convention.clauses[read[0].clause_id].agreed_at == NOW
    assert [getattr(it, "agreed", None) for it in (first, last)] == [False, True]


def test_it_is_not_sealed_while_one_of_them_has_not_accepted() -> None:
    convention = negotiating_three()
    with pytest.raises(ConventionIncomplete):
        convention.seal(convention.version, SIGN_BEFORE, ALL_COMPLETE, CLAIRE, now=NOW, today=TODAY)


def test_it_is_active_when_all_three_have_signed() -> None:
    convention = signed_by(sealed_three(), HUGO, LEILA)
    assert convention.state is ConventionState.PARTLY_SIGNED
    signed_by(convention, ODILE)
    assert convention.state is ConventionState.ACTIVE


def test_the_preamble_names_everybody_in_the_order_of_their_sides() -> None:
    clinic = replace(PARTIES[0], organization_id=SECOND, name="Clinique des Pins", seat="Aix")
    text = preamble((PARTIES[1], clinic, PARTIES[0], SECOND_ASSOCIATION))
    names = ["Clinique des Pins", "Centre hospitalier de Bellerive", "Main tendue", "Souffle"]
    assert sorted(names, key=text.index) == names
    assert text.endswith("il est convenu ce qui suit :")


def test_the_preamble_of_two_is_that_of_the_legal_model() -> None:
    convention, _ = draft(wanted(), HOSPITAL, CLAIRE.person_id, NOW)
    text = next(it.text for it in convention.clauses.values() if it.number == 0)
    assert text.startswith("Entre l'établissement Centre hospitalier de Bellerive, ci-dessous dénommé")


def test_one_party_more_is_named_before_what_is_agreed_and_nothing_written_is_lost() -> None:
    written = "Entre A et B, après discussion,\n\nil est convenu ce qui suit :"
    named = with_party(written, SECOND_ASSOCIATION)
    assert named.startswith("Entre A et B, après discussion,\n\net l'association Souffle,")
    assert named.endswith("\n\nil est convenu ce qui suit :")
    assert with_party("Autre chose.", SECOND_ASSOCIATION).startswith(
        "Autre chose.\n\net l'association Souffle"
    )
