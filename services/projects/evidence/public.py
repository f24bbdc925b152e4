"""What the other modules of projects may ask about indicators, and nothing else."""

from services.projects.evidence.queries.awaiting import awaited_acts
from services.projects.evidence.queries.indicators import indicators_of_project
from services.projects.evidence.queries.titles import title_for_notice, titles_of

__all__ = ["awaited_acts", "indicators_of_project", "title_for_notice", "titles_of"]
