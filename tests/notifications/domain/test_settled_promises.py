"""Which notices about dated obligations are filed by what happens."""

from services.notifications.notices.domain.rules import Settled, Subject
from services.notifications.notices.domain.settled_promises import settled_promises
from shared.contracts.notifications.queries import NoticeKind
from shared.contracts.projects.events import NegotiationOpened
from tests.notifications.domain.circle import ASSOCIATION, CONVENTION
from tests.notifications.domain.circle_of_promises import (
    CONTESTED,
    KEPT,
    MISSED,
    OBLIGATION,
    POSTPONED,
    RELEASED,
    due,
)

DUE = Settled(NoticeKind.OBLIGATION_DUE, OBLIGATION)


def test_a_word_settles_what_was_asked_of_everybody() -> None:
    both = (DUE, Settled(NoticeKind.OBLIGATION_MISSED, OBLIGATION))
    assert settled_promises(KEPT) == both
    assert settled_promises(CONTESTED) == both


def test_a_missed_or_postponed_day_is_no_longer_announced() -> None:
    assert settled_promises(MISSED) == (DUE,)
    assert settled_promises(POSTPONED) == (DUE,)
    assert settled_promises(RELEASED) == (Settled(NoticeKind.OBLIGATION_DUE),)
    assert settled_promises(NegotiationOpened(convention_id=CONVENTION)) == ()


def test_a_notice_asks_about_one_obligation() -> None:
    subject = Subject.of(due(ASSOCIATION))
    assert subject.asked_about(NoticeKind.OBLIGATION_DUE) == OBLIGATION
    assert subject.asked_about(NoticeKind.OBLIGATION_KEPT) is None
