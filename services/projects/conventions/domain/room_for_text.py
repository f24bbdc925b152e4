"""How long a whole text may become: one that no reply can carry would be one that nobody can open any more."""

import json
from collections.abc import Iterable

from services.projects.conventions.domain.clause import Clause
from shared.contracts.projects.refusals import TextTooLong

MOST_BYTES = 300_000
"""Of all articles together, as JSON in UTF-8: some 120 pages. A reply (1 MiB) carries each as it stands and as it was last
read, and what is said of them.
"""


def check_room(others: Iterable[Clause], text: str) -> None:
    """Pass if this text fits into the convention beside the other articles.

    Raises:
        TextTooLong: it does not, with how much there is room for.
    """
    left = MOST_BYTES - sum(_weight(it.text) for it in others)
    if _weight(text) > left:
        raise TextTooLong(most_bytes=MOST_BYTES, left_bytes=max(left, 0))


def _weight(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())
