"""A convention, its amendments and those who come and go, kept in memory as the database keeps them."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple, TypeVar

from hypothesis import event as note
from hypothesis.stateful import RuleBasedStateMachine, precondition

from services.projects.conventions.domain.admitting import Admissions
from services.projects.conventions.domain.canonical import canonical_form
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.drafting import draft
from services.projects.conventions.domain.rights import Speaker
from services.projects.life.domain import Decision, Departure, Notice, Suspension
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClosingStep, CommentAdded, ConventionSealed, ConventionShared
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    AdmissionProposed,
    ObserverAdmitted,
    ObserverLeft,
)
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Terms
from shared.contracts.refusals import Refusal
from tests.projects.domain.conventions.drafts import CLAIRE, HOSPITAL, TODAY, wanted

Kind = TypeVar("Kind", bound=Event)

State = ConventionState
OPEN = frozenset({State.DRAFT, State.NEGOTIATING, State.READY, State.PARTLY_SIGNED})
SEALED = frozenset({State.READY, State.PARTLY_SIGNED})
IN_FORCE = frozenset({State.ACTIVE, State.SUSPENDED})
ENDED = frozenset({State.EXPIRED, State.TERMINATED})
SIGNED = IN_FORCE | ENDED | {State.SIGNED, State.IN_FORCE}

# What is done at its time; at the wrong one it is tried by `wrong_times`, so that most steps lead somewhere.
while_unsealed = precondition(lambda it: it.table.state in {State.DRAFT, State.NEGOTIATING})
while_open = precondition(lambda it: it.table.state in OPEN)
while_negotiated = precondition(lambda it: it.table.state is State.NEGOTIATING)
while_sealed = precondition(lambda it: it.table.state in SEALED)
while_in_force = precondition(lambda it: it.convention.state in IN_FORCE)

NO_ACT = (CommentAdded, ConventionShared, PartyLeft)
ABOUT_OBSERVERS = (AdmissionProposed, AdmissionAccepted, AdmissionEnded, ObserverAdmitted, ObserverLeft)


class Happened(NamedTuple):
    """An event, and what held when it had happened."""

    event: Event
    day: date
    parties: frozenset[OrganizationId]
    terms: Terms


@dataclass
class Course:
    """What is kept of a convention's life beside its text."""

    ends_on: date
    suspensions: dict[OrganizationId, Suspension] = field(default_factory=dict[OrganizationId, Suspension])
    notice: Notice | None = None
    departures: dict[OrganizationId, Departure] = field(default_factory=dict[OrganizationId, Departure])
    decisions: dict[tuple[date, OrganizationId], Decision] = field(
        default_factory=dict[tuple[date, OrganizationId], Decision]
    )
    """What was said about going on after the term that ends on a day."""
    told: set[date] = field(default_factory=set[date])
    """The last days that were told to come."""
    done: set[tuple[OrganizationId, ClosingStep]] = field(
        default_factory=set[tuple[OrganizationId, ClosingStep]]
    )
    left: set[OrganizationId] = field(default_factory=set[OrganizationId])
    """The parties that have left."""
    ended_at: datetime | None = None
    closed_at: datetime | None = None


def picture(it: Any) -> tuple[object, ...]:
    """All that an aggregate says, to be compared later."""
    values = (getattr(it, one.name) for one in fields(it))
    return tuple(copy(value) if isinstance(value, dict | set) else value for value in values)


class Partnership(RuleBasedStateMachine):
    """The world in which people try everything."""

    def __init__(self) -> None:
        super().__init__()
        self.today = TODAY
        self.convention, drafted = draft(wanted(), HOSPITAL, CLAIRE.person_id, self.now)
        self.course = Course(self.convention.terms.terms.ends_on)
        self.amendments: list[Convention] = []
        self.admissions = Admissions()
        self.with_referent: set[OrganizationId] = set()
        self.taken_back: set[OrganizationId] = set()
        self.history: dict[ConventionId, list[Happened]] = {}
        self.forms: dict[ConventionId, dict[str, str]] = {}
        """What was ever sealed of each text, by its hash."""
        self.back_to_the_first = False
        self.record(self.convention, drafted)

    @property
    def now(self) -> datetime:
        """Each day, people act at nine."""
        return datetime.combine(self.today, time(9), UTC)

    @property
    def texts(self) -> tuple[Convention, ...]:
        """The convention, then its amendments as they were begun."""
        return (self.convention, *self.amendments)

    @property
    def open_amendment(self) -> Convention | None:
        """The one that is not over."""
        return next((it for it in self.amendments if it.state in OPEN | {State.SIGNED}), None)

    @property
    def table(self) -> Convention:
        """The text that people speak about: the latest one, open or not, unless they come back to the first."""
        return self.texts[0 if self.back_to_the_first else -1]

    def silent(self, text: Convention) -> frozenset[OrganizationId]:
        """The parties that have accepted, proposed and signed nothing; none where it would be nothing without them."""
        acts = (it.event for it in self.history[text.id] if not isinstance(it.event, NO_ACT))
        acted = {getattr(it, "organization_id", None) for it in acts} | {text.drafted_by}
        return text.party_ids - acted if len(text.parties) > 2 else frozenset()

    def as_known(self, by: Speaker) -> Speaker:
        """Somebody, with the rights that she has by now: a référent is one once she has accepted."""
        return replace(by, referent=by.referent and by.organization_id in self.with_referent)

    def pictures(self) -> dict[object, object]:
        """All that is kept, to be compared later."""
        kept: dict[object, object] = {it.id: picture(it) for it in self.texts}
        return kept | {"course": picture(self.course), "admissions": dict(self.admissions)}

    def attempt(self, text: Convention, act: Callable[[], list[Event]]) -> list[Event]:
        """Do it or be refused. A refusal leaves everything as it was, and an act on one text every other one."""
        before = self.pictures()
        try:
            events = act()
        except Refusal as refusal:
            self.refused(refusal)
            assert self.pictures() == before
            return []
        after = self.pictures()
        assert all(after[it.id] == before[it.id] for it in self.texts if it is not text)
        assert events or after == before, "what nobody is told has not happened"
        self.record(text, events)
        return events

    def refused(self, refusal: Refusal) -> None:
        """For `--hypothesis-show-statistics`: which refusals a run has met."""
        note(f"refused: {refusal.code}")

    def record(self, text: Convention, events: list[Event]) -> None:
        """What saving does: the version counts the events, and each is known for good."""
        for event in events:
            note(type(event).__name__)
            if isinstance(event, ConventionSealed):
                self.forms.setdefault(text.id, {})[event.sealed_hash] = canonical_form(text.agreement)
            if text is self.convention and not isinstance(event, ABOUT_OBSERVERS):
                assert getattr(event, "organization_id", None) not in self.course.left, (
                    "who left acts no more"
                )
            self.history.setdefault(text.id, []).append(
                Happened(event, self.today, text.party_ids, text.terms.terms)
            )
        text.version += len(events)
        if self.convention.state in OPEN:
            self.course.ends_on = self.convention.terms.terms.ends_on

    def told(self, kind: type[Kind], text: Convention | None = None) -> list[Kind]:
        """The events of one kind, of the convention or of another text."""
        return [it.event for it in self.history[(text or self.convention).id] if isinstance(it.event, kind)]
