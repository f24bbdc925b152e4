"""Terms hold together, are accepted as a whole, and open a sealed text again when they change."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.projects.conventions.domain.negotiating_terms import accept_all, accept_terms, propose_terms
from services.projects.conventions.domain.terms import check_terms
from shared.contracts.projects.events import SignaturesVoided, TermsAccepted, TermsProposed
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    ClauseChanged,
    DateOutsideConvention,
    EndsBeforeStart,
    MeansOfNoParty,
    NotAReferent,
    RenewalUnclear,
    TermsChanged,
    TermsUnchanged,
)
from shared.contracts.projects.terms import PromisedMeans, Renewal, Terms
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    HUGO,
    NOW,
    ODILE,
    TODAY,
    YANN,
    applied,
    as_read,
    drafted,
    negotiating,
    sealed,
    signed_by,
)

USUAL = Terms(
    starts_on=date(2026, 5, 1),
    ends_on=date(2027, 4, 30),
    renewal=Renewal.TACIT,
    renewal_months=12,
    notice_months=2,
    reviews_per_year=1,
)


def usual(**given: Any) -> Terms:
    return USUAL.model_copy(update=given)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_a_day_to_which_no_month_can_be_added_is_none(day: date) -> None:
    for name in ("starts_on", "ends_on"):
        with pytest.raises(ValidationError):
            Terms.model_validate(USUAL.model_dump() | {name: day})
    with pytest.raises(ValidationError):
        PromisedMeans(text="Une salle", due_on=day)


def test_a_convention_starts_with_the_terms_of_its_model() -> None:
    table = drafted().terms
    assert table.terms == USUAL
    assert (table.revision, table.accepted_by) == (1, {HOSPITAL})


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (usual(ends_on=date(2026, 5, 1)), EndsBeforeStart),
        (usual(renewal=Renewal.NEVER), RenewalUnclear),
        (usual(renewal_months=None), RenewalUnclear),
        (usual(renewal=Renewal.EXPRESS, renewal_months=None), RenewalUnclear),
        (usual(means=(PromisedMeans(text="Une salle", by=YANN.organization_id),)), MeansOfNoParty),
        (usual(means=(PromisedMeans(text="Une salle", due_on=date(2027, 5, 1)),)), DateOutsideConvention),
        (usual(means=(PromisedMeans(text="Une salle", due_on=date(2026, 4, 30)),)), DateOutsideConvention),
    ],
)
def test_terms_that_do_not_hold_together_are_refused(terms: Terms, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_terms(terms, BOTH)


@pytest.mark.parametrize(
    "terms",
    [
        usual(renewal=Renewal.NEVER, renewal_months=None),
        usual(means=(PromisedMeans(text="Une salle", by=HOSPITAL, due_on=date(2026, 5, 1)),)),
        usual(means=(PromisedMeans(text="Un accueil", due_on=date(2027, 4, 30)),)),
    ],
)
def test_terms_that_hold_together_pass(terms: Terms) -> None:
    check_terms(terms, BOTH)


def test_other_terms_are_accepted_by_the_side_that_proposes_them() -> None:
    convention = negotiating()
    events = propose_terms(convention, 1, usual(notice_months=3), ODILE, NOW)
    assert events == [TermsProposed(convention_id=convention.id, revision=2, organization_id=ASSOCIATION)]
    assert convention.terms.accepted_by == {ASSOCIATION}
    assert accept_terms(convention, 2, CLAIRE, NOW) == [
        TermsAccepted(convention_id=convention.id, revision=2, organization_id=HOSPITAL, agreed=True)
    ]
    assert convention.terms.agreed_at == NOW
    assert accept_terms(convention, 2, CLAIRE, NOW) == []


def test_a_late_proposal_is_refused_with_where_the_terms_stand() -> None:
    convention = negotiating()
    propose_terms(convention, 1, usual(notice_months=3), ODILE, NOW)
    with pytest.raises(TermsChanged) as late:
        propose_terms(convention, 1, usual(notice_months=4), CLAIRE, NOW)
    assert late.value.fields == {"revision": 2}
    with pytest.raises(TermsChanged):
        accept_terms(convention, 1, CLAIRE, NOW)
    with pytest.raises(TermsUnchanged):
        propose_terms(convention, 2, usual(notice_months=3), CLAIRE, NOW)


def test_the_same_proposal_twice_is_one() -> None:
    convention = negotiating()
    assert propose_terms(convention, 1, usual(notice_months=3), ODILE, NOW)
    assert propose_terms(convention, 1, usual(notice_months=3), ODILE, NOW) == []


def test_who_does_not_negotiate_does_not_propose_terms() -> None:
    convention = negotiating()
    for speaker in (HUGO, YANN):
        with pytest.raises(NotAReferent):
            propose_terms(convention, 1, usual(notice_months=3), speaker, NOW)
        with pytest.raises(NotAReferent):
            accept_terms(convention, 1, speaker, NOW)


def test_other_terms_on_a_sealed_text_void_the_signatures() -> None:
    convention = signed_by(sealed(), HUGO)
    voided, proposed = propose_terms(convention, 1, usual(notice_months=3), CLAIRE, NOW)
    assert isinstance(voided, SignaturesVoided)
    assert isinstance(proposed, TermsProposed)
    assert convention.state is ConventionState.NEGOTIATING
    assert convention.signatures == {}
    reasons = [it.reason for it in convention.problems(COMPLETE, TODAY)]
    assert reasons == ["terms_not_agreed"]


def test_clauses_and_terms_are_accepted_together_or_not_at_all() -> None:
    convention = negotiating()
    read = as_read(convention)
    with pytest.raises(TermsChanged):
        accept_all(convention, read, 2, ODILE, NOW)
    first = next(iter(convention.clauses.values()))
    applied(convention, convention.propose(first.id, 1, "Autre texte.", CLAIRE, NOW))
    with pytest.raises(ClauseChanged):
        accept_all(convention, read, 1, ODILE, NOW)
    assert ASSOCIATION not in convention.terms.accepted_by
    accept_all(convention, as_read(convention), 1, ODILE, NOW)
    assert convention.situation.still_to_accept == frozenset()
