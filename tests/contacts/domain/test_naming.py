"""Who names référents, and what being named by her gives."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.mandates.domain.naming import Namer
from shared.contracts.contacts.queries import MandateState
from shared.contracts.contacts.refusals import MayNotName, ReferentAsked, SideHasReferent
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id

MEMBER = Namer(
    PersonId(new_id()), administrator=False, signatory=False, referent=False, entrusted=False, drafts=False
)
COLLEAGUE = PersonId(new_id())
ROLES = ("administrator", "signatory", "referent", "drafts")


def test_a_member_without_a_role_names_nobody() -> None:
    with pytest.raises(MayNotName):
        MEMBER.require_may_name()
    with pytest.raises(MayNotName):
        MEMBER.require_may_name_for_another(has_referent=False)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_a_role_names_and_asks_another_side_that_has_nobody(role: str) -> None:
    namer = replace(MEMBER, **{role: True})
    namer.require_may_name()
    namer.require_may_name_for_another(has_referent=False)
    with pytest.raises(SideHasReferent):
        namer.require_may_name_for_another(has_referent=True)


@pytest.mark.parametrize(
    ("namer", "entrusts"),
    [
        (replace(MEMBER, administrator=True), True),
        (replace(MEMBER, signatory=True), True),
        (replace(MEMBER, referent=True, entrusted=True), True),
        (replace(MEMBER, referent=True), False),
        (replace(MEMBER, drafts=True), False),
    ],
)
def test_one_hands_on_what_one_has_and_nobody_entrusts_herself(namer: Namer, entrusts: bool) -> None:
    assert namer.entrusts(COLLEAGUE) is entrusts
    assert not namer.entrusts(namer.person_id)


NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())


def asked(by: OrganizationId = HOSPITAL) -> Mandate:
    return Mandate(
        MandateId(new_id()),
        ConventionId(new_id()),
        ASSOCIATION,
        PersonId(new_id()),
        proposed_by=by,
        proposed_at=NOW,
    )


def make_room(
    asked: list[Mandate], instead_of: MandateId | None, person: PersonId = COLLEAGUE
) -> list[Mandate]:
    return MEMBER.require_nobody_asked(asked, instead_of, of=ASSOCIATION, person=person)


def test_of_another_side_one_person_is_asked_at_a_time() -> None:
    waiting, other = asked(), MandateId(new_id())
    assert make_room([], None) == []
    for instead_of in (None, other):
        with pytest.raises(ReferentAsked) as caught:
            make_room([waiting], instead_of)
        assert caught.value.fields == {"mandate_id": str(waiting.id)}
    assert make_room([waiting], waiting.id) == [waiting]


def test_the_same_person_is_asked_once_more_only_where_that_was_said() -> None:
    waiting = asked()
    assert make_room([waiting], None, waiting.person_id) == []
    assert make_room([waiting], waiting.id, waiting.person_id) == [waiting]


def test_whom_a_side_asked_itself_is_not_replaced_by_others() -> None:
    own = asked(by=ASSOCIATION)
    with pytest.raises(ReferentAsked) as caught:
        make_room([own], own.id)
    assert caught.value.fields == {"mandate_id": None}


def test_what_is_taken_back_says_by_whom_and_what_was_answered_stays() -> None:
    waiting = asked()
    (told,) = waiting.withdraw(HOSPITAL, now=NOW)
    assert (waiting.state, getattr(told, "withdrawn_by", None)) == (MandateState.WITHDRAWN, HOSPITAL)
    assert waiting.withdraw(HOSPITAL, now=NOW) == []
