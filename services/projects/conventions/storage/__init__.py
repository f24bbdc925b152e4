"""Conventions between the database and the domain."""

from services.projects.conventions.storage.admissions import (
    admission_of,
    decides_for_observer,
    load_observed,
    observers_of,
    read_admissions,
    save_admissions,
)
from services.projects.conventions.storage.amendments import (
    add_amendment,
    amended_so_far,
    due_amendments,
    open_amendment_of,
    save_entry,
)
from services.projects.conventions.storage.annexes import file_of
from services.projects.conventions.storage.loading import (
    authorities_of,
    due_for_signing,
    find_convention,
    find_convention_as_service,
    load_convention,
    read_convention,
    speaker_of,
)
from services.projects.conventions.storage.parties import silent_parties_of
from services.projects.conventions.storage.remarks import add_comment, find_comment, mark_read
from services.projects.conventions.storage.saving import add_convention, queue_for, save_convention
from services.projects.conventions.storage.standing import ConventionStanding, find_standing, move_standing

__all__ = [
    "ConventionStanding",
    "add_amendment",
    "add_comment",
    "add_convention",
    "admission_of",
    "amended_so_far",
    "authorities_of",
    "decides_for_observer",
    "due_amendments",
    "due_for_signing",
    "file_of",
    "find_comment",
    "find_convention",
    "find_convention_as_service",
    "find_standing",
    "load_convention",
    "load_observed",
    "mark_read",
    "move_standing",
    "observers_of",
    "open_amendment_of",
    "queue_for",
    "read_admissions",
    "read_convention",
    "save_admissions",
    "save_convention",
    "save_entry",
    "silent_parties_of",
    "speaker_of",
]
