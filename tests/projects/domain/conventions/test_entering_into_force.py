"""What an amendment that every party has signed makes of its convention."""

from datetime import timedelta

import pytest

from services.projects.conventions.domain.amending import (
    enter_into_force,
    may_enter,
)
from services.projects.conventions.domain.changing_articles import add_clause
from services.projects.conventions.domain.negotiating_annexes import (
    accept_annex,
    announce_annex,
    give_file,
)
from services.projects.conventions.domain.negotiating_terms import accept_all, propose_terms
from shared.contracts.identifiers import AnnexId, ClauseId, new_id
from shared.contracts.projects.events import (
    AmendmentEnteredIntoForce,
    AmendmentSigned,
    ConventionAmended,
    ConventionSigned,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.refusals import Defect
from tests.projects.domain.conventions.amended import NEW_TEXT, PLANNING, active, begun, negotiated, signed
from tests.projects.domain.conventions.drafts import (
    BOTH,
    CLAIRE,
    COMPLETE,
    HUGO,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    applied,
    as_read,
    hash_of,
    signed_by,
)


def test_the_last_signature_leaves_it_ready_to_enter_into_force() -> None:
    amendment = negotiated(begun(active()))
    applied(amendment, amendment.seal(amendment.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY))
    signed_by(amendment, HUGO)
    events = amendment.sign(hash_of(amendment), "présidente", "password", ODILE, NOW, today=TODAY)
    assert [type(it) for it in events] == [ConventionSigned, AmendmentSigned]
    assert amendment.state is ConventionState.SIGNED


def test_the_text_in_force_stays_until_then() -> None:
    base = active()
    before = {it.id: it.text for it in base.clauses.values()}
    signed(negotiated(begun(base)))
    assert {it.id: it.text for it in base.clauses.values()} == before


def test_then_the_convention_says_what_it_says() -> None:
    base = active()
    amendment = begun(base)
    applied(amendment, add_clause(amendment, ClauseId(new_id()), "Stationnement", "Une place.", ODILE, NOW))
    applied(amendment, accept_all(amendment, as_read(amendment), None, CLAIRE, NOW))
    changed = next(it for it in base.clauses.values() if it.number == 1)
    entry = enter_into_force(signed(negotiated(amendment)), base, base.terms.terms.ends_on)
    assert base.clauses[changed.id].text == NEW_TEXT
    assert base.clauses[changed.id].revision == changed.revision + 1
    assert base.clauses[changed.id].accepted_by == BOTH
    assert [(it.title, it.revision) for it in entry.clauses] == [
        (changed.title, changed.revision + 1),
        ("Stationnement", 1),
    ]
    assert not entry.terms_changed
    assert amendment.state is ConventionState.IN_FORCE
    assert [type(it) for it in entry.of_amendment] == [AmendmentEnteredIntoForce]
    [amended] = entry.of_convention
    assert isinstance(amended, ConventionAmended)
    assert (amended.convention_id, amended.amended_by, amended.number) == (base.id, amendment.id, 1)


def test_annexes_keep_their_numbers() -> None:
    base = active()
    amendment = begun(base)
    annex_id = AnnexId(new_id())
    applied(amendment, announce_annex(amendment, annex_id, "Planning", CLAIRE, NOW))
    applied(amendment, give_file(amendment, annex_id, 1, PLANNING, CLAIRE, NOW))
    applied(amendment, accept_annex(amendment, annex_id, 2, ODILE, NOW))
    entry = enter_into_force(signed(amendment), base, base.terms.terms.ends_on)
    assert [(it.number, it.file, it.revision) for it in entry.annexes] == [(1, PLANNING, 1)]
    assert entry.clauses == ()
    later = begun(base, concluded=1)
    assert later.unchanged
    assert later.annexes[annex_id].file == PLANNING


def test_a_last_day_that_nobody_changed_follows_a_renewal_meanwhile() -> None:
    base = active()
    amendment = begun(base)
    terms = amendment.terms.terms.model_copy(update={"meetings_per_year": 6})
    applied(amendment, propose_terms(amendment, 1, terms, CLAIRE, NOW))
    applied(amendment, accept_all(amendment, as_read(amendment), 2, ODILE, NOW))
    renewed = base.terms.terms.ends_on + timedelta(days=365)
    entry = enter_into_force(signed(amendment), base, renewed)
    assert (entry.terms_changed, entry.ends_on) == (True, renewed)
    assert base.terms.terms.meetings_per_year == 6


def test_a_last_day_that_all_agreed_on_holds() -> None:
    base = active()
    amendment = begun(base)
    later = base.terms.terms.ends_on + timedelta(days=90)
    terms = amendment.terms.terms.model_copy(update={"ends_on": later})
    applied(amendment, propose_terms(amendment, 1, terms, CLAIRE, NOW))
    applied(amendment, accept_all(amendment, as_read(amendment), 2, ODILE, NOW))
    assert enter_into_force(signed(amendment), base, base.terms.terms.ends_on).ends_on == later


def test_it_changes_a_convention_that_holds_only() -> None:
    base = active()
    amendment = signed(negotiated(begun(base, effective_on=TODAY + timedelta(days=9))))
    assert not may_enter(amendment, base, TODAY + timedelta(days=8))
    assert may_enter(amendment, base, TODAY + timedelta(days=9))
    base.state = ConventionState.TERMINATED
    assert not may_enter(amendment, base, TODAY + timedelta(days=9))


def test_an_amendment_that_would_end_before_its_day_is_not_sealed() -> None:
    amendment = begun(active(), effective_on=TODAY + timedelta(days=200))
    earlier = TODAY + timedelta(days=199)
    terms = amendment.terms.terms.model_copy(update={"ends_on": earlier})
    applied(amendment, propose_terms(amendment, 1, terms, CLAIRE, NOW))
    applied(amendment, accept_all(amendment, as_read(amendment), 2, ODILE, NOW))
    assert [it.reason for it in amendment.problems(COMPLETE, TODAY)] == ["ended"]


def test_it_begins_with_the_last_day_of_the_present_term() -> None:
    base = active()
    renewed = base.terms.terms.ends_on + timedelta(days=365)
    assert begun(base, ends_on=renewed).terms.terms.ends_on == renewed


def test_nothing_enters_into_force_before_all_have_signed() -> None:
    base = active()
    with pytest.raises(Defect):
        enter_into_force(negotiated(begun(base)), base, base.terms.terms.ends_on)
