"""What the other modules of projects may ask about rooms, and nothing else.

Functions that take a member or an actor answer as if a room that she may not enter did not exist.
"""

from services.projects.rooms.queries.awaiting import awaited_acts, coming_dates
from services.projects.rooms.queries.titles import titles_of
from services.projects.rooms.storage import find_room

__all__ = ["awaited_acts", "coming_dates", "find_room", "titles_of"]
