"""The rules of a convention, one sentence each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from services.projects.conventions.domain.clause import TO_COMPLETE
from services.projects.conventions.domain.comment import Comment
from services.projects.conventions.domain.commenting import add_comment
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import ClauseId, CommentId, OrganizationId, new_id
from shared.contracts.projects.commands import ClauseAtRevision
from shared.contracts.projects.events import (
    ClauseAccepted,
    ClauseProposed,
    ConventionShared,
    NegotiationOpened,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    ClauseChanged,
    ClauseNotFound,
    ClauseUnchanged,
    EndsBeforeStart,
    NegotiationNotOpen,
    NotAReferent,
    PartiesNotBalanced,
)
from shared.contracts.refusals import Refusal
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
    PARTIES,
    SIGN_BEFORE,
    TODAY,
    YANN,
    agreed,
    as_read,
    drafted,
    negotiating,
    wanted,
)

ACCEPTED_TEXT = "L'association forme ses bénévoles chaque année."


def first(convention: Convention) -> ClauseId:
    return next(it.id for it in convention.clauses.values() if it.number == 1)


def refused_with(convention: Convention, act: Callable[[], object]) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.type


# ---------------------------------------------------------------------------- drafting


def test_a_draft_starts_from_the_model_accepted_by_its_author_only() -> None:
    convention = drafted()
    assert convention.state is ConventionState.DRAFT
    assert [it.number for it in convention.clauses.values()] == list(range(12))
    assert all(it.accepted_by == {HOSPITAL} and it.revision == 1 for it in convention.clauses.values())
    assert {it.organization_id for it in convention.parties if it.shared} == {HOSPITAL}


def test_every_article_is_required_and_says_why() -> None:
    articles = [it for it in drafted().clauses.values() if it.number > 0]
    assert all(it.required and "L1112-5" in it.reason for it in articles)
    assert {it.number for it in articles if it.incomplete} == {2, 5, 7, 9}


def test_the_preamble_names_the_parties_and_marks_its_blanks() -> None:
    convention, _ = draft(
        wanted(parties=(PARTIES[0], replace(PARTIES[1], seat=""))), HOSPITAL, CLAIRE.person_id, NOW
    )
    preamble = next(it for it in convention.clauses.values() if it.number == 0)
    assert "Centre hospitalier de Bellerive" in preamble.text
    assert f"sise {TO_COMPLETE}" in preamble.text


@pytest.mark.parametrize(
    "parties",
    [
        (PARTIES[0], PARTIES[0]),
        (PARTIES[0], replace(PARTIES[1], side=PARTIES[0].side)),
        (PARTIES[0], replace(PARTIES[1], organization_id=HOSPITAL)),
        (replace(PARTIES[0], organization_id=OrganizationId(new_id())), PARTIES[1]),
    ],
    ids=["one side only", "two establishments", "one organisation on both sides", "without the author's"],
)
def test_a_convention_is_between_an_establishment_and_an_association(parties: object) -> None:
    with pytest.raises(PartiesNotBalanced):
        draft(wanted(parties=parties), HOSPITAL, CLAIRE.person_id, NOW)


def test_the_last_day_comes_after_the_first() -> None:
    with pytest.raises(EndsBeforeStart):
        draft(wanted(ends_on=date(2026, 5, 1)), HOSPITAL, CLAIRE.person_id, NOW)


def test_the_author_rewrites_her_draft_and_a_colleague_does_not() -> None:
    convention = drafted()
    author = replace(CLAIRE, referent=False)
    assert convention.propose(first(convention), 1, ACCEPTED_TEXT, author, NOW)
    with pytest.raises(NotAReferent):
        convention.propose(first(convention), 2, "Autre chose.", KARIM, NOW)


def test_the_other_side_waits_until_the_negotiation_opens() -> None:
    convention = drafted()
    with pytest.raises(NegotiationNotOpen) as caught:
        convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW)
    assert caught.value.fields == {"state": ConventionState.DRAFT}


# ------------------------------------------------------------- the sides find each other


def test_a_party_is_told_once_that_it_can_read() -> None:
    convention = drafted()
    assert convention.share_with(ASSOCIATION) == [
        ConventionShared(convention_id=convention.id, organization_id=ASSOCIATION)
    ]
    assert convention.share_with(ASSOCIATION) == []
    assert convention.share_with(HOSPITAL) == []
    assert convention.share_with(YANN.organization_id) == []


def test_the_negotiation_opens_once_each_side_has_a_referent() -> None:
    convention = drafted()
    assert convention.open_negotiation(frozenset({HOSPITAL}), NOW) == []
    assert convention.open_negotiation(BOTH, NOW) == [NegotiationOpened(convention_id=convention.id)]
    assert convention.open_negotiation(BOTH, NOW) == []


# ------------------------------------------------------------------------ clause by clause


def test_a_proposal_is_accepted_by_the_side_that_makes_it_only() -> None:
    convention = agreed()
    events = convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW)
    clause = convention.clauses[first(convention)]
    assert (clause.text, clause.revision, clause.accepted_by) == (ACCEPTED_TEXT, 2, {ASSOCIATION})
    assert clause.agreed_at is None
    assert events == [
        ClauseProposed(
            convention_id=convention.id, clause_id=clause.id, revision=2, organization_id=ASSOCIATION
        )
    ]


def test_a_proposal_on_an_old_reading_is_refused_and_told_where_the_clause_stands() -> None:
    convention = negotiating()
    convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW)
    with pytest.raises(ClauseChanged) as caught:
        convention.propose(first(convention), 1, "Autre chose.", CLAIRE, NOW)
    assert caught.value.fields["revision"] == 2


def test_the_same_proposal_twice_is_made_once() -> None:
    convention = negotiating()
    assert convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW)
    assert convention.propose(first(convention), 1, ACCEPTED_TEXT, ODILE, NOW) == []


def test_proposing_what_stands_is_refused_even_in_another_encoding() -> None:
    convention = negotiating()
    convention.propose(first(convention), 1, "Formation financ\u00e9e.", ODILE, NOW)
    with pytest.raises(ClauseUnchanged):
        convention.propose(first(convention), 2, "Formation finance\u0301e.", CLAIRE, NOW)


def test_an_unknown_clause_is_not_found() -> None:
    convention = negotiating()
    nowhere = ClauseId(new_id())
    assert (
        refused_with(convention, lambda: convention.propose(nowhere, 1, "Texte.", ODILE, NOW))
        is ClauseNotFound
    )
    read = [ClauseAtRevision(clause_id=nowhere, revision=1)]
    assert refused_with(convention, lambda: convention.accept(read, ODILE, NOW)) is ClauseNotFound
    comment = Comment(CommentId(new_id()), nowhere, ASSOCIATION, ODILE.person_id, "Pourquoi ?")
    assert refused_with(convention, lambda: add_comment(convention, comment, ODILE)) is ClauseNotFound


def test_a_clause_is_agreed_once_both_sides_accept_it() -> None:
    convention = negotiating()
    read = ClauseAtRevision(clause_id=first(convention), revision=1)
    events = convention.accept([read], ODILE, NOW)
    assert [it.agreed for it in events if isinstance(it, ClauseAccepted)] == [True]
    assert convention.clauses[first(convention)].agreed_at == NOW


def test_accepting_twice_changes_nothing() -> None:
    convention = agreed()
    assert convention.accept(as_read(convention), ODILE, NOW) == []


def test_accepting_several_clauses_of_which_one_has_moved_accepts_none() -> None:
    convention = negotiating()
    read = as_read(convention)
    convention.propose(first(convention), 1, ACCEPTED_TEXT, CLAIRE, NOW)
    with pytest.raises(ClauseChanged):
        convention.accept(read, ODILE, NOW)
    assert all(ASSOCIATION not in it.accepted_by for it in convention.clauses.values())


@pytest.mark.parametrize("somebody", [HUGO, KARIM, YANN], ids=["signatory", "member", "third organisation"])
def test_only_referents_negotiate(somebody: Speaker) -> None:
    convention = negotiating()
    clause = first(convention)
    assert (
        refused_with(convention, lambda: convention.propose(clause, 1, "Texte.", somebody, NOW))
        is NotAReferent
    )
    assert (
        refused_with(convention, lambda: convention.accept(as_read(convention), somebody, NOW))
        is NotAReferent
    )
    assert (
        refused_with(
            convention,
            lambda: convention.seal(
                convention.version, SIGN_BEFORE, COMPLETE, somebody, now=NOW, today=TODAY
            ),
        )
        is NotAReferent
    )


def test_referents_and_signatories_comment() -> None:
    convention = negotiating()
    for speaker in (CLAIRE, HUGO, ODILE):
        comment = Comment(
            CommentId(new_id()), None, speaker.organization_id, speaker.person_id, "Une question."
        )
        assert add_comment(convention, comment, speaker)
    comment = Comment(CommentId(new_id()), None, HOSPITAL, KARIM.person_id, "Une question.")
    assert refused_with(convention, lambda: add_comment(convention, comment, KARIM)) is NotAReferent
