"""Who hears that signed pages wait to be attested: of each party that has not signed, who may attest them."""

from dataclasses import replace

import pytest

from services.notifications.recipients.circle import Circle
from services.notifications.recipients.domain import who_should_hear
from shared.contracts.identifiers import PersonId
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import PaperScanGiven
from tests.notifications.domain.circle import (
    CLAIRE,
    CONVENTION,
    HASH,
    HOSPITAL,
    NORA,
    ODILE,
    PAUL,
    circle,
)

SCAN = PaperScanGiven(convention_id=CONVENTION, organization_id=HOSPITAL, scan=HASH)


def asked(around: Circle) -> set[PersonId]:
    hearings = who_should_hear(SCAN, around, actor_person=CLAIRE, actor_organization=HOSPITAL)
    assert {it.kind for it in hearings} <= {NoticeKind.PAPER_SCAN_GIVEN}
    return {it.person_id for it in hearings}


@pytest.mark.parametrize("given", ["entrusted", "administrators", "signatories"])
def test_a_scan_is_for_the_other_side_s_referents_to_attest_who_were_given_a_say(given: str) -> None:
    around = circle()
    assert asked(around) == set(), "she named herself: she cannot attest"
    association = replace(around.parties[1], **{given: frozenset({ODILE, NORA})})
    assert asked(replace(around, parties=(around.parties[0], association))) == {ODILE}
    signed = replace(association, signed=True)
    assert asked(replace(around, parties=(around.parties[0], signed))) == set(), "her side has signed here"


def test_a_deputy_attests_like_the_one_for_whom_she_acts() -> None:
    around = circle()
    absent = replace(around.parties[1], deputies=frozenset({NORA}), entrusted=frozenset({ODILE, NORA}))
    assert asked(replace(around, parties=(around.parties[0], absent))) == {ODILE, NORA}


def test_whoever_signs_attests_for_a_vacant_side() -> None:
    around = circle()
    vacant = replace(around.parties[1], referents=frozenset(), vacant=True)
    assert asked(replace(around, parties=(around.parties[0], vacant))) == {PAUL}
