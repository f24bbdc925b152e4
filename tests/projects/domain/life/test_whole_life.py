"""From the first draft to the last duty: whatever people do while days pass, what both sides rely on holds."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from services.projects.conventions.domain.rights import Speaker as Negotiator
from services.projects.life.domain import Life, Speaker
from services.projects.life.domain.days import months_after
from services.projects.life.domain.rights import ENDED, IN_FORCE
from services.projects.life.domain.taking_back import take_back_notice
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    ClosingStep,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSuspended,
    ConventionTerminated,
    RenewalDecided,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.life import DecideRenewal
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.taking_back import TerminationWithdrawn
from shared.contracts.projects.terms import Renewal
from shared.contracts.refusals import Refusal
from tests.projects.domain.conventions.drafts import BOTH, CLAIRE, HUGO, KARIM, NOW, ODILE, TODAY, YANN
from tests.projects.domain.conventions.test_convention_machine import SIGNED, ConventionLife
from tests.projects.domain.life.lives import to_suspend, to_terminate

PEOPLE = st.sampled_from([CLAIRE, HUGO, HUGO, KARIM, ODILE, ODILE, YANN])
DAYS = st.integers(-5, 500)


def as_speaker(person: Negotiator) -> Speaker:
    return Speaker(person.person_id, person.organization_id, person.referent, person.signatory)


def is_signed(machine: "WholeLife") -> bool:
    return machine.convention.state in SIGNED


class WholeLife(ConventionLife):
    """The same convention after its last signature, and a calendar."""

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY
        self.life: Life | None = None

    def live(self, act: Callable[[Life], list[Event]]) -> list[Event]:
        """Do it or be refused; a refusal leaves everything as it was."""
        life = self.life or self._begun()
        self.life = life
        # Comments go on beside it: one row, one version.
        life.version = self.convention.version
        before = self._seen(life)
        try:
            events = act(life)
        except Refusal:
            assert self._seen(life) == before
            return []
        if not events:
            assert self._seen(life) == before
        self.convention.state = life.state
        self.convention.version += len(events)
        self.history += events
        return events

    def _begun(self) -> Life:
        it = self.convention
        return Life(
            id=it.id,
            version=it.version,
            state=it.state,
            parties=it.party_ids,
            starts_on=it.terms.terms.starts_on,
            ends_on=it.terms.terms.ends_on,
            terms=it.terms.terms,
        )

    def _seen(self, life: Life) -> object:
        return (
            life.ends_on,
            dict(life.decisions),
            life.renewal_told,
            life.state,
            dict(life.suspensions),
            life.notice,
            set(life.done),
            life.ended_at,
            life.closed_at,
        )

    @precondition(is_signed)
    @rule(by=PEOPLE, after=st.none() | DAYS)
    def suspend(self, by: Negotiator, after: int | None) -> None:
        resumes_on = None if after is None else self.today + timedelta(days=after)
        self.live(
            lambda it: it.suspend(
                to_suspend(it, resumes_on=resumes_on), as_speaker(by), now=NOW, today=self.today
            )
        )

    @precondition(is_signed)
    @rule(by=PEOPLE, whose=st.sampled_from(sorted(BOTH)))
    def lift(self, by: Negotiator, whose: object) -> None:
        standing = [
            it for it in (self.life.suspensions.values() if self.life else ()) if it.organization_id == whose
        ]
        for it in standing:
            events = self.live(lambda life, of=it.suspension_id: life.lift(of, as_speaker(by)))
            assert not events or by.organization_id == whose, "nobody lifts for the other side"

    @precondition(is_signed)
    @rule(by=PEOPLE, after=DAYS)
    def terminate(self, by: Negotiator, after: int) -> None:
        day = self.today + timedelta(days=after)
        events = self.live(
            lambda it: it.terminate(to_terminate(it, day), as_speaker(by), now=NOW, today=self.today)
        )
        notice_months = self.convention.terms.terms.notice_months
        assert not events or day > months_after(self.today, notice_months)

    @precondition(is_signed)
    @rule(by=PEOPLE)
    def take_back(self, by: Negotiator) -> None:
        if self.life is None or self.life.notice is None:
            return
        notice, duties = self.life.notice, bool(self.life.done)
        events = self.live(
            lambda it: take_back_notice(it, notice.termination_id, as_speaker(by), today=self.today)
        )
        assert not events or (by.organization_id == notice.organization_id and not duties)

    @precondition(is_signed)
    @rule(by=PEOPLE, agrees=st.booleans(), late=st.booleans())
    def decide_renewal(self, by: Negotiator, agrees: bool, late: bool) -> None:
        ends_on = self.life.ends_on if self.life else self.convention.terms.terms.ends_on
        wanted = DecideRenewal(
            convention_id=self.convention.id, ends_on=ends_on - timedelta(days=late), agrees=agrees
        )
        self.live(lambda it: it.decide_renewal(wanted, as_speaker(by), now=NOW, today=self.today))

    @precondition(is_signed)
    @rule(by=PEOPLE, steps=st.sets(st.sampled_from(ClosingStep)) | st.just(set(ClosingStep)))
    def complete(self, by: Negotiator, steps: set[ClosingStep]) -> None:
        for step in sorted(steps):
            self.live(lambda it, of=step: it.complete(of, as_speaker(by), NOW))

    @precondition(is_signed)
    @rule(days=st.integers(0, 200))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.live(lambda it: it.pass_day(self.today, NOW))
        assert self.live(lambda it: it.pass_day(self.today, NOW)) == [], "what is due happens once"

    @invariant()
    def it_is_suspended_exactly_while_a_suspension_stands(self) -> None:
        if self.life is None:
            return
        standing: set[object] = set()
        for event in self.history:
            if isinstance(event, ConventionSuspended):
                assert event.organization_id not in standing
                standing.add(event.organization_id)
            elif isinstance(event, SuspensionLifted):
                standing.remove(event.organization_id)
                assert event.resumed == (not standing)
            elif isinstance(event, ConventionExpired | ConventionTerminated):
                standing.clear()
        assert standing == self.life.suspensions.keys()
        assert (self.convention.state is ConventionState.SUSPENDED) == bool(standing)

    @invariant()
    def it_holds_until_its_day_and_ends_once(self) -> None:
        ends = [it for it in self.history if isinstance(it, ConventionExpired | ConventionTerminated)]
        notices = [it for it in self.history if isinstance(it, TerminationNotified)]
        assert len(ends) == (self.convention.state in ENDED)
        withdrawn = [it for it in self.history if isinstance(it, TerminationWithdrawn)]
        standing = len(notices) - len(withdrawn)
        assert standing in {0, 1}
        assert self.life is None or (self.life.notice is not None) == bool(standing)
        for end in ends:
            day: date = end.effective_on if isinstance(end, ConventionTerminated) else end.ended_on
            assert day <= self.today
            assert isinstance(end, ConventionTerminated) == bool(standing)
        if self.life and self.convention.state in IN_FORCE:
            assert self.life.ended_at is None

    @invariant()
    def it_goes_on_as_its_terms_say(self) -> None:
        terms, last = self.convention.terms.terms, self.convention.terms.terms.ends_on
        objected, agreed = False, set[object]()
        for event in self.history:
            if isinstance(event, RenewalDecided):
                assert event.ends_on == last
                objected = objected or not event.agrees
                if event.agrees:
                    agreed.add(event.organization_id)
            elif isinstance(event, ConventionRenewed):
                assert terms.renewal is not Renewal.NEVER
                assert not objected
                assert terms.renewal is Renewal.TACIT or agreed == BOTH
                assert event.ends_on > last
                last, objected, agreed = event.ends_on, False, set()
            elif isinstance(event, ConventionExpired):
                assert event.ended_on == last
                assert terms.renewal is not Renewal.TACIT or objected

    @invariant()
    def it_is_closed_once_after_its_end_by_both(self) -> None:
        closed = [it for it in self.history if isinstance(it, ConventionClosed)]
        assert len(closed) <= 1
        if closed:
            assert self.convention.state in ENDED
            assert self.life is not None
            assert {party for party, _ in self.life.done} == BOTH
            assert len(self.life.done) == len(BOTH) * len(ClosingStep)


WholeLife.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestWholeLife = WholeLife.TestCase
