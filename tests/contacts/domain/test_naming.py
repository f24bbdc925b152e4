"""Who names référents, and what being named by her gives."""

from dataclasses import replace

import pytest

from services.contacts.mandates.domain.naming import Namer
from shared.contracts.contacts.refusals import MayNotName, SideHasReferent
from shared.contracts.identifiers import PersonId, new_id

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
