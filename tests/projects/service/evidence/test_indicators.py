"""Indicators through the running service: each command, each refusal, asked once or twice."""

import asyncio
from datetime import timedelta

import pytest

from shared.contracts.identifiers import IndicatorId, MeasureId, ProjectId, new_id
from shared.contracts.projects.commands import AcceptIndicator, CorrectMeasure
from shared.contracts.projects.queries import Act, IndicatorState, ListIndicators
from shared.contracts.projects.refusals import (
    DateInFuture,
    DenominatorMismatch,
    IdentifierTaken,
    IndicatorAlreadyAccepted,
    IndicatorNotAgreed,
    IndicatorNotFound,
    MeasureAlreadyCorrected,
    MeasureNotFound,
    NotALead,
    NumeratorAboveDenominator,
    ProjectNotFound,
)
from shared.contracts.refusals import InvalidRequest, StaleVersion
from tests.projects.service.collaboration import TODAY, Collaboration


def to_correct(indicator: IndicatorId, corrects: MeasureId, numerator: int = 30) -> CorrectMeasure:
    return CorrectMeasure(
        indicator_id=indicator,
        corrects=corrects,
        measure_id=MeasureId(new_id()),
        numerator=numerator,
        denominator=60,
        reason="un questionnaire compté deux fois",
    )


async def test_an_indicator_is_proposed_and_accepted_by_the_other_side(active: Collaboration) -> None:
    project = await active.framed_project()
    indicator = await active.proposed_indicator(project)
    proposed = await active.indicator(indicator, active.odile)
    assert (proposed.state, proposed.accepted_by) == (IndicatorState.PROPOSED, (active.hospital,))
    assert proposed.may == (Act.ACCEPT_INDICATOR,)
    assert (await active.indicator(indicator)).may == ()

    await active.ask(AcceptIndicator(indicator_id=indicator, version=proposed.version), active.odile)

    agreed = await active.indicator(indicator)
    assert (agreed.state, set(agreed.accepted_by)) == (
        IndicatorState.AGREED,
        {active.hospital, active.association},
    )
    assert agreed.may == (Act.MEASURE,)
    assert (agreed.project_title, agreed.convention_id) == ("Livret d'accueil", active.convention)
    assert (await active.project(project)).indicators == (agreed,)


async def test_proposing_twice_with_one_id_proposes_once(active: Collaboration) -> None:
    project = await active.framed_project()
    command = active.to_define(project)

    first = await active.ask(command, active.claire)
    assert await active.ask(command, active.claire) == first

    assert len((await active.ask(ListIndicators(), active.odile)).indicators) == 1
    with pytest.raises(IdentifierTaken):
        await active.ask(command, active.odile)
    with pytest.raises(IdentifierTaken):
        await active.proposed_indicator(project, indicator_id=project)


async def test_who_may_not_propose(active: Collaboration) -> None:
    project = await active.framed_project()

    with pytest.raises(NotALead):
        await active.ask(active.to_define(project), active.karim)
    with pytest.raises(ProjectNotFound):
        await active.proposed_indicator(ProjectId(new_id()))
    with pytest.raises(InvalidRequest) as refused:
        await active.proposed_indicator(project, target=120)
    assert refused.value.fields["problems"] == [{"field": "target", "reason": "above_hundred_per_cent"}]


async def test_a_definition_is_accepted_once_as_it_was_read(active: Collaboration) -> None:
    indicator = await active.proposed_indicator(await active.framed_project())

    with pytest.raises(IndicatorAlreadyAccepted):
        await active.ask(AcceptIndicator(indicator_id=indicator, version=1), active.claire)
    with pytest.raises(NotALead):
        await active.ask(AcceptIndicator(indicator_id=indicator, version=1), active.karim)
    with pytest.raises(StaleVersion):
        await active.ask(AcceptIndicator(indicator_id=indicator, version=0), active.odile)
    await active.ask(AcceptIndicator(indicator_id=indicator, version=1), active.odile)
    with pytest.raises(IndicatorAlreadyAccepted):
        await active.ask(AcceptIndicator(indicator_id=indicator, version=2), active.odile)


async def test_nothing_is_measured_before_both_accept(active: Collaboration) -> None:
    indicator = await active.proposed_indicator(await active.framed_project())

    with pytest.raises(IndicatorNotAgreed):
        await active.measured(indicator)


async def test_a_value_is_recorded_once_and_fits_the_definition(active: Collaboration) -> None:
    project = await active.framed_project()
    ratio = await active.agreed_indicator(project)
    count = await active.agreed_indicator(project, denominator=None, target=400)
    command = active.to_measure(ratio)

    first = await active.ask(command, active.odile)
    assert await active.ask(command, active.odile) == first, "asked again"
    await active.measured(count, denominator=None, numerator=12)

    (value,) = (await active.indicator(ratio)).measures
    assert (value.numerator, value.denominator, value.measured_on) == (31, 60, TODAY)
    assert (value.recorded_by, value.recorded_by_person) == (active.association, active.odile.person_id)
    for indicator, wrong in (
        (ratio, {"denominator": None}),
        (ratio, {"denominator": 0, "numerator": 0}),
        (count, {"denominator": 60}),
    ):
        with pytest.raises(DenominatorMismatch):
            await active.measured(indicator, **wrong)
    with pytest.raises(NumeratorAboveDenominator):
        await active.measured(ratio, numerator=61)
    with pytest.raises(DateInFuture):
        await active.measured(ratio, measured_on=TODAY + timedelta(days=1))
    with pytest.raises(NotALead):
        await active.ask(active.to_measure(ratio), active.karim)


async def test_a_correction_stands_in_the_place_of_a_value_that_stays(active: Collaboration) -> None:
    indicator = await active.agreed_indicator(await active.framed_project())
    wrong = await active.measured(indicator)
    command = to_correct(indicator, wrong)

    first = await active.ask(command, active.odile)
    assert await active.ask(command, active.odile) == first, "asked again"

    before, after = (await active.indicator(indicator)).measures
    assert (before.measure_id, before.numerator, before.corrected_by) == (wrong, 31, command.measure_id)
    assert (after.numerator, after.corrects, after.corrected_by) == (30, wrong, None)
    assert (after.measured_on, after.reason) == (TODAY, "un questionnaire compté deux fois")
    with pytest.raises(MeasureAlreadyCorrected):
        await active.ask(to_correct(indicator, wrong), active.claire)
    await active.ask(to_correct(indicator, command.measure_id, numerator=29), active.claire)
    with pytest.raises(NumeratorAboveDenominator):
        last = (await active.indicator(indicator)).measures[-1].measure_id
        await active.ask(to_correct(indicator, last, numerator=61), active.claire)
    with pytest.raises(MeasureNotFound):
        await active.ask(to_correct(indicator, MeasureId(new_id())), active.claire)
    with pytest.raises(NotALead):
        await active.ask(to_correct(indicator, wrong), active.karim)


async def test_two_corrections_at_once_do_not_fork_the_chain(active: Collaboration) -> None:
    indicator = await active.agreed_indicator(await active.framed_project())
    wrong = await active.measured(indicator)

    answers = await asyncio.gather(
        *(
            active.ask(to_correct(indicator, wrong, numerator), member)
            for numerator, member in ((29, active.claire), (30, active.odile))
        ),
        return_exceptions=True,
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Done", "MeasureAlreadyCorrected"]
    assert len((await active.indicator(indicator)).measures) == 2


async def test_indicators_are_listed_with_their_values_the_last_proposed_first(active: Collaboration) -> None:
    project = await active.framed_project()
    first, second = await active.agreed_indicator(project), await active.proposed_indicator(project)
    earlier = await active.measured(first, measured_on=TODAY - timedelta(days=30))
    later = await active.measured(first)

    listed = (await active.ask(ListIndicators(), active.odile)).indicators

    assert [it.indicator_id for it in listed] == [second, first]
    assert [it.measure_id for it in listed[1].measures] == [earlier, later]
    assert (await active.ask(ListIndicators(limit=1), active.odile)).indicators == listed[:1]


async def test_an_unknown_indicator_is_not_found(active: Collaboration) -> None:
    with pytest.raises(IndicatorNotFound):
        await active.indicator(IndicatorId(new_id()))
