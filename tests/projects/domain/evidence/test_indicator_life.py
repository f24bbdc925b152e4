"""Every order of acts, by anybody: values only accumulate, and no value is ever overwritten."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.projects.evidence.domain import Measure, Standing
from shared.contracts.identifiers import (
    MeasureId,
)
from shared.contracts.projects.queries import Act, IndicatorState
from shared.contracts.projects.refusals import (
    IndicatorNotAgreed,
    MeasureAlreadyCorrected,
    NotALead,
)
from shared.contracts.refusals import Refusal
from tests.projects.domain.evidence.examples import (
    COLLEAGUE,
    DOCTOR,
    NOW,
    TODAY,
    VOLUNTEER,
    a_correction,
    a_value,
    an_indicator,
)


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
