"""The rules of rooms. No input, no output."""

from services.projects.rooms.domain.file import MOST_FILES, RoomFile, give_file, may_remove, remove_file
from services.projects.rooms.domain.room import MOST_OPEN_TASKS, Letter, Room, Standing
from services.projects.rooms.domain.task import Task
from services.projects.rooms.domain.words import folded, words_of

__all__ = [
    "MOST_FILES",
    "MOST_OPEN_TASKS",
    "Letter",
    "Room",
    "RoomFile",
    "Standing",
    "Task",
    "folded",
    "give_file",
    "may_remove",
    "remove_file",
    "words_of",
]
