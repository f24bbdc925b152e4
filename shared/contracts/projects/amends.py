"""What an amendment changes."""

from datetime import date

from shared.contracts.identifiers import ConventionId
from shared.contracts.messages import Message
from shared.contracts.values import Sha256


class Amends(Message):
    """An amendment is a text of its own, negotiated, sealed and signed like a convention; this is what it stands on."""

    convention_id: ConventionId
    """The convention that it changes."""
    number: int
    """1 for its first amendment. One that was abandoned leaves its number to the next."""
    base_hash: Sha256
    """Of the sealed text that is in force while it is negotiated: the convention's, or its last amendment's."""
    effective_on: date | None
    """The day on which it enters into force, if every party has signed by then; None: with the last signature."""
