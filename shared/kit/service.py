"""Start and stop the parts of a service, in the order that its `app.py` tells.

Stopping runs the same list backwards: stop taking, finish what was taken, close.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import nats
import structlog
import uvloop
from nats.aio.client import Client

from shared.kit import connecting
from shared.kit.database import Database, transaction
from shared.kit.health import Check

logger = structlog.get_logger()

# Before Python 3.12 `asyncio.wait_for` loses a cancellation that comes together with its result (CPython issue 86296), and
# nats-py waits with it everywhere: a part cancelled only once may go on for ever. Longer than a part may take to finish.
CANCELLED_AGAIN_SECONDS = 12.0


class Unusable(Exception):
    """What a service has found and cannot use, and what to do, for whoever starts it."""


@asynccontextmanager
async def connected_client(url: str, *, service: str) -> AsyncGenerator[Client]:
    """A NATS connection of a service, to the servers that `url` names by commas."""

    async def complain(error: Exception) -> None:
        logger.warning("nats_complains", reason=type(error).__name__)

    client = await nats.connect(
        name=f"entente-{service}", error_cb=complain, **connecting.options(url, service=service)
    )
    try:
        yield client
    finally:
        await client.close()


@asynccontextmanager
async def in_background(*coroutines: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """Run endless tasks beside the body; cancel them at its end. One that fails ends the program: it must not limp."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    host = asyncio.current_task()

    def watch(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None and host is not None:
            logger.critical("part_failed", exc_info=task.exception())
            host.cancel()

    for task in tasks:
        task.add_done_callback(watch)
    try:
        yield
    finally:
        await _end(tasks)


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=CANCELLED_AGAIN_SECONDS)


def ready_checks(database: Database, client: Client) -> dict[str, Check]:
    """What must hold for any service to be ready: its database, and NATS."""

    async def database_answers() -> bool:
        async with transaction(database, actor=None) as tx:
            return await tx.fetchval("SELECT count(*) >= 1 FROM relay_state")

    async def nats_answers() -> bool:
        await client.flush(timeout=1)
        return client.is_connected

    return {"database": database_answers, "nats": nats_answers}


def run(running: AbstractAsyncContextManager[None]) -> None:
    """Run a service until SIGTERM or SIGINT, then stop it in order. It exits with 2 on what it cannot use."""

    async def until_stopped() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with running:
            logger.info("started")
            await stop.wait()
            logger.info("stopping")

    try:
        uvloop.run(until_stopped())
    except Unusable as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None
