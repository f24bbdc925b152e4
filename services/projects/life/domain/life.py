"""A convention from its last signature to its end. What it says is sealed; here it is only lived.

Each party suspends and lifts for itself: nobody acts for the other side. Days of law are dates, and begin at midnight
in Paris; whoever calls says which day it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.projects.life.domain import rights
from services.projects.life.domain.days import months_after
from services.projects.life.domain.notices import Departure, Notice, Suspension
from services.projects.life.domain.renewal import Decision, Term
from services.projects.life.domain.rights import ENDED, IN_FORCE, Speaker, Standing
from shared.contracts.identifiers import ConventionId, OrganizationId, SuspensionId
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    ClosingStep,
    ClosingStepDone,
    ConventionClosed,
    ConventionExpired,
    ConventionRenewed,
    ConventionSuspended,
    RenewalDecided,
    RenewalDue,
    SuspensionLifted,
    TerminationNotified,
)
from shared.contracts.projects.life import DecideRenewal, SuspendConvention, TerminateConvention
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import (
    DateNotInFuture,
    EndsBefore,
    NoticeTooShort,
    RenewalNotDue,
    RenewalTooLate,
    SuspensionNotFound,
    TermChanged,
)
from shared.contracts.projects.terms import Renewal, Terms
from shared.contracts.values import Side


@dataclass(slots=True)
class Life:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    id: ConventionId
    version: int
    state: ConventionState
    parties: frozenset[OrganizationId]
    starts_on: date
    ends_on: date
    """The last day on which it holds."""
    terms: Terms
    decisions: dict[OrganizationId, Decision] = field(default_factory=dict[OrganizationId, Decision])
    """What the parties said about going on after this term."""
    decision: Decision | None = None
    """Set by the decision that is taken, to be kept as evidence: the next term begins without any."""
    renewal_told: bool = False
    suspensions: dict[OrganizationId, Suspension] = field(default_factory=dict[OrganizationId, Suspension])
    notice: Notice | None = None
    departures: dict[OrganizationId, Departure] = field(default_factory=dict[OrganizationId, Departure])
    """Of the parties that leave alone and have not left yet."""
    sides: Mapping[OrganizationId, Side] = field(default_factory=dict[OrganizationId, Side])
    done: set[tuple[OrganizationId, ClosingStep]] = field(
        default_factory=set[tuple[OrganizationId, ClosingStep]]
    )
    ended_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def partnership_id(self) -> ConventionId:
        """A partnership is known by its convention."""
        return self.id

    @property
    def standing(self) -> Standing:
        """What rights depend on."""
        return Standing(
            state=self.state,
            parties=self.parties,
            suspended_by=frozenset(self.suspensions),
            ending=self.notice is not None or self.state in ENDED,
            renewable=self.terms.renewal is not Renewal.NEVER and not self.ends_in_term,
            decided=frozenset(self.decisions),
            leaving=frozenset(self.departures),
            notice_by=self.notice and self.notice.organization_id,
            duties_begun=bool(self.done),
            sides=self.sides,
        )

    @property
    def ends_in_term(self) -> bool:
        """Whether a notice that stands ends it before the present term does, or with it."""
        return self.notice is not None and self.term.holds_until(self.notice.effective_on)

    @property
    def term(self) -> Term:
        """The present term, and how it goes on."""
        return Term(self.ends_on, self.terms)

    def earliest_end(self, today: date) -> date:
        """The first day on which a notice given today could take effect: the morrow of its delay, which runs to midnight."""
        return months_after(today, self.terms.notice_months) + timedelta(days=1)

    def latest_end(self, today: date) -> date:
        """The last day that a notice given today may name."""
        return self.term.reaches(self.decisions, self.earliest_end(today))

    def suspend(self, wanted: SuspendConvention, by: Speaker, *, now: datetime, today: date) -> list[Event]:
        """Suspend for one party. Asked again with the same id, nothing happens."""
        mine = self.suspensions.get(by.organization_id)
        if mine and mine.suspension_id == wanted.suspension_id:
            return []
        self._require(Act.SUSPEND, by)
        if wanted.resumes_on is not None:
            if wanted.resumes_on <= today:
                raise DateNotInFuture
            if wanted.resumes_on > self.ends_on:
                raise EndsBefore(ends_on=self.ends_on)
        self.suspensions[by.organization_id] = Suspension(
            suspension_id=wanted.suspension_id,
            organization_id=by.organization_id,
            person_id=by.person_id,
            reason=wanted.reason,
            means=wanted.means,
            resumes_on=wanted.resumes_on,
            suspended_at=now,
        )
        self.state = ConventionState.SUSPENDED
        return [
            ConventionSuspended(
                convention_id=self.id, organization_id=by.organization_id, resumes_on=wanted.resumes_on
            )
        ]

    def lift(self, suspension_id: SuspensionId, by: Speaker) -> list[Event]:
        """Lift one's own suspension; the convention holds again once none stands."""
        self._require(Act.LIFT, by)
        if self.suspensions[by.organization_id].suspension_id != suspension_id:
            raise SuspensionNotFound
        return self._lift([by.organization_id])

    def terminate(
        self, wanted: TerminateConvention, by: Speaker, *, now: datetime, today: date
    ) -> list[Event]:
        """Give notice. The convention holds, suspended or not, until the day on which it takes effect."""
        if self.notice and self.notice.termination_id == wanted.termination_id:
            return []
        self._require(Act.TERMINATE, by)
        if wanted.effective_on > (latest := self.latest_end(today)):
            raise EndsBefore(ends_on=latest)
        if wanted.effective_on < (earliest := self.earliest_end(today)):
            raise NoticeTooShort(earliest=earliest)
        self.notice = Notice(
            termination_id=wanted.termination_id,
            organization_id=by.organization_id,
            person_id=by.person_id,
            reason=wanted.reason,
            means=wanted.means,
            effective_on=wanted.effective_on,
            notified_at=now,
        )
        return [
            TerminationNotified(
                convention_id=self.id, organization_id=by.organization_id, effective_on=wanted.effective_on
            )
        ]

    def decide_renewal(
        self, wanted: DecideRenewal, by: Speaker, *, now: datetime, today: date
    ) -> list[Event]:
        """Say whether it goes on after this term. The last yes to an express renewal renews it at once."""
        mine = self.decisions.get(by.organization_id)
        if mine and (mine.agrees, self.ends_on) == (wanted.agrees, wanted.ends_on):
            return []
        self._require(Act.RENEW, by)
        if wanted.ends_on != self.ends_on:
            raise TermChanged(ends_on=self.ends_on)
        term = self.term
        if wanted.agrees and (self.terms.renewal is Renewal.TACIT or today < term.due_on):
            raise RenewalNotDue
        if today > term.decide_by:
            raise RenewalTooLate(decide_by=term.decide_by)
        self.decision = Decision(by.organization_id, by.person_id, wanted.agrees, wanted.means, now)
        self.decisions[by.organization_id] = self.decision
        decided = RenewalDecided(
            convention_id=self.id,
            organization_id=by.organization_id,
            ends_on=self.ends_on,
            agrees=wanted.agrees,
        )
        return [decided, *(self._renew() if term.agreed_by_all(self.decisions, self.parties) else [])]

    def complete(self, step: ClosingStep, by: Speaker, now: datetime) -> list[Event]:
        """Say that a last duty is done for one's side; done twice, it is done once."""
        self._require(Act.CLOSE, by)
        if (by.organization_id, step) in self.done:
            return []
        self.done.add((by.organization_id, step))
        return [
            ClosingStepDone(
                convention_id=self.id,
                organization_id=by.organization_id,
                step=step,
                last=by.organization_id in self._ready(),
            ),
            *self._close(now),
        ]

    def pass_day(self, today: date, now: datetime) -> list[Event]:
        """What happens by itself, however many days have passed since anybody looked; asked again, nothing."""
        if self.state not in IN_FORCE:
            return []
        events = self._pass_terms(today)
        if self.ends_in_term and self.notice and self.notice.effective_on <= today:
            self._end(ConventionState.TERMINATED, now)
            return [*events, self.notice.took_effect(self.id, self._ready()), *self._close(now)]
        if self.ends_on < today:
            self._end(ConventionState.EXPIRED, now)
            return [*events, ConventionExpired(convention_id=self.id, ended_on=self.ends_on)]
        resumed = [
            organization
            for organization, it in sorted(self.suspensions.items())
            if it.resumes_on is not None and it.resumes_on <= today
        ]
        return [*events, *self._lift(resumed)]

    def go_on_without(self, party: OrganizationId) -> list[Event]:
        """What it suspended holds no more, and what the others said about going on may now be all that is needed."""
        self.parties -= {party}
        self.decisions.pop(party, None)
        lifted = self._lift([party]) if party in self.suspensions else []
        agreed = bool(self.decisions) and self.term.agreed_by_all(self.decisions, self.parties)
        return [*lifted, *(self._renew() if agreed else [])]

    def _pass_terms(self, today: date) -> list[Event]:
        """Tell that a term comes to its end, and renew what goes on by itself: several terms, after a long stop."""
        events: list[Event] = []
        while not self.ends_in_term:
            if self.notice is None and self.term.to_tell(self.decisions, today) and not self.renewal_told:
                self.renewal_told = True
                events.append(
                    RenewalDue(
                        convention_id=self.id,
                        renewal=self.terms.renewal,
                        ends_on=self.ends_on,
                        decide_by=self.term.decide_by,
                    )
                )
            if self.ends_on >= today or not self.term.goes_on_by_itself(self.decisions):
                break
            events += self._renew()
        return events

    def _renew(self) -> list[Event]:
        self.ends_on = self.term.next_ends_on
        self.decisions = {}
        self.renewal_told = False
        return [ConventionRenewed(convention_id=self.id, renewal=self.terms.renewal, ends_on=self.ends_on)]

    def _lift(self, organizations: Iterable[OrganizationId]) -> list[Event]:
        events: list[Event] = []
        for organization in list(organizations):
            del self.suspensions[organization]
            if not self.suspensions:
                self.state = ConventionState.ACTIVE
            events.append(
                SuspensionLifted(
                    convention_id=self.id, organization_id=organization, resumed=not self.suspensions
                )
            )
        return events

    def _end(self, state: ConventionState, now: datetime) -> None:
        self.state = state
        self.ended_at = now
        self.suspensions.clear()

    def _ready(self) -> tuple[OrganizationId, ...]:
        """The parties that have done all their last duties."""
        return tuple(
            party for party in sorted(self.parties) if all((party, step) in self.done for step in ClosingStep)
        )

    def _close(self, now: datetime) -> list[Event]:
        """Closed once it has ended and each side has done all: duties done during the notice count."""
        if self.state not in ENDED or self.closed_at is not None or len(self._ready()) < len(self.parties):
            return []
        self.closed_at = now
        return [ConventionClosed(convention_id=self.id)]

    def _require(self, act: Act, by: Speaker) -> None:
        if refusal := rights.why_not(act, self.standing, by):
            raise refusal
