"""Indicators between the database and the domain. The only place that writes their tables."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.evidence.domain import Definition, Indicator, Measure, Standing
from services.projects.work.public import ProjectBrief, get_brief
from shared.contracts.actor import Actor
from shared.contracts.identifiers import IndicatorId, MeasureId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import IndicatorAgreed, MeasureCorrected, MeasureRecorded
from shared.contracts.projects.refusals import IndicatorNotFound
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

_FIND = """
SELECT indicator_id, project_id, convention_id, version, title, numerator, denominator, source, target,
       proposed_by, proposed_at
FROM indicators
WHERE indicator_id = $1
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = indicators.convention_id AND access.organization_id = $2
  )
"""

_LOCK = f"{_FIND} FOR UPDATE OF indicators"

_ACCEPTANCES = "SELECT organization_id, person_id FROM indicator_acceptances WHERE indicator_id = $1"

_MEASURES = """
SELECT measure_id, measured_on, numerator, denominator, organization_id, person_id, recorded_at, corrects, reason,
       (SELECT measure_id FROM measures AS correction
        WHERE correction.indicator_id = measures.indicator_id AND correction.corrects = measures.measure_id
       ) AS corrected_by
FROM measures
WHERE indicator_id = $1 AND measure_id = ANY($2::uuid[])
"""

# A head under this id belongs to another aggregate: two histories under one id could not be told apart.
_ADD = """
INSERT INTO indicators (indicator_id, project_id, convention_id, version, title, numerator, denominator, source,
                        target, proposed_by, proposed_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
WHERE NOT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)
ON CONFLICT (indicator_id) DO NOTHING
"""

_ACCEPT = """
INSERT INTO indicator_acceptances (indicator_id, convention_id, organization_id, person_id, accepted_at)
VALUES ($1, $2, $3, $4, $5)
"""

_ADD_MEASURE = """
INSERT INTO measures (indicator_id, measure_id, convention_id, measured_on, numerator, denominator,
                      organization_id, person_id, recorded_at, corrects, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""

_SAVE = "UPDATE indicators SET version = $3 WHERE indicator_id = $1 AND version = $2"

_AGREE = "UPDATE indicators SET agreed_at = $2 WHERE indicator_id = $1"


def standing_of(member: Member, project: ProjectBrief) -> Standing:
    """A member as the rules of an indicator see her."""
    return Standing(member.person_id, member.organization_id, directs=project.directed)


async def find_indicator(
    tx: Transaction, indicator_id: IndicatorId, *, on_behalf_of: Member
) -> Indicator | None:
    """An indicator without its values; None when the member may not see it."""
    row = await tx.fetchrow(_FIND, indicator_id, on_behalf_of.organization_id)
    if row is None:
        return None
    project = await get_brief(tx, row["project_id"], on_behalf_of)
    return await _indicator(tx, row, project, measures=())


async def load_indicator(
    tx: Transaction, indicator_id: IndicatorId, *, on_behalf_of: Actor, measures: Collection[MeasureId] = ()
) -> tuple[Indicator, Standing]:
    """An indicator to decide on, locked, with the values that the decision is about.

    Raises:
        IndicatorNotFound: it does not exist, or not for the actor.
    """
    row = await tx.fetchrow(_LOCK, indicator_id, on_behalf_of.organization_id)
    member = await require_member(tx, on_behalf_of)
    if row is None:
        raise IndicatorNotFound
    project = await get_brief(tx, row["project_id"], member)
    return await _indicator(tx, row, project, measures), standing_of(member, project)


async def add_indicator(tx: Transaction, indicator: Indicator, events: Sequence[Event]) -> bool:
    """Store a new indicator with its proposer's acceptance; False when its id is taken, by whomever."""
    definition = indicator.definition
    added = await tx.execute(
        _ADD,
        indicator.indicator_id,
        indicator.project_id,
        indicator.convention_id,
        len(events),
        definition.title,
        definition.numerator,
        definition.denominator,
        definition.source,
        definition.target,
        indicator.proposed_by,
        indicator.proposed_at,
    )
    if added != "INSERT 0 1":
        return False
    await tx.execute(
        _ACCEPT,
        indicator.indicator_id,
        indicator.convention_id,
        indicator.proposed_by,
        indicator.accepted_by[indicator.proposed_by],
        indicator.proposed_at,
    )
    return True


async def accept_indicator(tx: Transaction, indicator: Indicator, by: Standing, now: datetime) -> None:
    """Store that a side accepted the definition: a fact of its own, even while another side is still to accept."""
    await tx.execute(
        _ACCEPT, indicator.indicator_id, indicator.convention_id, by.organization_id, by.person_id, now
    )


async def save_indicator(
    tx: Transaction, indicator: Indicator, events: Sequence[Event], now: datetime
) -> None:
    """Store what the events say has changed."""
    if not events:
        return
    for event in events:
        match event:
            case IndicatorAgreed():
                await tx.execute(_AGREE, indicator.indicator_id, now)
            case MeasureRecorded() | MeasureCorrected():
                await _add_measure(tx, indicator, indicator.measures[event.measure_id])
            case _:
                pass
    saved = await tx.execute(
        _SAVE, indicator.indicator_id, indicator.version, indicator.version + len(events)
    )
    if saved != "UPDATE 1":
        raise Defect(f"the indicator {indicator.indicator_id} was locked, yet it changed")


def measure_of(row: Any) -> Measure:
    """A value, from a row that tells also by which other one it was corrected."""
    return Measure(
        measure_id=row["measure_id"],
        measured_on=row["measured_on"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        recorded_by=row["organization_id"],
        recorded_by_person=row["person_id"],
        recorded_at=row["recorded_at"],
        corrects=row["corrects"],
        corrected_by=row["corrected_by"],
        reason=row["reason"],
    )


def indicator_of(row: Any, sides: frozenset[OrganizationId], accepted_by: Any, measures: Any) -> Indicator:
    """An indicator, from its row, the rows of its acceptances and those of its values."""
    return Indicator(
        indicator_id=row["indicator_id"],
        project_id=row["project_id"],
        convention_id=row["convention_id"],
        version=row["version"],
        definition=Definition(
            title=row["title"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            source=row["source"],
            target=row["target"],
        ),
        proposed_by=row["proposed_by"],
        proposed_at=row["proposed_at"],
        sides=sides,
        accepted_by={it["organization_id"]: it["person_id"] for it in accepted_by},
        measures={it["measure_id"]: measure_of(it) for it in measures},
    )


async def _indicator(
    tx: Transaction, row: Any, project: ProjectBrief, measures: Collection[MeasureId]
) -> Indicator:
    indicator_id = row["indicator_id"]
    accepted_by = await tx.fetch(_ACCEPTANCES, indicator_id)
    values = await tx.fetch(_MEASURES, indicator_id, list(measures)) if measures else []
    return indicator_of(row, project.parties, accepted_by, values)


async def _add_measure(tx: Transaction, indicator: Indicator, measure: Measure) -> None:
    await tx.execute(
        _ADD_MEASURE,
        indicator.indicator_id,
        measure.measure_id,
        indicator.convention_id,
        measure.measured_on,
        measure.numerator,
        measure.denominator,
        measure.recorded_by,
        measure.recorded_by_person,
        measure.recorded_at,
        measure.corrects,
        measure.reason,
    )
