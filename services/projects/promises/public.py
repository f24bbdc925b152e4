"""What the other modules of projects may ask about promises, and nothing else.

Functions that take a member answer as if what her organisation may not read did not exist.
"""

from services.projects.promises.queries.awaiting import awaited_acts, coming_dates
from services.projects.promises.queries.titles import titles_of

__all__ = ["awaited_acts", "coming_dates", "titles_of"]
