"""Indicators with their values, however many are asked for, in four statements."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from services.projects.authority.public import Member, require_member
from services.projects.evidence import storage
from services.projects.evidence.domain import Indicator
from services.projects.work.public import ProjectBrief, briefs_of
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ProjectId
from shared.contracts.projects.queries import (
    GetIndicator,
    Indicators,
    IndicatorView,
    ListIndicators,
    MeasureView,
)
from shared.contracts.projects.refusals import IndicatorNotFound
from shared.kit.database import Transaction

# Ten years of weekly counts; the oldest leave first.
MOST_MEASURES = 500
MOST_INDICATORS_OF_PROJECT = 200

_INDICATORS = """
SELECT indicator_id, project_id, convention_id, version, title, numerator, denominator, source, target,
       proposed_by, proposed_at
FROM indicators
WHERE EXISTS (
          SELECT FROM convention_access AS access
          WHERE access.convention_id = indicators.convention_id AND access.organization_id = $1
      )
"""

_ONE = f"{_INDICATORS} AND indicator_id = $2"
_OF_PROJECT = f"{_INDICATORS} AND project_id = $2 ORDER BY proposed_at, indicator_id LIMIT $3"
_ALL = f"{_INDICATORS} ORDER BY proposed_at DESC, indicator_id LIMIT $2"

_ACCEPTANCES = """
SELECT indicator_id, organization_id, person_id FROM indicator_acceptances
WHERE indicator_id = ANY($1::uuid[])
ORDER BY accepted_at, organization_id
"""

_MEASURES = """
SELECT measure.*, correction.measure_id AS corrected_by
FROM unnest($1::uuid[]) AS wanted (indicator_id)
CROSS JOIN LATERAL (
    SELECT * FROM measures WHERE measures.indicator_id = wanted.indicator_id
    ORDER BY measured_on DESC, recorded_at DESC
    LIMIT $2
) AS measure
LEFT JOIN measures AS correction
    ON correction.indicator_id = measure.indicator_id AND correction.corrects = measure.measure_id
ORDER BY measure.measured_on, measure.recorded_at, measure.measure_id
"""


async def get_indicator(query: GetIndicator, actor: Actor, tx: Transaction) -> IndicatorView:
    """One indicator.

    Raises:
        IndicatorNotFound: it does not exist, or not for the actor.
    """
    member = await require_member(tx, actor)
    views = await _views(tx, await tx.fetch(_ONE, member.organization_id, query.indicator_id), member)
    if not views:
        raise IndicatorNotFound
    return views[0]


async def list_indicators(query: ListIndicators, actor: Actor, tx: Transaction) -> Indicators:
    """The indicators of the actor's organisation, the last proposed first."""
    member = await require_member(tx, actor)
    rows = await tx.fetch(_ALL, member.organization_id, query.limit)
    return Indicators(indicators=await _views(tx, rows, member))


async def indicators_of_project(
    tx: Transaction, project_id: ProjectId, actor: Actor
) -> tuple[IndicatorView, ...]:
    """The indicators of one project in the order of their proposal; none if the actor may not see it."""
    member = await require_member(tx, actor)
    rows = await tx.fetch(_OF_PROJECT, member.organization_id, project_id, MOST_INDICATORS_OF_PROJECT)
    return await _views(tx, rows, member)


async def _views(tx: Transaction, rows: list[Any], member: Member) -> tuple[IndicatorView, ...]:
    if not rows:
        return ()
    ids = [row["indicator_id"] for row in rows]
    projects = await briefs_of(tx, (row["project_id"] for row in rows), member)
    accepted_by = _grouped(await tx.fetch(_ACCEPTANCES, ids))
    measures = _grouped(await tx.fetch(_MEASURES, ids, MOST_MEASURES))
    return tuple(
        _view(
            storage.indicator_of(
                row,
                projects[row["project_id"]].parties,
                accepted_by[row["indicator_id"]],
                measures[row["indicator_id"]],
            ),
            projects[row["project_id"]],
            member,
        )
        for row in rows
    )


def _grouped(rows: list[Any]) -> defaultdict[UUID, list[Any]]:
    grouped: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row["indicator_id"]].append(row)
    return grouped


def _view(indicator: Indicator, project: ProjectBrief, member: Member) -> IndicatorView:
    definition = indicator.definition
    return IndicatorView(
        indicator_id=indicator.indicator_id,
        version=indicator.version,
        project_id=indicator.project_id,
        project_title=project.title,
        convention_id=indicator.convention_id,
        title=definition.title,
        numerator=definition.numerator,
        denominator=definition.denominator,
        source=definition.source,
        target=definition.target,
        state=indicator.state,
        proposed_by=indicator.proposed_by,
        accepted_by=tuple(indicator.accepted_by),
        measures=tuple(
            MeasureView(
                measure_id=measure.measure_id,
                measured_on=measure.measured_on,
                numerator=measure.numerator,
                denominator=measure.denominator,
                recorded_by=measure.recorded_by,
                recorded_by_person=measure.recorded_by_person,
                recorded_at=measure.recorded_at,
                corrects=measure.corrects,
                corrected_by=measure.corrected_by,
                reason=measure.reason,
            )
            for measure in indicator.measures.values()
        ),
        may=indicator.acts(storage.standing_of(member, project)),
    )
