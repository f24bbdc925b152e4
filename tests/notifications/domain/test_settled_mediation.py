"""Which notices about a mediation are filed by what happens."""

from services.notifications.notices.domain.rules import Settled
from services.notifications.notices.domain.settled_mediation import settled_mediation
from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.domain.circle import ASSOCIATION
from tests.notifications.domain.circle_of_mediation import (
    ASKED,
    ENDED,
    MEDIATOR,
    PLANNED,
    PROPOSED,
    accepted,
)

EVERYBODY = (Settled(NoticeKind.MEDIATION_AWAITED),)


def test_an_answer_settles_ones_own_question_and_the_last_one_all() -> None:
    assert settled_mediation(accepted(ASSOCIATION, MEDIATOR, agreed=True)) == EVERYBODY
    assert settled_mediation(accepted(ASSOCIATION, MEDIATOR, agreed=False)) == (
        Settled(NoticeKind.MEDIATION_AWAITED, organization_id=ASSOCIATION),
    )


def test_a_newer_proposal_and_the_end_settle_what_was_asked_before() -> None:
    assert settled_mediation(PROPOSED) == EVERYBODY
    assert settled_mediation(ENDED) == EVERYBODY
    assert settled_mediation(ASKED) == ()
    assert settled_mediation(PLANNED) == ()
