"""Processes that kill themselves at a precise step. Production code has no hook for it: one function is wrapped here,
in the process that is to die, before the service starts.
"""

import os
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.backbone import consumer
from shared.backbone.consumer import Consumer
from shared.backbone.relay import Relay
from shared.kit import requests

MSG_ID = "Nats-Msg-Id"


class Countdown:
    """Death the n-th time that a step is reached."""

    def __init__(self, times: int) -> None:
        self._left = times

    def reach(self) -> None:
        """Count, and perhaps never return: no handler runs, no buffer is flushed, as in a power cut."""
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _transaction_of(module: ModuleType, countdown: Countdown, *, committed: bool, announcing: bool) -> None:
    real = module.transaction

    @asynccontextmanager
    async def transaction(*given: Any, **named: Any) -> AsyncGenerator[Any]:
        async with real(*given, **named) as tx:
            yield tx
            counts = tx.announces or not announcing
            if counts and not committed:
                countdown.reach()
        if counts and committed:
            countdown.reach()

    vars(module)["transaction"] = transaction


def _before_commit_of_command(countdown: Countdown) -> None:
    _transaction_of(requests, countdown, committed=False, announcing=True)


def _after_commit_of_command(countdown: Countdown) -> None:
    _transaction_of(requests, countdown, committed=True, announcing=True)


def _before_commit_of_inbox(countdown: Countdown) -> None:
    _transaction_of(consumer, countdown, committed=False, announcing=False)


def _after_commit_of_inbox(countdown: Countdown) -> None:
    _transaction_of(consumer, countdown, committed=True, announcing=False)


def _publishing(countdown: Countdown, *, sent: bool) -> None:
    real = Client.publish

    async def publish(
        self: Client,
        subject: str,
        payload: bytes = b"",
        reply: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        event = MSG_ID in (headers or {}) or "Nats-Batch-Id" in (headers or {})
        if event and not sent:
            countdown.reach()
        await real(self, subject, payload, reply, headers)
        if event and sent:
            # The library writes in the background; what counts is that the server has it.
            await self._flush_pending(force_flush=True)
            countdown.reach()

    Client.publish = publish


def _before_publish(countdown: Countdown) -> None:
    _publishing(countdown, sent=False)


def _after_publish(countdown: Countdown) -> None:
    _publishing(countdown, sent=True)


def _wrap(owner: type, name: str, countdown: Countdown, *, done: bool) -> None:
    real = getattr(owner, name)

    async def wrapped(*given: Any, **named: Any) -> Any:
        if not done:
            countdown.reach()
        result = await real(*given, **named)
        if done:
            countdown.reach()
        return result

    setattr(owner, name, wrapped)


def _before_mark(countdown: Countdown) -> None:
    _wrap(Relay, "_mark", countdown, done=False)


def _after_mark(countdown: Countdown) -> None:
    _wrap(Relay, "_mark", countdown, done=True)


def _before_ack(countdown: Countdown) -> None:
    _wrap(Msg, "ack", countdown, done=False)


def _before_term(countdown: Countdown) -> None:
    _wrap(Msg, "term", countdown, done=False)


def _in_recovery(countdown: Countdown) -> None:
    _wrap(Consumer, "apply", countdown, done=True)


class _DyingConnection:
    """A connection that lets the first statement of a repair through and dies at the next one."""

    def __init__(self, real: Any, countdown: Countdown) -> None:
        self._real = real
        self._countdown = countdown

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    async def execute(self, *given: Any, **named: Any) -> Any:
        result = await self._real.execute(*given, **named)
        self._countdown.reach()
        return result


def _in_heal(countdown: Countdown) -> None:
    real = Relay._heal

    async def heal(self: Relay, connection: Any, *given: Any, **named: Any) -> None:
        await real(self, _DyingConnection(connection, countdown), *given, **named)

    Relay._heal = heal


STEPS: dict[str, Callable[[Countdown], None]] = {
    "before-commit": _before_commit_of_command,
    "after-commit": _after_commit_of_command,
    "before-publish": _before_publish,
    "after-publish": _after_publish,
    "after-puback": _before_mark,
    "after-mark": _after_mark,
    "in-heal": _in_heal,
    "before-inbox-commit": _before_commit_of_inbox,
    "after-inbox-commit": _after_commit_of_inbox,
    "before-ack": _before_ack,
    "before-term": _before_term,
    "in-recovery": _in_recovery,
}
"""Where a process can die, in the order of an event's life."""
