"""Days pass: what was promised for a day happens on it, once, in the order in which the service's calendar looks."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from services.projects.conventions.domain.amending import enter_into_force, lapse, may_enter
from services.projects.conventions.domain.deadline import pass_day_of_signing
from services.projects.conventions.domain.going_on import leave_amendment
from services.projects.life.domain import Life
from services.projects.life.domain.leaving import pass_day
from shared.contracts.messages import Event
from shared.contracts.projects.events import RenewalDecided, RenewalDue
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.refusals import Refusal
from tests.projects.domain.lifecycle.partnership import IN_FORCE, SIGNED, Partnership, State, picture

NAMED = {"its eve": -1, "its day": 0, "its morrow": 1}


class Calendar(Partnership):
    """The world, and its days."""

    @property
    def life(self) -> Life:
        """What the convention's life is loaded from, each time anew."""
        text, course = self.convention, self.course
        decided = {who: it for (day, who), it in course.decisions.items() if day == course.ends_on}
        return Life(
            id=text.id,
            version=text.version,
            state=text.state,
            parties=text.party_ids,
            starts_on=text.terms.terms.starts_on,
            ends_on=course.ends_on,
            terms=text.terms.terms,
            decisions={who: it for who, it in decided.items() if who in text.party_ids},
            renewal_told=course.ends_on in course.told,
            suspensions=dict(course.suspensions),
            notice=course.notice,
            departures=dict(course.departures),
            sides={it.organization_id: it.side for it in text.parties},
            done=set(course.done),
            ended_at=course.ended_at,
            closed_at=course.closed_at,
        )

    def live(self, act: Callable[[Life], list[Event]]) -> list[Event]:
        """Do it or be refused; a refusal leaves everything as it was."""
        life = self.life
        before = picture(life)
        try:
            events = act(life)
        except Refusal as refusal:
            self.refused(refusal)
            assert picture(life) == before
            return []
        assert events or picture(life) == before, "what nobody is told has not happened"
        self._keep(life, events)
        return events

    def _keep(self, life: Life, events: list[Event]) -> None:
        text, course = self.convention, self.course
        ended = text.state in IN_FORCE and life.state not in IN_FORCE
        left = {it.organization_id for it in events if isinstance(it, PartyLeft)}
        text.state = life.state
        text.parties = tuple(it for it in text.parties if it.organization_id not in left)
        assert text.party_ids == life.parties
        course.ends_on = life.ends_on
        course.suspensions, course.departures = dict(life.suspensions), dict(life.departures)
        course.notice, course.done = life.notice, set(life.done)
        course.ended_at, course.closed_at = life.ended_at, life.closed_at
        for event in events:
            if isinstance(event, RenewalDue):
                course.told.add(event.ends_on)
            elif isinstance(event, RenewalDecided) and life.decision:
                course.decisions[event.ends_on, event.organization_id] = life.decision
        self.record(text, events)
        course.left |= left
        for it in events:
            if isinstance(it, PartyLeft):
                self._go_on_without(it)
        if ended and (amendment := self.open_amendment):
            self.record(amendment, lapse(amendment, self.now))

    def _go_on_without(self, party: PartyLeft) -> None:
        if amendment := self.open_amendment:
            who, day = party.organization_id, party.left_on
            self.attempt(amendment, lambda: leave_amendment(amendment, who, day, self.now))
            self.let_enter()

    def let_enter(self) -> list[Event]:
        """An amendment that all have signed changes the convention, once its day has come."""
        amendment, base = self.open_amendment, self.convention
        if amendment is None or not may_enter(amendment, base, self.today):
            return []
        entry = enter_into_force(amendment, base, self.course.ends_on)
        self.course.ends_on = entry.ends_on
        self.record(amendment, entry.of_amendment)
        self.record(base, entry.of_convention)
        return entry.of_convention

    def look(self) -> list[Event]:
        """What the calendar of the service does when it looks."""
        happened: list[Event] = []
        if self.convention.state in SIGNED:
            happened += self.live(lambda it: pass_day(it, self.today, self.now))
        for text in self.texts:
            happened += self.attempt(text, lambda it=text: pass_day_of_signing(it, self.today))
        return [*happened, *self.let_enter()]

    def days_to_come(self) -> Iterator[date]:
        """Those on which something is to happen."""
        for text in self.texts:
            if text.seal_in_force and text.state in {State.READY, State.PARTLY_SIGNED}:
                yield text.seal_in_force.sign_before
            if text.state is State.SIGNED and text.amends and text.amends.effective_on:
                yield text.amends.effective_on
        if self.convention.state in IN_FORCE:
            yield self.life.term.due_on
            yield self.life.term.decide_by
            yield self.course.ends_on
            yield from (it.effective_on for it in self.course.departures.values())
            yield from (it.resumes_on for it in self.course.suspensions.values() if it.resumes_on)
            if self.course.notice:
                yield self.course.notice.effective_on

    def go_to(self, day: date) -> None:
        """Let a day come, and the calendar look at it twice."""
        self.today = max(self.today, day)
        self.look()
        assert self.look() == [], "what is due happens once"

    @rule(until=st.sampled_from([0, 1, 3, 7, 20, 90, *NAMED, *NAMED]), which=st.sampled_from([0, 0, 0, 1, 2]))
    def days_pass(self, until: int | str, which: int) -> None:
        """Some days, or until one on which something is to happen."""
        days = sorted({it for it in self.days_to_come() if it > self.today})
        if isinstance(until, int):
            self.go_to(self.today + timedelta(days=until))
        elif days:
            self.go_to(days[which % len(days)] + timedelta(days=NAMED[until]))
