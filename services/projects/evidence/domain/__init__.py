"""The rules of indicators and measures. No input, no output."""

from services.projects.evidence.domain.indicator import Indicator, Measure, Standing
from services.projects.evidence.domain.quantity import Definition

__all__ = ["Definition", "Indicator", "Measure", "Standing"]
