"""Amendments: begun on a text in force, negotiated like any text, and then the convention says what they say."""

import json
from datetime import date

import pytest

from services.projects.conventions.domain.amending import (
    Wanted,
    abandon,
    lapse,
    propose_amendment,
)
from services.projects.conventions.domain.negotiating_terms import propose_terms
from services.projects.conventions.domain.rights import Speaker, acts_of
from shared.contracts.identifiers import ConventionId, new_id
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentProposed,
)
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    AmendmentOpen,
    AmendmentOver,
    ConventionIncomplete,
    ConventionNotInForce,
    DateNotInFuture,
    EndsBefore,
    FirstDayStays,
    NotAnAmendment,
    NotAReferent,
)
from tests.projects.domain.conventions.amended import (
    NEW_TEXT,
    active,
    begun,
    negotiated,
    of,
    signed,
    so_far,
)
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    KARIM,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    YANN,
    applied,
    hash_of,
    sealed,
    signed_by,
)


def test_an_amendment_begins_with_the_text_in_force_accepted_by_all() -> None:
    base = active()
    amendment = begun(base)
    assert [(it.number, it.title, it.text) for it in amendment.clauses.values()] == [
        (it.number, it.title, it.text) for it in base.clauses.values()
    ]
    assert amendment.clauses.keys().isdisjoint(base.clauses)
    assert amendment.situation.still_to_accept == frozenset()
    assert amendment.state is ConventionState.NEGOTIATING
    assert amendment.partnership_id == base.id
    assert amendment.amends is not None
    assert amendment.amends.base_hash == hash_of(base)


def test_it_says_who_began_it() -> None:
    base = active()
    wanted = Wanted(ConventionId(new_id()), "Avenant n° 1", "Changer de jour.", None)
    _, events = propose_amendment(base, so_far(base), wanted, ODILE, now=NOW, today=TODAY)
    [proposed] = events
    assert isinstance(proposed, AmendmentProposed)
    assert (proposed.convention_id, proposed.amends) == (wanted.amendment_id, base.id)
    assert (proposed.number, proposed.organization_id) == (1, ASSOCIATION)


@pytest.mark.parametrize("somebody", [HUGO, KARIM, YANN], ids=["signatory", "member", "third organisation"])
def test_only_referents_of_a_party_begin_one(somebody: Speaker) -> None:
    with pytest.raises(NotAReferent):
        begun(active(), somebody)


def test_there_is_nothing_to_amend_before_every_party_has_signed() -> None:
    with pytest.raises(ConventionNotInForce):
        begun(signed_by(sealed(), HUGO))


def test_a_suspended_convention_can_be_amended() -> None:
    base = active()
    base.state = ConventionState.SUSPENDED
    assert begun(base).state is ConventionState.NEGOTIATING


def test_one_amendment_is_open_at_a_time() -> None:
    base = active()
    with pytest.raises(AmendmentOpen):
        begun(base, open=ConventionId(new_id()))


def test_an_amendment_is_not_amended_itself() -> None:
    with pytest.raises(NotAReferent):
        begun(signed(negotiated(begun(active()))))


@pytest.mark.parametrize(
    ("day", "refusal"), [(TODAY, DateNotInFuture), (date(2027, 5, 1), EndsBefore)], ids=["today", "too late"]
)
def test_its_day_is_to_come_and_within_the_term(day: date, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        begun(active(), effective_on=day)


def test_what_says_the_same_is_not_sealed() -> None:
    amendment = begun(active())
    assert [it.reason for it in amendment.problems(COMPLETE, TODAY)] == ["nothing_changed"]
    assert Act.SEAL not in acts_of(amendment.situation, CLAIRE, BOTH)
    with pytest.raises(ConventionIncomplete):
        amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY)


def test_only_the_changed_article_awaits_the_other_side() -> None:
    amendment = begun(active())
    applied(amendment, amendment.propose(of(amendment, 1), 1, NEW_TEXT, CLAIRE, NOW))
    assert amendment.situation.still_to_accept == {ASSOCIATION}
    assert [it.reason for it in amendment.problems(COMPLETE, TODAY)] == ["clause_not_agreed"]


def test_the_first_day_stays() -> None:
    amendment = begun(active())
    terms = amendment.terms.terms.model_copy(update={"starts_on": date(2026, 6, 1)})
    with pytest.raises(FirstDayStays):
        propose_terms(amendment, 1, terms, CLAIRE, NOW)


def test_the_sealed_form_names_the_text_that_it_changes() -> None:
    base = active()
    amendment = negotiated(begun(base, effective_on=date(2026, 9, 1)))
    applied(amendment, amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    assert amendment.seal_in_force is not None
    form = json.loads(amendment.seal_in_force.form)
    assert form["form"] == "entente-amendment/2"
    assert form["amends"] == {
        "convention": str(base.id),
        "number": 1,
        "base": hash_of(base),
        "effective_on": "2026-09-01",
        "withdrawn": [],
    }
    assert [it["text"] for it in form["clauses"] if it["number"] == 1] == [NEW_TEXT]
    assert len(form["clauses"]) == len(base.clauses)


@pytest.mark.parametrize("by", [CLAIRE, ODILE, HUGO], ids=["its author", "the other side", "a signatory"])
def test_either_side_gives_it_up(by: Speaker) -> None:
    amendment = negotiated(begun(active()))
    applied(amendment, amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    [given_up] = abandon(signed_by(amendment, ODILE), "Plus besoin.", by, NOW)
    assert isinstance(given_up, AmendmentAbandoned)
    assert given_up.organization_id == by.organization_id
    assert (amendment.state, amendment.signatures) == (ConventionState.ABANDONED, {})
    assert amendment.abandonment is not None
    assert amendment.abandonment.reason == "Plus besoin."
    assert acts_of(amendment.situation, CLAIRE, BOTH) == ()


def test_others_do_not_give_it_up() -> None:
    for somebody in (KARIM, YANN):
        with pytest.raises(NotAReferent):
            abandon(begun(active()), "Plus besoin.", somebody, NOW)


def test_what_all_have_signed_binds() -> None:
    with pytest.raises(AmendmentOver):
        abandon(signed(negotiated(begun(active()))), "Plus besoin.", CLAIRE, NOW)


def test_a_convention_is_not_given_up_so() -> None:
    with pytest.raises(NotAnAmendment):
        abandon(active(), "Plus besoin.", CLAIRE, NOW)


def test_it_lapses_with_its_convention_by_nobodys_act() -> None:
    amendment = signed(negotiated(begun(active(), effective_on=date(2026, 9, 1))))
    [lapsed] = lapse(amendment, NOW)
    assert isinstance(lapsed, AmendmentAbandoned)
    assert lapsed.organization_id is None
    assert amendment.state is ConventionState.ABANDONED


def test_nobody_is_invited_to_an_amendment_and_no_project_starts_under_it() -> None:
    amendment = begun(active())
    acts = acts_of(amendment.situation, CLAIRE, frozenset({HOSPITAL}))
    assert not {Act.INVITE, Act.PROPOSE_PROJECT, Act.AMEND} & set(acts)
    assert {Act.PROPOSE, Act.COMMENT, Act.ABANDON} <= set(acts)
