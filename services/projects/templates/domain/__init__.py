"""What a template is, and what its organisation may do with it."""

from services.projects.templates.domain.regime import MOST_CHARACTERS, Regime
from services.projects.templates.domain.template import Keeper, Source, Template, copy, make

__all__ = ["MOST_CHARACTERS", "Keeper", "Regime", "Source", "Template", "copy", "make"]
