"""An amendment goes on without a party that left its convention: it is awaited no more."""

from dataclasses import replace
from datetime import date

import pytest

from services.projects.conventions.domain.amending import abandon
from services.projects.conventions.domain.changing_articles import add_clause, withdraw_clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.going_on import leave_amendment
from services.projects.conventions.domain.negotiating_terms import accept_all
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import ClauseId, OrganizationId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import NotASignatory
from shared.contracts.projects.terms import PromisedMeans
from tests.projects.domain.conventions.amended import begun, of
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    HOSPITAL,
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
from tests.projects.domain.conventions.several import ALL_COMPLETE, LEILA, SECOND, sealed_three

LEFT_ON = date(2026, 6, 1)


def amending() -> Convention:
    """An amendment of a convention of three."""
    return begun(signed_by(sealed_three(), HUGO, ODILE, LEILA))


def reworded(accepting: tuple[Speaker, ...] = (ODILE,)) -> Convention:
    amendment = amending()
    applied(amendment, amendment.propose(of(amendment, 1), 1, "Le jeudi.", CLAIRE, NOW))
    for by in accepting:
        applied(amendment, accept_all(amendment, as_read(amendment), amendment.terms.revision, by, NOW))
    return amendment


def sealed(*order: OrganizationId) -> Convention:
    amendment = reworded((ODILE, LEILA))
    events = amendment.seal(
        amendment.version, SIGN_BEFORE, ALL_COMPLETE, CLAIRE, now=NOW, today=TODAY, sign_order=order
    )
    applied(amendment, events)
    return amendment


def left(amendment: Convention, party: OrganizationId = SECOND) -> list[Event]:
    return applied(amendment, leave_amendment(amendment, party, LEFT_ON, NOW))


def names(events: list[Event]) -> list[str]:
    return [type(it).__name__ for it in events]


def test_what_only_it_had_not_accepted_is_agreed() -> None:
    amendment = reworded()
    assert amendment.situation.still_to_accept == {SECOND}
    assert left(amendment) == [
        PartyLeft(
            convention_id=amendment.id,
            organization_id=SECOND,
            left_on=LEFT_ON,
            amends=amendment.partnership_id,
        )
    ]
    assert amendment.clauses[of(amendment, 1)].agreed_at
    assert amendment.situation.still_to_accept == frozenset()
    assert amendment.problems(ALL_COMPLETE, TODAY) == ()
    assert left(amendment) == []


def test_what_it_had_accepted_counts_for_nobody() -> None:
    amendment = reworded((LEILA,))
    left(amendment)
    assert amendment.situation.still_to_accept == {ASSOCIATION}
    applied(amendment, accept_all(amendment, as_read(amendment), amendment.terms.revision, ODILE, NOW))
    assert amendment.problems(ALL_COMPLETE, TODAY) == ()


def test_once_all_the_others_have_signed_it_is_signed_by_all() -> None:
    amendment = signed_by(sealed(), HUGO, ODILE)
    assert amendment.state is ConventionState.PARTLY_SIGNED
    assert names(left(amendment)) == ["PartyLeft", "AmendmentSigned"]
    assert amendment.state is ConventionState.SIGNED
    assert amendment.activated_at == NOW


def test_where_others_have_not_it_goes_on_waiting_for_them_only() -> None:
    amendment = signed_by(sealed(), LEILA)
    assert names(left(amendment)) == ["PartyLeft"]
    assert amendment.state is ConventionState.PARTLY_SIGNED
    with pytest.raises(NotASignatory):
        amendment.sign(hash_of(amendment), "présidente", "password", LEILA, NOW, today=TODAY)
    signed_by(amendment, HUGO)
    events = amendment.sign(hash_of(amendment), "présidente", "password", ODILE, NOW, today=TODAY)
    assert names(events) == ["ConventionSigned", "AmendmentSigned"]


def test_nobody_waits_for_its_turn() -> None:
    amendment = signed_by(sealed(HOSPITAL, SECOND, ASSOCIATION), HUGO)
    (told,) = left(amendment)
    assert isinstance(told, PartyLeft)
    assert told.next_to_sign == ASSOCIATION
    events = amendment.sign(hash_of(amendment), "présidente", "password", ODILE, NOW, today=TODAY)
    assert names(events) == ["ConventionSigned", "AmendmentSigned"]


def test_signed_by_all_it_only_loses_a_party_and_given_up_nothing() -> None:
    amendment = signed_by(sealed(), HUGO, ODILE, LEILA)
    assert names(left(amendment)) == ["PartyLeft"]
    assert amendment.state is ConventionState.SIGNED
    over = amending()
    applied(over, abandon(over, "Plus utile.", CLAIRE, NOW))
    assert left(over) == []


def test_an_article_that_it_alone_wanted_is_taken_out_by_those_who_stay() -> None:
    amendment = amending()
    article = ClauseId(new_id())
    applied(amendment, add_clause(amendment, article, "Local", "Un local est prêté.", LEILA, NOW))
    left(amendment)
    assert names(withdraw_clause(amendment, article, 1, ODILE, NOW)) == ["ClauseWithdrawn"]


def test_means_of_who_is_gone_are_promised_anew() -> None:
    amendment = reworded()
    theirs = PromisedMeans(text="Un local", by=SECOND)
    promised = amendment.terms.terms.model_copy(update={"means": (theirs,)})
    amendment.terms = replace(amendment.terms, terms=promised)
    left(amendment)
    assert [it.reason for it in amendment.problems(ALL_COMPLETE, TODAY)] == ["means_of_no_party"]
