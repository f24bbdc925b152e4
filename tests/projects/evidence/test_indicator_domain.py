"""An indicator's rules: nothing is measured before both sides accept, and no value is ever overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.projects.evidence.domain import Indicator, Measure, Standing
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
from shared.contracts.projects.events import (
    IndicatorAgreed,
    IndicatorProposed,
    MeasureCorrected,
    MeasureRecorded,
)
from shared.contracts.projects.queries import Act, IndicatorState
from shared.contracts.projects.refusals import (
    DateInFuture,
    DenominatorMismatch,
    IndicatorAlreadyAccepted,
    IndicatorNotAgreed,
    MeasureAlreadyCorrected,
    MeasureNotFound,
    NotALead,
    NumeratorAboveDenominator,
)
from shared.contracts.refusals import InvalidRequest, Refusal, StaleVersion

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


def test_who_proposes_accepts_for_her_side() -> None:
    indicator, events = Indicator.propose(a_definition(), ConventionId(new_id()), SIDES, DOCTOR, NOW)

    assert indicator.state is IndicatorState.PROPOSED
    assert set(indicator.accepted_by) == {HOSPITAL}
    assert [type(event) for event in events] == [IndicatorProposed]
    with pytest.raises(IndicatorAlreadyAccepted):
        indicator.accept(indicator.version, DOCTOR)


def test_a_colleague_does_not_propose() -> None:
    with pytest.raises(NotALead):
        Indicator.propose(a_definition(), ConventionId(new_id()), SIDES, COLLEAGUE, NOW)


def test_a_ratio_cannot_aim_above_the_whole_but_a_count_can() -> None:
    with pytest.raises(InvalidRequest):
        Indicator.propose(a_definition(target=101), ConventionId(new_id()), SIDES, DOCTOR, NOW)

    indicator, _ = Indicator.propose(
        a_definition(ratio=False, target=400), ConventionId(new_id()), SIDES, DOCTOR, NOW
    )
    assert indicator.definition.target == 400


def test_the_second_side_makes_it_agreed() -> None:
    indicator = an_indicator(agreed=False)

    events = indicator.accept(indicator.version, VOLUNTEER)

    assert indicator.state is IndicatorState.AGREED
    assert [type(event) for event in events] == [IndicatorAgreed]


def test_a_definition_is_accepted_as_it_was_read() -> None:
    indicator = an_indicator(agreed=False)

    with pytest.raises(StaleVersion):
        indicator.accept(indicator.version + 1, VOLUNTEER)


def test_nothing_is_measured_before_both_accept() -> None:
    indicator = an_indicator(agreed=False)

    with pytest.raises(IndicatorNotAgreed):
        indicator.record(a_value(indicator), DOCTOR, NOW, TODAY)
    assert indicator.acts(DOCTOR) == ()
    assert indicator.acts(VOLUNTEER) == (Act.ACCEPT_INDICATOR,)


def test_either_side_measures_what_both_agreed() -> None:
    indicator = an_indicator()

    for by in (DOCTOR, VOLUNTEER):
        command = a_value(indicator)
        assert [type(event) for event in indicator.record(command, by, NOW, TODAY)] == [MeasureRecorded]
        assert indicator.measures[command.measure_id].recorded_by == by.organization_id
        assert indicator.record(command, by, NOW, TODAY) == [], "asked again"


def test_a_colleague_does_not_measure() -> None:
    indicator = an_indicator()

    assert indicator.acts(COLLEAGUE) == ()
    with pytest.raises(NotALead):
        indicator.record(a_value(indicator), COLLEAGUE, NOW, TODAY)


def test_nothing_is_measured_tomorrow() -> None:
    indicator = an_indicator()

    with pytest.raises(DateInFuture):
        indicator.record(a_value(indicator, measured_on=TODAY + timedelta(days=1)), DOCTOR, NOW, TODAY)


@given(
    ratio=st.booleans(),
    numerator=st.integers(0, 50),
    denominator=st.none() | st.integers(0, 50),
    correcting=st.booleans(),
)
def test_a_value_fits_its_definition_or_is_refused(
    ratio: bool, numerator: int, denominator: int | None, correcting: bool
) -> None:
    indicator = an_indicator(ratio=ratio)
    first = a_value(indicator, 1, 2 if ratio else None)
    indicator.record(first, DOCTOR, NOW, TODAY)
    shaped = denominator is not None and denominator > 0 if ratio else denominator is None

    try:
        if correcting:
            indicator.correct(a_correction(indicator, first.measure_id, numerator, denominator), DOCTOR, NOW)
        else:
            indicator.record(a_value(indicator, numerator, denominator), DOCTOR, NOW, TODAY)
    except DenominatorMismatch:
        assert not shaped
    except NumeratorAboveDenominator:
        assert shaped
        assert denominator is not None
        assert numerator > denominator
    else:
        assert shaped
        assert denominator is None or numerator <= denominator


def test_a_correction_is_appended_and_the_first_value_stays() -> None:
    indicator = an_indicator()
    first = a_value(indicator)
    indicator.record(first, DOCTOR, NOW, TODAY)
    correction = a_correction(indicator, first.measure_id)

    events = indicator.correct(correction, VOLUNTEER, NOW)

    assert [type(event) for event in events] == [MeasureCorrected]
    kept, new = indicator.measures[first.measure_id], indicator.measures[correction.measure_id]
    assert (kept.numerator, kept.corrected_by) == (31, correction.measure_id)
    assert (new.numerator, new.corrects, new.measured_on) == (30, first.measure_id, TODAY)
    assert indicator.correct(correction, VOLUNTEER, NOW) == [], "asked again"


def test_only_the_value_that_stands_is_corrected() -> None:
    indicator = an_indicator()
    first = a_value(indicator)
    indicator.record(first, DOCTOR, NOW, TODAY)
    correction = a_correction(indicator, first.measure_id)
    indicator.correct(correction, DOCTOR, NOW)

    with pytest.raises(MeasureAlreadyCorrected):
        indicator.correct(a_correction(indicator, first.measure_id), VOLUNTEER, NOW)
    assert indicator.correct(a_correction(indicator, correction.measure_id), VOLUNTEER, NOW)


def test_an_unknown_value_is_not_corrected() -> None:
    indicator = an_indicator()

    with pytest.raises(MeasureNotFound):
        indicator.correct(a_correction(indicator, MeasureId(new_id())), DOCTOR, NOW)


class LifeOfAnIndicator(RuleBasedStateMachine):
    """Any order of acts by anybody: values only accumulate, and each chain of corrections has one end."""

    people = st.sampled_from([DOCTOR, VOLUNTEER, COLLEAGUE])

    @initialize(ratio=st.booleans())
    def propose(self, ratio: bool) -> None:
        self.indicator = an_indicator(ratio=ratio, agreed=False)
        self.seen: dict[MeasureId, Measure] = {}

    @rule(by=people)
    def accept(self, by: Standing) -> None:
        offered = Act.ACCEPT_INDICATOR in self.indicator.acts(by)
        try:
            self.indicator.version += len(self.indicator.accept(self.indicator.version, by))
        except Refusal:
            assert not offered
        else:
            assert offered

    @rule(by=people, numerator=st.integers(0, 9), denominator=st.none() | st.integers(0, 9))
    def record(self, by: Standing, numerator: int, denominator: int | None) -> None:
        offered = Act.MEASURE in self.indicator.acts(by)
        try:
            self.indicator.record(a_value(self.indicator, numerator, denominator), by, NOW, TODAY)
        except (NotALead, IndicatorNotAgreed):
            assert not offered
        except Refusal:
            assert offered
        else:
            assert offered

    @rule(by=people, data=st.data(), numerator=st.integers(0, 9), denominator=st.none() | st.integers(0, 9))
    def correct(self, by: Standing, data: st.DataObject, numerator: int, denominator: int | None) -> None:
        if not self.indicator.measures:
            return
        corrected = data.draw(st.sampled_from(list(self.indicator.measures)))
        stands = self.indicator.measures[corrected].corrected_by is None
        try:
            self.indicator.correct(a_correction(self.indicator, corrected, numerator, denominator), by, NOW)
        except MeasureAlreadyCorrected:
            assert not stands
        except Refusal:
            pass
        else:
            assert stands

    @invariant()
    def values_are_never_overwritten(self) -> None:
        for measure_id, before in self.seen.items():
            assert replace(self.indicator.measures[measure_id], corrected_by=before.corrected_by) == before
        self.seen = dict(self.indicator.measures)

    @invariant()
    def every_chain_ends_in_one_standing_value(self) -> None:
        firsts = [it for it in self.indicator.measures.values() if it.corrects is None]
        standing = [it for it in self.indicator.measures.values() if it.corrected_by is None]
        assert len(firsts) == len(standing)

    @invariant()
    def nothing_is_measured_unless_agreed(self) -> None:
        assert not self.indicator.measures or self.indicator.state is IndicatorState.AGREED


TestLifeOfAnIndicator = LifeOfAnIndicator.TestCase
