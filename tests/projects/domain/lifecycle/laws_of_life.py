"""What holds of a signed convention after every step: it lives and ends as its text says, by what was said in time."""

from datetime import date, timedelta

from hypothesis.stateful import invariant

from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.events import (
    ClosingStep,
    ClosingStepDone,
    CommentAdded,
    ConventionActivated,
    ConventionAmended,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSuspended,
    ConventionTerminated,
    RenewalDecided,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.leaving import DepartureNotified, PartyLeft
from shared.contracts.projects.taking_back import TerminationWithdrawn
from shared.contracts.projects.terms import Renewal
from tests.projects.domain.lifecycle.life_steps import BOTH_SIDES
from tests.projects.domain.lifecycle.partnership import ABOUT_OBSERVERS, ENDED, IN_FORCE, State
from tests.projects.domain.lifecycle.wrong_times import WrongTimes

AFTER_THE_END = (ClosingStepDone, ConventionClosed, CommentAdded, *ABOUT_OBSERVERS)


class LawsOfLife(WrongTimes):
    """Replayed from the events, they give what is kept."""

    @invariant()
    def both_kinds_of_organisations_stay_or_it_ends(self) -> None:
        sides = {it.side for it in self.convention.parties}
        assert sides == BOTH_SIDES
        staying = {
            it.side for it in self.convention.parties if it.organization_id not in self.course.departures
        }
        assert self.convention.state not in IN_FORCE or staying == BOTH_SIDES

    @invariant()
    def who_leaves_said_so_in_time_and_is_gone(self) -> None:
        leaving: dict[OrganizationId, date] = {}
        for event, day, parties, _ in self.history[self.convention.id]:
            if isinstance(event, DepartureNotified):
                assert event.organization_id not in leaving
                leaving[event.organization_id] = event.effective_on
            elif isinstance(event, PartyLeft):
                assert leaving.pop(event.organization_id) == event.left_on <= day
                assert event.organization_id not in parties
        assert leaving == {who: it.effective_on for who, it in self.course.departures.items()}
        assert not self.course.left & (self.convention.party_ids | self.course.suspensions.keys())

    @invariant()
    def it_is_suspended_exactly_while_a_suspension_stands(self) -> None:
        standing: set[object] = set()
        for event, *_ in self.history[self.convention.id]:
            if isinstance(event, ConventionSuspended):
                assert event.organization_id not in standing
                standing.add(event.organization_id)
            elif isinstance(event, SuspensionLifted):
                standing.remove(event.organization_id)
                assert event.resumed == (not standing)
            elif isinstance(event, ConventionExpired | ConventionTerminated):
                standing.clear()
        assert standing == self.course.suspensions.keys()
        assert (self.convention.state is State.SUSPENDED) == bool(standing)

    @invariant()
    def it_holds_until_its_day_and_ends_once(self) -> None:
        notice: TerminationNotified | None = None
        ended = False
        for event, day, _, _ in self.history[self.convention.id]:
            assert not ended or isinstance(event, AFTER_THE_END), "what has ended has ended"
            if isinstance(event, TerminationNotified):
                assert notice is None
                notice = event
            elif isinstance(event, TerminationWithdrawn):
                assert notice
                assert notice.organization_id == event.organization_id
                notice = None
            elif isinstance(event, ConventionTerminated):
                assert notice
                assert event.effective_on == notice.effective_on <= day
                ended = True
            elif isinstance(event, ConventionExpired):
                assert event.ended_on < day
                assert notice is None or notice.effective_on > event.ended_on + timedelta(days=1)
                ended = True
        assert ended == (self.convention.state in ENDED) == (self.course.ended_at is not None)
        assert (notice is None) == (self.course.notice is None)
        if self.convention.state in IN_FORCE:
            assert self.today <= self.course.ends_on
            assert notice is None or self.today < notice.effective_on

    @invariant()
    def it_goes_on_as_its_terms_say(self) -> None:
        last = self.convention.terms.terms.ends_on
        said: dict[tuple[date, OrganizationId], bool] = {}
        for event, day, parties, terms in self.history[self.convention.id]:
            decided = {who: agrees for (term, who), agrees in said.items() if term == last and who in parties}
            if isinstance(event, ConventionActivated | ConventionAmended):
                amended = isinstance(event, ConventionAmended)
                assert day <= (last if amended else event.ends_on), (
                    "what has ended is neither signed nor amended"
                )
                last = event.ends_on
            elif isinstance(event, RenewalDecided):
                assert event.ends_on == last >= day
                said[last, event.organization_id] = event.agrees
            elif isinstance(event, ConventionRenewed):
                assert terms.renewal is not Renewal.NEVER
                assert all(decided.values())
                assert terms.renewal is Renewal.TACIT or decided.keys() == parties
                assert event.ends_on > last
                last = event.ends_on
            elif isinstance(event, ConventionExpired):
                assert event.ended_on == last
                assert terms.renewal is not Renewal.TACIT or not all(decided.values())
        assert last == self.course.ends_on

    @invariant()
    def it_is_closed_once_after_its_end_by_all(self) -> None:
        closed = self.told(ConventionClosed)
        assert len(closed) <= 1
        assert bool(closed) == (self.course.closed_at is not None)
        duties = {(it, step) for it in self.convention.party_ids for step in ClosingStep}
        assert bool(closed) == (self.convention.state in ENDED and duties <= self.course.done)
