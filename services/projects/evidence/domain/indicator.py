"""An indicator: proposed by one side, agreed by all, then measured. Values are appended, never overwritten.

Who may do what is said once, in `why_not`: commands raise what it returns, pages list what it lets pass.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.projects.evidence.domain.quantity import Definition
from shared.contracts.identifiers import (
    ConventionId,
    IndicatorId,
    MeasureId,
    OrganizationId,
    PartnershipId,
    PersonId,
    ProjectId,
)
from shared.contracts.messages import Event
from shared.contracts.projects.commands import CorrectMeasure, ProposeIndicator, RecordMeasure
from shared.contracts.projects.events import (
    IndicatorAgreed,
    IndicatorProposed,
    MeasureCorrected,
    MeasureRecorded,
)
from shared.contracts.projects.queries import Act, IndicatorState
from shared.contracts.projects.refusals import (
    DateInFuture,
    IndicatorAlreadyAccepted,
    IndicatorNotAgreed,
    MeasureAlreadyCorrected,
    MeasureNotFound,
    NotALead,
)
from shared.contracts.refusals import Refusal, StaleVersion

ACTS = (Act.ACCEPT_INDICATOR, Act.MEASURE)
"""What can be done with an indicator, in the order of its life."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The person who acts, the side as which she speaks, and whether she directs the project for it."""

    person_id: PersonId
    organization_id: OrganizationId
    directs: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A dated value, and the one that it stands in place of."""

    measure_id: MeasureId
    measured_on: date
    numerator: int
    denominator: int | None
    recorded_by: OrganizationId
    recorded_by_person: PersonId
    recorded_at: datetime
    corrects: MeasureId | None = None
    corrected_by: MeasureId | None = None
    reason: str = ""


@dataclass(slots=True)
class Indicator:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    indicator_id: IndicatorId
    project_id: ProjectId
    convention_id: ConventionId
    version: int
    definition: Definition
    proposed_by: OrganizationId
    proposed_at: datetime
    sides: frozenset[OrganizationId]
    accepted_by: dict[OrganizationId, PersonId]
    measures: dict[MeasureId, Measure] = field(default_factory=dict[MeasureId, Measure])
    """Those that the decision is about; the others stay in the database."""

    @property
    def id(self) -> IndicatorId:
        """The aggregate's id, as the outbox asks for it."""
        return self.indicator_id

    @property
    def partnership_id(self) -> PartnershipId:
        """The partnership whose timeline tells what happens here."""
        return PartnershipId(self.convention_id)

    @property
    def state(self) -> IndicatorState:
        """Agreed once every side has accepted the definition."""
        return IndicatorState.AGREED if self.accepted_by.keys() >= self.sides else IndicatorState.PROPOSED

    @staticmethod
    def propose(
        command: ProposeIndicator,
        convention_id: ConventionId,
        sides: frozenset[OrganizationId],
        by: Standing,
        now: datetime,
    ) -> tuple["Indicator", list[Event]]:
        """Propose what to measure; who proposes accepts for her own side."""
        if not by.directs:
            raise NotALead
        definition = Definition(
            title=command.title,
            numerator=command.numerator,
            denominator=command.denominator,
            source=command.source,
            target=command.target,
        )
        definition.require_attainable()
        indicator = Indicator(
            indicator_id=command.indicator_id,
            project_id=command.project_id,
            convention_id=convention_id,
            version=0,
            definition=definition,
            proposed_by=by.organization_id,
            proposed_at=now,
            sides=sides,
            accepted_by={by.organization_id: by.person_id},
        )
        return indicator, [
            IndicatorProposed(
                indicator_id=indicator.indicator_id,
                project_id=indicator.project_id,
                convention_id=convention_id,
                organization_id=by.organization_id,
            )
        ]

    def why_not(self, act: Act, by: Standing) -> Refusal | None:
        """Why the person cannot do this now; None when she can."""
        if act not in ACTS:
            raise ValueError(f"{act} is not an act on an indicator")
        if not by.directs:
            return NotALead()
        if act is Act.ACCEPT_INDICATOR:
            return IndicatorAlreadyAccepted() if by.organization_id in self.accepted_by else None
        return None if self.state is IndicatorState.AGREED else IndicatorNotAgreed()

    def acts(self, by: Standing) -> tuple[Act, ...]:
        """What the person can do now."""
        return tuple(act for act in ACTS if self.why_not(act, by) is None)

    def accept(self, version: int, by: Standing) -> list[Event]:
        """Accept the definition for the actor's side; the last side to accept makes it agreed."""
        self._require(Act.ACCEPT_INDICATOR, by)
        if version != self.version:
            raise StaleVersion(self.version)
        self.accepted_by[by.organization_id] = by.person_id
        if self.state is not IndicatorState.AGREED:
            return []
        return [
            IndicatorAgreed(
                indicator_id=self.indicator_id,
                project_id=self.project_id,
                convention_id=self.convention_id,
                organization_id=by.organization_id,
            )
        ]

    def record(self, command: RecordMeasure, by: Standing, now: datetime, today: date) -> list[Event]:
        """Append a value. Asked again with the same id, nothing happens."""
        self._require(Act.MEASURE, by)
        if command.measure_id in self.measures:
            return []
        if command.measured_on > today:
            raise DateInFuture
        self.definition.require_fits(command.numerator, command.denominator)
        self.measures[command.measure_id] = Measure(
            measure_id=command.measure_id,
            measured_on=command.measured_on,
            numerator=command.numerator,
            denominator=command.denominator,
            recorded_by=by.organization_id,
            recorded_by_person=by.person_id,
            recorded_at=now,
        )
        return [
            MeasureRecorded(
                indicator_id=self.indicator_id,
                project_id=self.project_id,
                convention_id=self.convention_id,
                measure_id=command.measure_id,
                measured_on=command.measured_on,
                organization_id=by.organization_id,
            )
        ]

    def correct(self, command: CorrectMeasure, by: Standing, now: datetime) -> list[Event]:
        """Put a new value in the place of one that stands; the first stays readable."""
        self._require(Act.MEASURE, by)
        if command.measure_id in self.measures:
            return []
        corrected = self.measures.get(command.corrects)
        if corrected is None:
            raise MeasureNotFound
        if corrected.corrected_by is not None:
            raise MeasureAlreadyCorrected
        self.definition.require_fits(command.numerator, command.denominator)
        self.measures[corrected.measure_id] = replace(corrected, corrected_by=command.measure_id)
        self.measures[command.measure_id] = Measure(
            measure_id=command.measure_id,
            # A correction says what the value was on that day; another day is another measure.
            measured_on=corrected.measured_on,
            numerator=command.numerator,
            denominator=command.denominator,
            recorded_by=by.organization_id,
            recorded_by_person=by.person_id,
            recorded_at=now,
            corrects=corrected.measure_id,
            reason=command.reason,
        )
        return [
            MeasureCorrected(
                indicator_id=self.indicator_id,
                project_id=self.project_id,
                convention_id=self.convention_id,
                measure_id=command.measure_id,
                corrects=corrected.measure_id,
                organization_id=by.organization_id,
            )
        ]

    def _require(self, act: Act, by: Standing) -> None:
        if refusal := self.why_not(act, by):
            raise refusal
