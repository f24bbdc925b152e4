"""A signed convention as its pages show it: with the names of who suspended, who gave notice, who did what."""

from dataclasses import dataclass
from datetime import date, datetime

from services.web.pages.names import Names, Person, names_of
from services.web.visits import Visit
from services.web.wording.life import STEPS, where_it_stands
from shared.contracts.identifiers import ConventionId, SuspensionId
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.life import ConventionLife, GetConventionLife, ProjectToWindDown
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.terms import Renewal
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris


@dataclass(frozen=True, slots=True)
class Facts:
    """What every page of a signed convention says of it."""

    id: ConventionId
    title: str
    state: ConventionState
    sentence: str
    starts_on: date
    ends_on: date
    earliest_end: date
    latest_end: date
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Suspension:
    """Who suspended, why, until when."""

    id: SuspensionId
    person: Person
    reason: str
    at: datetime
    resumes_on: date | None
    lifted_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Who ends it, why, when."""

    person: Person
    reason: str
    at: datetime
    effective_on: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a side said about going on."""

    side: Side
    organization: str
    agrees: bool | None
    """None until it has answered."""


@dataclass(frozen=True, slots=True)
class Renewing:
    """How the present term goes on."""

    tacit: bool
    due_on: date
    decide_by: date
    next_ends_on: date
    answers: list[Answer]
    refused: bool
    open: bool
    """Whether an answer makes sense today."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A party that leaves, or has left."""

    person: Person
    reason: str
    at: datetime
    effective_on: date
    left: bool


@dataclass(frozen=True, slots=True)
class SideDone:
    """Whether one side has done a duty."""

    side: Side
    organization: str
    done: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the last duties."""

    step: ClosingStep
    title: str
    why: str
    sides: list[SideDone]
    mine_to_do: bool


@dataclass(frozen=True, slots=True)
class ShownLife:
    """A signed convention with the names that its page needs."""

    view: ConventionLife
    names: Names
    visit: Visit

    @property
    def url(self) -> str:
        """Its page."""
        return f"/conventions/{self.view.convention_id}/vie"

    @property
    def live_url(self) -> str:
        """The stream of what happens to it after what the page shows."""
        return f"/evenements?convention={self.view.convention_id}&version={self.view.version}"

    @property
    def facts(self) -> Facts:
        """What every page says of it."""
        it = self.view
        return Facts(
            it.convention_id,
            it.title,
            it.state,
            where_it_stands(it),
            it.starts_on,
            it.ends_on,
            it.earliest_end,
            it.latest_end or it.ends_on,
            it.closed_at,
        )

    @property
    def suspensions(self) -> list[Suspension]:
        """Newest first."""
        return [
            Suspension(
                it.suspension_id,
                self.names.who(it.person_id, it.organization_id),
                it.reason,
                it.suspended_at,
                it.resumes_on,
                it.lifted_at,
                it.organization_id == self.visit.actor.organization_id,
            )
            for it in self.view.suspensions
        ]

    @property
    def notice(self) -> Notice | None:
        """The notice that stands, if somebody gave it."""
        it = self.view.termination
        return it and Notice(
            self.names.who(it.person_id, it.organization_id), it.reason, it.notified_at, it.effective_on
        )

    @property
    def departures(self) -> list[Leaving]:
        """Who leaves alone, the first to leave first."""
        return [
            Leaving(
                self.names.who(it.person_id, it.organization_id),
                it.reason,
                it.notified_at,
                it.effective_on,
                it.left,
            )
            for it in self.view.departures
        ]

    @property
    def renewal(self) -> Renewing | None:
        """How it goes on; None where it ends."""
        it = self.view.renewal
        if it is None:
            return None
        said = {answer.organization_id: answer.agrees for answer in it.decisions}
        tacit, today = it.renewal is Renewal.TACIT, today_in_paris()
        return Renewing(
            tacit,
            it.due_on,
            it.decide_by,
            it.next_ends_on,
            [
                Answer(self.names.side(party), self.names.organization(party), said.get(party))
                for party in self.view.parties
            ],
            refused=False in said.values(),
            open=today <= it.decide_by and (tacit or it.due_on <= today),
        )

    @property
    def duties(self) -> list[Duty]:
        """The last duties, and which sides have done each."""
        may = Act.CLOSE in self.view.may
        mine = self.visit.actor.organization_id
        return [
            Duty(
                it.step,
                *STEPS[it.step],
                [
                    SideDone(self.names.side(party), self.names.organization(party), party in it.done_by)
                    for party in self.view.parties
                ],
                may and mine not in it.done_by,
            )
            for it in self.view.closing
        ]

    @property
    def projects(self) -> tuple[ProjectToWindDown, ...]:
        """What the end leaves unfinished."""
        return self.view.projects


async def ask_life(visit: Visit, convention_id: ConventionId) -> ShownLife:
    """Ask for it, then for every name that it needs."""
    view = await visit.web.gateway.ask(GetConventionLife(convention_id=convention_id), visit.actor)
    names = await names_of(
        visit,
        people=[
            *(it.person_id for it in view.suspensions),
            *(it.person_id for it in view.departures),
            view.termination.person_id if view.termination else None,
        ],
        organizations=[*view.parties, *(it.organization_id for it in view.departures)],
    )
    return ShownLife(view, names, visit)
