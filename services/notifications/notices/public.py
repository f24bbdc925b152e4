"""What a channel may ask of the ledger: take letters that are due, and write what became of them."""

from services.notifications.notices.domain.letters import (
    AccountLetter,
    AccountLetterKind,
    Cancelled,
    Failed,
    Item,
    Letter,
    Outcome,
    Sent,
    TryLater,
    how_many_told,
    what_all_are_about,
)
from services.notifications.notices.domain.rules import Subject, retry_delay
from services.notifications.notices.storage.letters import (
    Backlog,
    claim_letters,
    measure_backlog,
    record_outcome,
)

__all__ = [
    "AccountLetter",
    "AccountLetterKind",
    "Backlog",
    "Cancelled",
    "Failed",
    "Item",
    "Letter",
    "Outcome",
    "Sent",
    "Subject",
    "TryLater",
    "claim_letters",
    "how_many_told",
    "measure_backlog",
    "record_outcome",
    "retry_delay",
    "what_all_are_about",
]
