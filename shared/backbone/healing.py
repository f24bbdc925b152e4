"""Compare a stream with what was sent to it, and let what it has lost be sent again.

Only the newest of it: readers have nearly all of the rest. They hear that there was a loss, compare all that they have
with what there is, and read what they miss from the log.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nats.aio.client import Client
from nats.js.errors import NotFoundError

from shared.backbone.streams import MAX_AGE_SECONDS, Stream

# For readers a whole log would be minutes of passing over what they have: with 110,000 events and a loss a minute they
# never came to an end.
REFILLED = 10_000

# What is removed for its age is nearly this old; clocks may differ a little.
_AGED_SECONDS = MAX_AGE_SECONDS - 3600.0

_STATE = """
SELECT epoch, stream_created, stream_number, (SELECT coalesce(max(seq), 0) FROM event_log) AS newest FROM relay_state
"""

_UNMARK_NEWEST = (
    "UPDATE event_log SET published_at = NULL, stream_seq = NULL WHERE published_at IS NOT NULL AND seq > $1"
)

# Behind the end of a stream that was rolled back, or before the beginning of one that was emptied.
_UNMARK_LOST = """
UPDATE event_log SET published_at = NULL, stream_seq = NULL
WHERE seq > $1 AND stream_number = $2 AND (stream_seq > $3 OR stream_seq < $4)
  AND published_at > now() - make_interval(secs => $5)
"""

_FORGET_LOST = "UPDATE event_log SET stream_seq = NULL WHERE stream_number = $1 AND stream_seq > $2"

_NEW_STREAM = "UPDATE relay_state SET stream_created = $1, stream_number = $2"

_COUNT_LOSS = "UPDATE relay_state SET losses = losses + 1"


@dataclass(frozen=True)
class Found:
    """How the stream compares with the log."""

    epoch: int
    stream_number: int
    """Of this stream among all that the service has had: a place means something only together with it."""
    lost: int | None
    """How many events are to be sent again; None where nothing was lost."""


async def compare(connection: Any, client: Client, stream: Stream) -> Found:
    """Put the stream back if it is gone, and unmark the newest of what it no longer holds.

    Raises:
        NatsError: it cannot be looked at.
    """
    state = await connection.fetchrow(_STATE)
    number, refilled_after = state["stream_number"], state["newest"] - REFILLED
    jetstream = client.jetstream()
    try:
        info = await jetstream.stream_info(stream.name)
    except NotFoundError:
        await stream.put_back(jetstream)
        info = await jetstream.stream_info(stream.name)
    created: datetime | None = info.created
    lost = None
    async with connection.transaction():
        if created != state["stream_created"]:
            number += 1
            await connection.execute(_NEW_STREAM, created, number)
            if state["stream_created"]:
                lost = _count(await connection.execute(_UNMARK_NEWEST, refilled_after))
        else:
            first, last = info.state.first_seq, info.state.last_seq
            unmarked = await connection.execute(
                _UNMARK_LOST, refilled_after, number, last, first, _AGED_SECONDS
            )
            forgotten = await connection.execute(_FORGET_LOST, number, last)
            lost = _count(unmarked) if _count(unmarked) or _count(forgotten) else None
        if lost is not None:
            await count_loss(connection)
    return Found(state["epoch"], number, lost)


async def count_loss(connection: Any) -> None:
    """Let the next digest tell readers that something was lost."""
    await connection.execute(_COUNT_LOSS)


def _count(status: str) -> int:
    return int(status.rsplit(maxsplit=1)[-1])
