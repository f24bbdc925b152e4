"""An indicator of a hospital and an association, in memory."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.projects.evidence.domain import Indicator, Standing
from shared.contracts.identifiers import (
    ConventionId,
    IndicatorId,
    MeasureId,
    OrganizationId,
    PersonId,
    ProjectId,
    new_id,
)
from shared.contracts.projects.commands import CorrectMeasure, ProposeIndicator, RecordMeasure

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
SIDES = frozenset({HOSPITAL, ASSOCIATION})
DOCTOR = Standing(PersonId(new_id()), HOSPITAL, directs=True)
VOLUNTEER = Standing(PersonId(new_id()), ASSOCIATION, directs=True)
COLLEAGUE = replace(DOCTOR, directs=False)


def an_indicator(*, ratio: bool = True, agreed: bool = True) -> Indicator:
    indicator, events = Indicator.propose(
        a_definition(ratio=ratio), ConventionId(new_id()), SIDES, DOCTOR, NOW
    )
    indicator.version += len(events)
    if agreed:
        indicator.version += len(indicator.accept(indicator.version, VOLUNTEER))
    return indicator


def a_definition(*, ratio: bool = True, target: int | None = 60) -> ProposeIndicator:
    return ProposeIndicator(
        indicator_id=IndicatorId(new_id()),
        project_id=ProjectId(new_id()),
        title="Taux de retour",
        numerator="questionnaires rendus",
        denominator="questionnaires remis" if ratio else None,
        source="décompte du service",
        target=target,
    )


def a_value(
    indicator: Indicator, numerator: int = 31, denominator: int | None = 60, measured_on: date = TODAY
) -> RecordMeasure:
    return RecordMeasure(
        indicator_id=indicator.indicator_id,
        measure_id=MeasureId(new_id()),
        measured_on=measured_on,
        numerator=numerator,
        denominator=denominator,
    )


def a_correction(
    indicator: Indicator, corrects: MeasureId, numerator: int = 30, denominator: int | None = 60
) -> CorrectMeasure:
    return CorrectMeasure(
        indicator_id=indicator.indicator_id,
        corrects=corrects,
        measure_id=MeasureId(new_id()),
        numerator=numerator,
        denominator=denominator,
        reason="un questionnaire compté deux fois",
    )
