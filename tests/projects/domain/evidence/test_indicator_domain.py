"""An indicator's rules, by example: nothing is measured before both sides accept."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.evidence.domain import Indicator
from shared.contracts.identifiers import (
    ConventionId,
    MeasureId,
    new_id,
)
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
from shared.contracts.refusals import InvalidRequest, StaleVersion
from tests.projects.domain.evidence.examples import (
    COLLEAGUE,
    DOCTOR,
    HOSPITAL,
    NOW,
    SIDES,
    TODAY,
    VOLUNTEER,
    a_correction,
    a_definition,
    a_value,
    an_indicator,
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
