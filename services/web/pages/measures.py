"""An indicator and its values, as the pages of projects and indicators show them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.web.pages.names import Names
from shared.contracts.projects.queries import Act, IndicatorView, MeasureView
from shared.contracts.values import Side


@dataclass(frozen=True, slots=True)
class Subject:
    """What something belongs to: a page to go to."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A value, who recorded it, and whether another one stands in its place."""

    id: UUID
    measured_on: date
    numerator: int
    denominator: int | None
    organization: str
    side: Side
    recorded_at: datetime
    corrected: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A definition with its values, oldest first."""

    id: UUID
    version: int
    title: str
    numerator: str
    denominator: str | None
    source: str
    target: int | None
    state: str
    measures: list[Measure]
    project: Subject
    awaits_me: bool


def indicator_of(view: IndicatorView, names: Names) -> Indicator:
    """The indicator with names."""
    return Indicator(
        id=view.indicator_id,
        version=view.version,
        title=view.title,
        numerator=view.numerator,
        denominator=view.denominator,
        source=view.source,
        target=view.target,
        state=view.state,
        measures=[_measure(it, names) for it in view.measures],
        project=Subject(view.project_id, view.project_title),
        awaits_me=Act.ACCEPT_INDICATOR in view.may,
    )


def _measure(view: MeasureView, names: Names) -> Measure:
    return Measure(
        id=view.measure_id,
        measured_on=view.measured_on,
        numerator=view.numerator,
        denominator=view.denominator,
        organization=names.organization(view.recorded_by),
        side=names.side(view.recorded_by),
        recorded_at=view.recorded_at,
        corrected=view.corrected_by is not None,
        reason=view.reason,
    )
