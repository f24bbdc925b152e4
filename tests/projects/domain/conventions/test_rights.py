"""The acts that a page offers are those that the commands would do."""

from dataclasses import replace

import pytest

from services.projects.authority.public import Sides
from services.projects.conventions.domain import rights
from services.projects.conventions.domain.awaiting import awaited_from, awaited_from_side
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import Act, AwaitedKind
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    BOTH,
    CLAIRE,
    HOSPITAL,
    HUGO,
    KARIM,
    ODILE,
    YANN,
    agreed,
    drafted,
    negotiating,
    sealed,
    signed_by,
)

STATES = {
    "draft": drafted,
    "negotiating": negotiating,
    "agreed": agreed,
    "ready": sealed,
    "partly signed": lambda: signed_by(sealed(), HUGO),
    "active": lambda: signed_by(sealed(), HUGO, ODILE),
}


def acts(state: str, speaker: Speaker, referents: frozenset[OrganizationId] = BOTH) -> set[Act]:
    return set(rights.acts_of(STATES[state]().situation, speaker, referents))


@pytest.mark.parametrize("state", STATES)
def test_a_third_organisation_may_do_nothing(state: str) -> None:
    assert acts(state, YANN, frozenset()) == set()


@pytest.mark.parametrize("state", [it for it in STATES if it != "active"])
def test_a_member_without_a_role_may_do_nothing(state: str) -> None:
    assert acts(state, KARIM) == set()
    assert acts(state, KARIM, frozenset({HOSPITAL})) == set()


def test_what_each_may_do_in_each_state() -> None:
    assert acts("draft", CLAIRE, frozenset()) == {Act.INVITE, Act.PROPOSE, Act.COMMENT}
    assert acts("draft", ODILE) == set()
    assert acts("negotiating", ODILE) == {Act.PROPOSE, Act.ACCEPT, Act.COMMENT}
    assert acts("negotiating", CLAIRE) == {Act.PROPOSE, Act.COMMENT}
    assert acts("negotiating", HUGO) == {Act.COMMENT}
    assert acts("agreed", CLAIRE) == {Act.PROPOSE, Act.COMMENT, Act.SEAL}
    assert acts("ready", CLAIRE) == {Act.PROPOSE, Act.COMMENT, Act.SIGN_ON_PAPER}
    assert acts("ready", HUGO) == {Act.COMMENT, Act.SIGN, Act.REFUSE}
    assert acts("partly signed", HUGO) == {Act.COMMENT}
    everything = {Act.PROPOSE, Act.COMMENT, Act.SIGN, Act.REFUSE, Act.SIGN_ON_PAPER}
    assert acts("partly signed", ODILE) == everything
    assert acts("active", CLAIRE) == {Act.AMEND, Act.COMMENT, Act.PROPOSE_PROJECT}


@pytest.mark.parametrize(
    "who", [CLAIRE, HUGO, replace(CLAIRE, entrusted=False), replace(KARIM, entrusted=True)]
)
def test_who_names_invites_for_a_side_that_lacks_a_referent(who: Speaker) -> None:
    assert Act.INVITE in acts("negotiating", who, frozenset({HOSPITAL}))
    assert Act.INVITE not in acts("negotiating", who)


def test_the_author_of_a_draft_invites_without_a_role() -> None:
    author = replace(CLAIRE, referent=False, entrusted=False)
    assert Act.INVITE in acts("draft", author, frozenset())
    assert Act.INVITE not in acts("negotiating", author, frozenset({HOSPITAL}))


def awaited(convention: Convention, speaker: Speaker, sides: Sides) -> AwaitedKind | None:
    return awaited_from(speaker, convention.situation, sides)


def test_what_awaits_each() -> None:
    both = Sides(accepted=BOTH)
    assert awaited(drafted(), CLAIRE, Sides()) is AwaitedKind.INVITE
    assert awaited(drafted(), CLAIRE, Sides(asked=BOTH)) is None
    assert awaited(drafted(), KARIM, Sides()) is None
    assert awaited(negotiating(), ODILE, both) is AwaitedKind.ACCEPT_CLAUSES
    assert awaited(negotiating(), CLAIRE, both) is None
    assert awaited(agreed(), CLAIRE, both) is AwaitedKind.SEAL
    assert awaited(sealed(), HUGO, both) is AwaitedKind.SIGN
    assert awaited(sealed(), CLAIRE, both) is None
    assert awaited(signed_by(sealed(), HUGO, ODILE), ODILE, both) is None


def test_what_awaits_the_other_side() -> None:
    both = Sides(accepted=BOTH)
    assert awaited_from_side(ASSOCIATION, negotiating().situation, both) is AwaitedKind.ACCEPT_CLAUSES
    assert awaited_from_side(HOSPITAL, negotiating().situation, both) is None
    assert awaited_from_side(ASSOCIATION, signed_by(sealed(), HUGO).situation, both) is AwaitedKind.SIGN
    assert awaited_from_side(HOSPITAL, signed_by(sealed(), HUGO).situation, both) is None
    asked = Sides(accepted=frozenset({HOSPITAL}), asked=frozenset({ASSOCIATION}))
    assert awaited_from_side(ASSOCIATION, drafted().situation, asked) is AwaitedKind.INVITE
    assert awaited_from_side(ASSOCIATION, drafted().situation, Sides()) is None
