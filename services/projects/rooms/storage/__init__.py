"""Rooms between the database and the domain. The only place that writes their tables."""

from services.projects.rooms.storage.files import add_file, file_of, find_file, forget_file
from services.projects.rooms.storage.rooms import (
    KnownLetter,
    add_message,
    find_message,
    find_room,
    find_rooms,
    load_room,
    mark_as_read,
    save_room,
    standing_of,
    working_parties,
)

__all__ = [
    "KnownLetter",
    "add_file",
    "add_message",
    "file_of",
    "find_file",
    "find_message",
    "find_room",
    "find_rooms",
    "forget_file",
    "load_room",
    "mark_as_read",
    "save_room",
    "standing_of",
    "working_parties",
]
