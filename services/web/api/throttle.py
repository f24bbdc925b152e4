"""A limit per token, so that a script in a loop does not take the place of people. Each replica counts its own."""

from collections import OrderedDict
from time import monotonic
from uuid import UUID

from shared.contracts.web.refusals import TooManyAttempts

_REMEMBERED = 10_000


class Throttle:
    """A bucket of requests per token that fills at a steady rate and holds two seconds' worth."""

    def __init__(self, per_second: int) -> None:
        self._rate = per_second
        self._size = 2.0 * per_second
        self._buckets: OrderedDict[UUID, tuple[float, float]] = OrderedDict()

    def take(self, token_id: UUID) -> None:
        """Let one request through.

        Raises:
            TooManyAttempts: the bucket is empty.
        """
        now = monotonic()
        left, since = self._buckets.pop(token_id, (self._size, now))
        left = min(self._size, left + (now - since) * self._rate)
        self._buckets[token_id] = (max(left - 1, 0), now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        if left < 1:
            raise TooManyAttempts(retry_after_seconds=1)
