"""A convention that holds: suspended, ended, left alone, renewed, and its last duties done, by whoever tries."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from services.projects.conventions.domain.rights import Speaker as Negotiator
from services.projects.life.domain import Speaker
from services.projects.life.domain.days import months_after
from services.projects.life.domain.leaving import leave
from services.projects.life.domain.taking_back import take_back_notice
from shared.contracts.identifiers import DepartureId, OrganizationId, SuspensionId, TerminationId, new_id
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.leaving import LeaveConvention
from shared.contracts.projects.life import DecideRenewal
from shared.contracts.values import Side
from tests.projects.domain.life.lives import to_suspend, to_terminate
from tests.projects.domain.lifecycle.amendment_steps import AmendmentSteps
from tests.projects.domain.lifecycle.cast import BINDING, SELDOM, SEVERAL, SIGNATORIES
from tests.projects.domain.lifecycle.partnership import ENDED, IN_FORCE, while_in_force

HOW = st.sampled_from(["end", "leave"])
NOTICES = st.sampled_from(
    ["earliest", "earliest", "earliest", "later", "last", "next term", "too early", "too late"]
)
BOTH_SIDES = {Side.ESTABLISHMENT, Side.ASSOCIATION}


class LifeSteps(AmendmentSteps):
    """Rules for what follows the last signature. Before it, all of it is refused."""

    def as_speaker(self, by: Negotiator) -> Speaker:
        known = self.as_known(by)
        return Speaker(known.person_id, known.organization_id, known.referent, known.signatory)

    def binds(self, by: Negotiator) -> bool:
        """Whether she signs for a party of a convention that holds."""
        return (
            by.signatory
            and by.organization_id in self.convention.party_ids
            and self.convention.state in IN_FORCE
        )

    def lives_on_without(self, who: OrganizationId) -> bool:
        leaving = {who, *self.course.departures}
        return {it.side for it in self.convention.parties if it.organization_id not in leaving} == BOTH_SIDES

    def day_of(self, notice: str) -> date:
        earliest = months_after(self.today, self.convention.terms.terms.notice_months) + timedelta(days=1)
        return {
            "earliest": earliest,
            "later": earliest + timedelta(days=40),
            "last": self.course.ends_on,
            "too early": earliest - timedelta(days=1),
            "next term": self.course.ends_on + timedelta(days=30),
            "too late": self.life.latest_end(self.today) + timedelta(days=1),
        }[notice]

    def in_time(self, day: date) -> bool:
        """After the delay, and in this term or in the one that comes by itself."""
        return self.day_of("earliest") <= day <= self.life.latest_end(self.today)

    @while_in_force
    @rule(by=BINDING, after=st.none() | st.sampled_from([-1, 0, 10, 60, 1000]))
    def suspend(self, by: Negotiator, after: int | None) -> None:
        self.suspends(by, after)
        # What holds one still speaks about, beside its life: one row, one version.
        self.comment(by, unknown=False)

    def suspends(self, by: Negotiator, after: int | None) -> None:
        resumes_on = None if after is None else self.today + timedelta(days=after)
        lawful = self.binds(by) and by.organization_id not in self.course.suspensions
        possible = resumes_on is None or self.today < resumes_on <= self.course.ends_on
        events = self.live(
            lambda it: it.suspend(
                to_suspend(it, resumes_on=resumes_on), self.as_speaker(by), now=self.now, today=self.today
            )
        )
        assert bool(events) == (lawful and possible)

    @while_in_force
    @precondition(lambda it: bool(it.course.suspensions))
    @rule(by=BINDING, unknown=SELDOM)
    def lift(self, by: Negotiator, unknown: bool) -> None:
        standing = [] if unknown else [it.suspension_id for it in self.course.suspensions.values()]
        for suspension_id in standing or [SuspensionId(new_id())]:
            mine = self.course.suspensions.get(by.organization_id)
            lawful = self.binds(by) and mine is not None and mine.suspension_id == suspension_id
            events = self.live(lambda it, of=suspension_id: it.lift(of, self.as_speaker(by)))
            assert bool(events) == lawful, "nobody lifts for another party"

    @while_in_force
    @rule(how=HOW, people=SEVERAL, notice=NOTICES)
    def give_notice(self, how: str, people: list[Negotiator], notice: str) -> None:
        """Of the end for all, or of leaving alone."""
        for by in people:
            if how == "end":
                self.terminate(by, notice)
            else:
                self.leave(by, notice)

    @while_in_force
    @precondition(lambda it: it.course.notice is not None)
    @rule(by=BINDING, own=st.booleans(), unknown=SELDOM)
    def try_to_take_back(self, by: Negotiator, own: bool, unknown: bool) -> None:
        if self.course.notice:
            giver = SIGNATORIES[self.course.notice.organization_id]
            self.take_back(giver if own else by, unknown=unknown)

    def terminate(self, by: Negotiator, notice: str) -> None:
        day = self.day_of(notice)
        lawful = (
            self.binds(by) and self.course.notice is None and not self.lives_on_without(by.organization_id)
        )
        events = self.live(
            lambda it: it.terminate(
                to_terminate(it, day), self.as_speaker(by), now=self.now, today=self.today
            )
        )
        assert bool(events) == (lawful and self.in_time(day))

    def leave(self, by: Negotiator, notice: str) -> None:
        day = self.day_of(notice)
        lawful = (
            self.binds(by)
            and self.course.notice is None
            and by.organization_id not in self.course.departures
            and self.lives_on_without(by.organization_id)
        )
        wanted = LeaveConvention(
            convention_id=self.convention.id,
            departure_id=DepartureId(new_id()),
            effective_on=day,
            reason="Nous rejoignons une autre association.",
        )
        events = self.live(lambda it: leave(it, wanted, self.as_speaker(by), now=self.now, today=self.today))
        assert bool(events) == (lawful and self.in_time(day))

    def take_back(self, by: Negotiator, unknown: bool) -> None:
        notice = self.course.notice
        termination_id = notice.termination_id if notice and not unknown else TerminationId(new_id())
        lawful = (
            self.binds(by)
            and notice is not None
            and notice.organization_id == by.organization_id
            and self.today < notice.effective_on
            and not (self.course.done or unknown)
        )
        events = self.live(
            lambda it: take_back_notice(it, termination_id, self.as_speaker(by), today=self.today)
        )
        assert bool(events) == lawful

    @while_in_force
    @precondition(lambda it: it.life.standing.renewable)
    @rule(people=SEVERAL, agrees=st.booleans(), other=SELDOM)
    def speak_of_renewal(self, people: list[Negotiator], agrees: bool, other: bool) -> None:
        for by in people:
            self.decide_renewal(by, agrees=agrees, other=other)

    def decide_renewal(self, by: Negotiator, agrees: bool, other: bool) -> None:
        wanted = DecideRenewal(
            convention_id=self.convention.id,
            ends_on=self.course.ends_on - timedelta(days=other),
            agrees=agrees,
        )
        self.live(lambda it: it.decide_renewal(wanted, self.as_speaker(by), now=self.now, today=self.today))

    @precondition(lambda it: it.course.notice is not None or it.convention.state in ENDED)
    @rule(people=SEVERAL, steps=st.sets(st.sampled_from(ClosingStep)) | st.just(set(ClosingStep)))
    def do_last_duties(self, people: list[Negotiator], steps: set[ClosingStep]) -> None:
        for by in people:
            self.complete(by, steps)

    def complete(self, by: Negotiator, steps: set[ClosingStep]) -> None:
        for step in sorted(steps):
            self.live(lambda it, of=step: it.complete(of, self.as_speaker(by), self.now))
