"""The rules of rooms. No input, no output."""

from services.projects.rooms.domain.room import MOST_OPEN_TASKS, Letter, Room, Standing
from services.projects.rooms.domain.task import Task
from services.projects.rooms.domain.words import folded, words_of

__all__ = ["MOST_OPEN_TASKS", "Letter", "Room", "Standing", "Task", "folded", "words_of"]
