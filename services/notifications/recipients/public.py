"""What the ledger may ask of this module: who should hear of an event."""

from services.notifications.recipients.circle import Circle, Hearing
from services.notifications.recipients.domain import RULES, who_should_hear
from services.notifications.recipients.storage import load_circle

__all__ = ["RULES", "Circle", "Hearing", "load_circle", "who_should_hear"]
