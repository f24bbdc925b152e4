"""Conventions between the database and the domain."""

from services.projects.conventions.storage.loading import (
    authorities_of,
    find_convention,
    find_convention_as_service,
    load_convention,
    read_convention,
    speaker_of,
)
from services.projects.conventions.storage.remarks import add_comment, find_comment, mark_read
from services.projects.conventions.storage.saving import add_convention, queue_for, save_convention

__all__ = [
    "add_comment",
    "add_convention",
    "authorities_of",
    "find_comment",
    "find_convention",
    "find_convention_as_service",
    "load_convention",
    "mark_read",
    "queue_for",
    "read_convention",
    "save_convention",
    "speaker_of",
]
