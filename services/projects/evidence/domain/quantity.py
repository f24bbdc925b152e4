"""What an indicator counts, and which values fit it: a part of a whole (a ratio), or a plain count."""

from dataclasses import dataclass

from shared.contracts.projects.refusals import DenominatorMismatch, NumeratorAboveDenominator
from shared.contracts.refusals import InvalidRequest

WHOLE_PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Definition:
    """What both sides accept before anything is measured; immutable from then on."""

    title: str
    numerator: str
    denominator: str | None
    """What the numerator is a part of; None for a plain count."""
    source: str
    target: int | None
    """Per cent for a ratio, else the count aimed at."""

    @property
    def is_ratio(self) -> bool:
        """Whether a value needs a denominator."""
        return self.denominator is not None

    def require_attainable(self) -> None:
        """Refuse a target that no value can reach: a part never exceeds its whole."""
        if self.is_ratio and self.target is not None and self.target > WHOLE_PER_CENT:
            raise InvalidRequest([{"field": "target", "reason": "above_hundred_per_cent"}])

    def require_fits(self, numerator: int, denominator: int | None) -> None:
        """Refuse a value of another shape than the definition."""
        if not self.is_ratio:
            if denominator is not None:
                raise DenominatorMismatch
            return
        if denominator is None or denominator <= 0:
            raise DenominatorMismatch
        if numerator > denominator:
            raise NumeratorAboveDenominator
