"""Who has acted in the last seconds: only for them is "not found" worth asking again.

Somebody who accepted a mandate a moment ago may be ahead of what projects has heard. Asking again for everybody would
make each wrong address slow.
"""

from time import monotonic

from shared.contracts.identifiers import PersonId

WINDOW_SECONDS = 5.0

# Far above what one process serves in the window; it only bounds the memory.
_MOST = 10_000


class RecentActs:
    """The last act of each person, kept for a few seconds in this process."""

    def __init__(self) -> None:
        self._at: dict[PersonId, float] = {}

    def remember(self, person_id: PersonId) -> None:
        """She has just acted."""
        if len(self._at) >= _MOST:
            oldest = monotonic() - WINDOW_SECONDS
            self._at = {person: at for person, at in self._at.items() if at > oldest}
        self._at[person_id] = monotonic()

    def acted_lately(self, person_id: PersonId) -> bool:
        """Whether what she did may still be on its way to another service."""
        return monotonic() - self._at.get(person_id, float("-inf")) < WINDOW_SECONDS
