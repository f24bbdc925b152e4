"""Wait for a condition with a deadline, instead of sleeping and hoping."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

T = TypeVar("T")

# Long enough for a loaded two-core machine; a test that passes never waits for it.
DEADLINE_SECONDS = 10.0

_FIRST_PAUSE_SECONDS = 0.002
_LONGEST_PAUSE_SECONDS = 0.1


async def eventually(condition: Callable[[], T | Awaitable[T]], *, deadline: float = DEADLINE_SECONDS) -> T:
    """Return the condition's first true value. An AssertionError that it raises counts as "not yet".

    The condition may be a plain function or a coroutine function. When time is up, the last answer is shown.
    """
    ends = time.monotonic() + deadline
    pause = _FIRST_PAUSE_SECONDS
    while True:
        answer: T | None = None
        failure: AssertionError | None = None
        try:
            result = condition()
            answer = await cast("Awaitable[T]", result) if inspect.isawaitable(result) else cast("T", result)
            if answer:
                return answer
        except AssertionError as error:
            failure = error
        if time.monotonic() > ends:
            message = f"Still not true after {deadline} s; the last answer was {answer!r}"
            raise AssertionError(message) from failure
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)


def eventually_sync(condition: Callable[[], T], *, deadline: float = DEADLINE_SECONDS) -> T:
    """Do the same where no event loop runs, for instance around processes."""
    ends = time.monotonic() + deadline
    pause = _FIRST_PAUSE_SECONDS
    while not (answer := condition()):
        if time.monotonic() > ends:
            raise AssertionError(f"Still not true after {deadline} s; the last answer was {answer!r}")
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
    return answer
