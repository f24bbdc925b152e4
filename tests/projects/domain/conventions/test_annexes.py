"""Annexes: negotiated like clauses, sealed by their hash."""

import json
from typing import Any

import pytest

from services.projects.conventions.domain.annex import MOST_ANNEXES
from services.projects.conventions.domain.canonical import canonical_form
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.negotiating_annexes import (
    accept_annex,
    announce_annex,
    give_file,
    withdraw_annex,
)
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import AnnexId, new_id
from shared.contracts.projects.events import AnnexAccepted, AnnexProposed, SignaturesVoided
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import (
    AnnexChanged,
    AnnexEmpty,
    AnnexNotFound,
    AnnexUnchanged,
    ConventionIncomplete,
    IdentifierTaken,
    NegotiationNotOpen,
    NotAReferent,
    TooManyAnnexes,
)
from tests.projects.domain.conventions.drafts import (
    ASSOCIATION,
    CLAIRE,
    COMPLETE,
    HOSPITAL,
    KARIM,
    NOW,
    ODILE,
    SIGN_BEFORE,
    TODAY,
    YANN,
    agreed,
    applied,
    negotiating,
    sealed,
    signed_by,
)

PLANNING = GivenFile(sha256="ab" * 32, size=1200, media_type=MediaType.PDF, name="planning.pdf")
OTHER = GivenFile(sha256="cd" * 32, size=1300, media_type=MediaType.PDF, name="planning-2.pdf")


def with_file(convention: Convention, title: str = "Planning") -> AnnexId:
    """An annex that Claire announced and gave a file."""
    annex_id = AnnexId(new_id())
    applied(convention, announce_annex(convention, annex_id, title, CLAIRE, NOW))
    applied(convention, give_file(convention, annex_id, 1, PLANNING, CLAIRE, NOW))
    return annex_id


def problems(convention: Convention) -> list[tuple[str, Any]]:
    return [(it.reason, it.annex_id) for it in convention.problems(COMPLETE, TODAY)]


def test_an_annex_is_announced_given_and_accepted() -> None:
    convention = agreed()
    annex_id = AnnexId(new_id())
    announced = applied(convention, announce_annex(convention, annex_id, "Planning", CLAIRE, NOW))
    assert announced == [
        AnnexProposed(
            convention_id=convention.id,
            annex_id=annex_id,
            revision=1,
            organization_id=HOSPITAL,
            withdrawn=False,
        )
    ]
    assert problems(convention) == [("annex_empty", annex_id)]
    assert convention.situation.still_to_accept == frozenset()
    with pytest.raises(AnnexEmpty):
        accept_annex(convention, annex_id, 1, ODILE, NOW)

    applied(convention, give_file(convention, annex_id, 1, PLANNING, CLAIRE, NOW))
    assert problems(convention) == [("annex_not_agreed", annex_id)]
    assert convention.situation.still_to_accept == {ASSOCIATION}
    accepted = applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    assert accepted == [
        AnnexAccepted(
            convention_id=convention.id,
            annex_id=annex_id,
            revision=2,
            organization_id=ASSOCIATION,
            agreed=True,
        )
    ]
    assert problems(convention) == []
    assert accept_annex(convention, annex_id, 2, ODILE, NOW) == []


def test_the_sealed_form_names_each_file_by_its_hash() -> None:
    convention = agreed()
    without = canonical_form(convention.agreement)
    annex_id = with_file(convention)
    applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    form = json.loads(canonical_form(convention.agreement))
    assert form["annexes"] == [
        {"file": "ab" * 32, "number": 1, "size": 1200, "title": "Planning", "type": "application/pdf"}
    ]
    assert json.loads(without)["annexes"] == []
    applied(convention, give_file(convention, annex_id, 2, OTHER, ODILE, NOW))
    assert json.loads(canonical_form(convention.agreement))["annexes"][0]["file"] == "cd" * 32


def test_an_empty_annex_cannot_be_sealed() -> None:
    convention = agreed()
    annex_id = AnnexId(new_id())
    applied(convention, announce_annex(convention, annex_id, "Planning", CLAIRE, NOW))
    with pytest.raises(ConventionIncomplete) as refused:
        convention.seal(convention.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY)
    assert refused.value.fields["problems"] == [{"reason": "annex_empty", "annex_id": str(annex_id)}]


@pytest.mark.parametrize("change", ["announce", "give", "withdraw"])
def test_a_change_of_the_annexes_voids_the_signatures(change: str) -> None:
    convention = agreed()
    annex_id = with_file(convention)
    applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    applied(
        convention,
        convention.seal(convention.version, SIGN_BEFORE, COMPLETE, CLAIRE, now=NOW, today=TODAY),
    )
    signed_by(convention, ODILE)
    match change:
        case "announce":
            events = announce_annex(convention, AnnexId(new_id()), "Lieux", CLAIRE, NOW)
        case "give":
            events = give_file(convention, annex_id, 2, OTHER, CLAIRE, NOW)
        case _:
            events = withdraw_annex(convention, annex_id, 2, CLAIRE, NOW)
    assert isinstance(events[0], SignaturesVoided)
    assert events[0].voided == (ODILE.person_id,)
    assert convention.state is ConventionState.NEGOTIATING


def test_what_nobody_else_accepted_goes_at_once() -> None:
    convention = agreed()
    annex_id = with_file(convention)
    applied(convention, withdraw_annex(convention, annex_id, 2, CLAIRE, NOW))
    assert convention.annexes[annex_id].gone
    assert problems(convention) == []
    with pytest.raises(AnnexNotFound):
        give_file(convention, annex_id, 3, OTHER, CLAIRE, NOW)
    again = with_file(convention, "Lieux")
    assert convention.annexes[again].number == 2, "a number is never given again"


def test_what_both_accepted_goes_once_both_accept_that() -> None:
    convention = agreed()
    annex_id = with_file(convention)
    applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    applied(convention, withdraw_annex(convention, annex_id, 2, CLAIRE, NOW))
    assert not convention.annexes[annex_id].gone
    assert problems(convention) == [("annex_not_agreed", annex_id)]
    applied(convention, accept_annex(convention, annex_id, 3, ODILE, NOW))
    assert convention.annexes[annex_id].gone
    assert json.loads(canonical_form(convention.agreement))["annexes"] == []


def test_what_the_other_side_has_accepted_once_does_not_go_by_way_of_another_file() -> None:
    convention = agreed()
    annex_id = with_file(convention)
    applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    applied(convention, give_file(convention, annex_id, 2, OTHER, CLAIRE, NOW))
    applied(convention, withdraw_annex(convention, annex_id, 3, CLAIRE, NOW))
    assert not convention.annexes[annex_id].gone
    assert problems(convention) == [("annex_not_agreed", annex_id)]


def test_nobody_takes_out_the_annex_of_the_other_side_by_giving_it_a_file() -> None:
    convention = agreed()
    annex_id = with_file(convention)
    applied(convention, give_file(convention, annex_id, 2, OTHER, ODILE, NOW))
    applied(convention, withdraw_annex(convention, annex_id, 3, ODILE, NOW))
    assert not convention.annexes[annex_id].gone
    applied(convention, accept_annex(convention, annex_id, 4, CLAIRE, NOW))
    assert convention.annexes[annex_id].gone


def test_asking_twice_does_it_once() -> None:
    convention = negotiating()
    annex_id = with_file(convention)
    assert announce_annex(convention, annex_id, "Planning", CLAIRE, NOW) == []
    assert give_file(convention, annex_id, 1, PLANNING, CLAIRE, NOW) == []
    applied(convention, accept_annex(convention, annex_id, 2, ODILE, NOW))
    applied(convention, withdraw_annex(convention, annex_id, 2, CLAIRE, NOW))
    assert withdraw_annex(convention, annex_id, 2, CLAIRE, NOW) == []


def test_refusals() -> None:
    convention = negotiating()
    annex_id = with_file(convention)
    with pytest.raises(IdentifierTaken):
        announce_annex(convention, annex_id, "Autre", ODILE, NOW)
    with pytest.raises(AnnexChanged) as stale:
        give_file(convention, annex_id, 1, OTHER, ODILE, NOW)
    assert stale.value.fields == {"annex_id": annex_id, "revision": 2}
    with pytest.raises(AnnexUnchanged):
        give_file(convention, annex_id, 2, PLANNING, ODILE, NOW)
    with pytest.raises(AnnexNotFound):
        accept_annex(convention, AnnexId(new_id()), 1, ODILE, NOW)
    for stranger in (KARIM, YANN):
        with pytest.raises(NotAReferent):
            announce_annex(convention, AnnexId(new_id()), "Planning", stranger, NOW)
    for _ in range(MOST_ANNEXES - 1):
        announce_annex(convention, AnnexId(new_id()), "Planning", CLAIRE, NOW)
    with pytest.raises(TooManyAnnexes):
        announce_annex(convention, AnnexId(new_id()), "Planning", CLAIRE, NOW)


def test_a_sealed_text_is_not_accepted_any_more_and_an_active_one_not_changed() -> None:
    convention = sealed()
    with pytest.raises(NegotiationNotOpen):
        accept_annex(convention, AnnexId(new_id()), 1, ODILE, NOW)
    convention.state = ConventionState.ACTIVE
    with pytest.raises(NegotiationNotOpen):
        announce_annex(convention, AnnexId(new_id()), "Planning", CLAIRE, NOW)
