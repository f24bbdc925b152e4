"""What the other modules of projects may ask about mediations, and nothing else."""

from services.projects.mediation.queries.awaiting import awaited_acts, coming_dates
from services.projects.mediation.storage import lasts_in

__all__ = ["awaited_acts", "coming_dates", "lasts_in"]
