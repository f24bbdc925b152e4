"""What the ledger may ask of this module: who should hear of an event."""

from services.notifications.recipients.circle import Circle, Hearing
from services.notifications.recipients.domain import RULES, who_should_hear
from services.notifications.recipients.storage import load_circle, load_readers
from services.notifications.recipients.templates import who_reads_it

__all__ = [
    "RULES",
    "Circle",
    "Hearing",
    "load_circle",
    "load_readers",
    "who_reads_it",
    "who_should_hear",
]
