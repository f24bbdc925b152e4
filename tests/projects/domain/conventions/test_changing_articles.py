"""Articles are added at the end, and taken back by who added them until every party has accepted them."""

import pytest

from services.projects.conventions.domain.changing_articles import add_clause, withdraw_clause
from services.projects.conventions.domain.clause import TO_COMPLETE
from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.templates import LIBRARY, MODELS
from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.projects.events import ClauseAdded, ClauseWithdrawn, SignaturesVoided
from shared.contracts.projects.refusals import (
    ClauseChanged,
    ClauseNotFound,
    ClauseStays,
    IdentifierTaken,
    NotAReferent,
    TooManyClauses,
)
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    negotiating,
    sealed,
    signed_by,
    wanted,
)

PARKING = ClauseId(new_id())
TEXT = "L'établissement réserve une place le mardi."


def test_an_article_is_added_at_the_end_by_the_side_that_accepts_it() -> None:
    convention = negotiating()
    assert add_clause(convention, PARKING, "Stationnement", TEXT, ODILE, NOW) == [
        ClauseAdded(convention_id=convention.id, clause_id=PARKING, organization_id=ASSOCIATION)
    ]
    added = convention.clauses[PARKING]
    assert (added.number, added.required, added.accepted_by) == (12, False, {ASSOCIATION})
    assert add_clause(convention, PARKING, "Stationnement", TEXT, ODILE, NOW) == []
    with pytest.raises(IdentifierTaken):
        add_clause(convention, PARKING, "Stationnement", "Autre texte.", ODILE, NOW)


def test_an_added_article_voids_what_was_signed() -> None:
    convention = signed_by(sealed(), HUGO)
    voided, _ = add_clause(convention, PARKING, "Stationnement", TEXT, CLAIRE, NOW)
    assert isinstance(voided, SignaturesVoided)
    assert convention.signatures == {}


def test_a_convention_has_room_for_so_many_articles() -> None:
    convention = negotiating()
    for _ in range(12, 200):
        add_clause(convention, ClauseId(new_id()), "Un article", TEXT, ODILE, NOW)
    with pytest.raises(TooManyClauses):
        add_clause(convention, PARKING, "Un de trop", TEXT, ODILE, NOW)


def test_who_added_an_article_takes_it_back_until_all_accept_it() -> None:
    convention = negotiating()
    add_clause(convention, PARKING, "Stationnement", TEXT, ODILE, NOW)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, PARKING, 1, CLAIRE, NOW)
    with pytest.raises(NotAReferent):
        withdraw_clause(convention, PARKING, 1, HUGO, NOW)
    with pytest.raises(ClauseChanged):
        withdraw_clause(convention, PARKING, 2, ODILE, NOW)
    convention.propose(PARKING, 1, "Deux places.", CLAIRE, NOW)
    assert withdraw_clause(convention, PARKING, 2, ODILE, NOW) == [
        ClauseWithdrawn(convention_id=convention.id, clause_id=PARKING, organization_id=ASSOCIATION)
    ]
    with pytest.raises(ClauseNotFound):
        withdraw_clause(convention, PARKING, 2, ODILE, NOW)


@pytest.mark.parametrize("by", [CLAIRE, ODILE])
def test_what_all_have_accepted_once_is_not_taken_back_by_way_of_another_wording(by: Speaker) -> None:
    convention = negotiating()
    add_clause(convention, PARKING, "Stationnement", TEXT, ODILE, NOW)
    convention.accept([ClauseAtRevision(clause_id=PARKING, revision=1)], CLAIRE, NOW)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, PARKING, 1, ODILE, NOW)
    convention.propose(PARKING, 1, "Deux places.", by, NOW)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, PARKING, 2, ODILE, NOW)


def test_an_article_that_the_regime_requires_stays() -> None:
    convention = negotiating()
    for clause in list(convention.clauses.values()):
        with pytest.raises(ClauseStays):
            withdraw_clause(convention, clause.id, 1, CLAIRE, NOW)


def test_whoever_chose_the_model_takes_out_what_the_regime_does_not_require() -> None:
    convention, _ = draft(wanted(model=MODELS["partnership"]), CLAIRE.organization_id, CLAIRE.person_id, NOW)
    preamble, first, second, *_ = sorted(convention.clauses.values(), key=lambda it: it.number)
    (event,) = withdraw_clause(convention, first.id, 1, CLAIRE, NOW)
    assert event == ClauseWithdrawn(convention_id=convention.id, clause_id=first.id, organization_id=HOSPITAL)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, preamble.id, 1, CLAIRE, NOW)
    convention.share_with(ASSOCIATION)
    convention.open_negotiation(BOTH, NOW)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, second.id, 1, ODILE, NOW)
    convention.accept([ClauseAtRevision(clause_id=second.id, revision=1)], ODILE, NOW)
    with pytest.raises(ClauseStays):
        withdraw_clause(convention, second.id, 1, CLAIRE, NOW)
    assert [it.number for it in convention.clauses.values()][:3] == [0, 2, 3]


@pytest.mark.parametrize("name", sorted(MODELS))
def test_every_model_makes_a_convention_and_says_why_it_requires_what_it_requires(name: str) -> None:
    model = MODELS[name]
    convention, _ = draft(wanted(model=model), CLAIRE.organization_id, CLAIRE.person_id, NOW)
    assert len(convention.clauses) == len(model.articles) + 1
    assert all(bool(it.reason) == it.required for it in convention.clauses.values())
    assert len(model.regime) <= 200
    assert any(TO_COMPLETE in it.text for it in convention.clauses.values())


def test_the_library_holds_each_clause_once() -> None:
    assert len({it.name for it in LIBRARY}) == len({it.title for it in LIBRARY}) == len(LIBRARY)
