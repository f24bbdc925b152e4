"""An article in force leaves the text by an amendment, once every party accepts that; what the regime requires stays."""

import json

import pytest

from services.projects.conventions.domain.amending import enter_into_force
from services.projects.conventions.domain.changing_articles import add_clause, withdraw_clause
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClauseProposed
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ClauseChanged, ClauseStays, ClauseUnchanged, NotAReferent
from tests.projects.domain.conventions.amended import begun, signed
from tests.projects.domain.conventions.drafts import (
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    agreed,
    applied,
    as_read,
    hash_of,
    signed_by,
)

PARKING = ClauseId(new_id())


def in_force() -> Convention:
    """A convention with an article that its regime does not require."""
    base = agreed()
    applied(base, add_clause(base, PARKING, "Stationnement", "Une place.", CLAIRE, NOW))
    applied(base, accept_all(base, as_read(base), None, ODILE, NOW))
    applied(base, base.seal(base.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    return signed_by(base, HUGO, ODILE)


def parking(amendment: Convention) -> Clause:
    return next(it for it in amendment.clauses.values() if it.origin == PARKING)


def to_go(amendment: Convention, by: Speaker = ODILE) -> list[Event]:
    clause = parking(amendment)
    return applied(amendment, withdraw_clause(amendment, clause.id, clause.revision, by, NOW))


def accepted(amendment: Convention, by: Speaker = CLAIRE) -> Convention:
    applied(amendment, accept_all(amendment, as_read(amendment), amendment.terms.revision, by, NOW))
    return amendment


@pytest.mark.parametrize("by", [CLAIRE, ODILE])
def test_any_party_proposes_it_and_the_others_accept(by: Speaker) -> None:
    amendment = begun(in_force())
    [told] = to_go(amendment, by)
    assert isinstance(told, ClauseProposed)
    assert (told.withdrawn, told.revision) == (True, 2)
    assert not parking(amendment).agreed_at
    assert [it.reason for it in amendment.problems(COMPLETE, TODAY)] == ["clause_not_agreed"]
    accepted(amendment, CLAIRE if by is ODILE else ODILE)
    assert parking(amendment).agreed_at
    assert amendment.problems(COMPLETE, TODAY) == ()


def test_the_sealed_text_says_what_goes_and_the_text_in_force_loses_it() -> None:
    base = in_force()
    number = base.clauses[PARKING].number
    amendment = begun(base)
    to_go(amendment)
    signed(accepted(amendment))
    assert amendment.seal_in_force is not None
    form = json.loads(amendment.seal_in_force.form)
    assert form["amends"]["withdrawn"] == [{"number": number, "title": "Stationnement"}]
    assert number not in [it["number"] for it in form["clauses"]]
    assert PARKING in base.clauses
    entry = enter_into_force(amendment, base, base.terms.terms.ends_on)
    assert PARKING not in base.clauses
    assert [(it.id, it.proposed_by) for it in entry.withdrawn] == [(PARKING, ODILE.organization_id)]
    assert entry.clauses == ()
    assert all(it.origin != PARKING for it in begun(base, concluded=1).clauses.values())


def test_asked_twice_it_is_proposed_once() -> None:
    amendment = begun(in_force())
    to_go(amendment)
    clause = parking(amendment)
    assert withdraw_clause(amendment, clause.id, 1, ODILE, NOW) == []
    with pytest.raises(ClauseChanged):
        withdraw_clause(amendment, clause.id, 1, CLAIRE, NOW)
    with pytest.raises(ClauseUnchanged):
        withdraw_clause(amendment, clause.id, 2, CLAIRE, NOW)


def test_another_text_or_the_same_lets_it_stay() -> None:
    for text in ("Une place.", "Deux places."):
        amendment = begun(in_force())
        to_go(amendment)
        clause = parking(amendment)
        assert applied(amendment, amendment.propose(clause.id, clause.revision, text, CLAIRE, NOW))
        stays = parking(amendment)
        assert (stays.withdrawn, stays.text, stays.accepted_by) == (False, text, {HOSPITAL})


def test_on_a_sealed_text_it_voids_the_signatures() -> None:
    amendment = begun(in_force())
    clause = parking(amendment)
    applied(amendment, amendment.propose(clause.id, 1, "Deux places.", CLAIRE, NOW))
    accepted(amendment, ODILE)
    applied(amendment, amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    signed_by(amendment, HUGO)
    assert hash_of(amendment)
    assert [type(it).__name__ for it in to_go(amendment)] == ["SignaturesVoided", "ClauseProposed"]
    assert amendment.state is ConventionState.NEGOTIATING


def test_what_the_regime_requires_stays_and_so_does_the_preamble() -> None:
    amendment = begun(in_force())
    for clause in list(amendment.clauses.values()):
        if clause.origin != PARKING:
            with pytest.raises(ClauseStays):
                withdraw_clause(amendment, clause.id, clause.revision, CLAIRE, NOW)
    with pytest.raises(NotAReferent):
        withdraw_clause(amendment, parking(amendment).id, 1, KARIM, NOW)
