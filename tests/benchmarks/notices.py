"""From the click to the notice on the other side's open page, at 50 acts per second.

The page's live line sends the number of unread messages. It may send one number for several notices, so the act that a
notice belongs to is told by its rank: when the number has grown by n, the first n acts have been noticed.
"""

import asyncio
import contextlib
import re
import time

from tests.benchmarks.figures import Figure, at_most, quantile
from tests.benchmarks.http_client import HttpClient
from tests.benchmarks.partnerships import Step, move, prepare
from tests.benchmarks.smtp_sink import smtp_sink
from tests.benchmarks.system import Person, System, expect, running_system
from tests.support.eventually import eventually
from tests.support.servers import data_folder

RATE = 50
PARTNERSHIPS = 16
NOTICED_WITHIN_SECONDS = 30.0

_UNREAD = re.compile(rb'hx-target="#non-lus">(\d*)')


def measure(seconds: float) -> list[Figure]:
    """Run the system on a fresh folder; one side acts, the other keeps a page open."""
    with data_folder() as folder, smtp_sink() as sink:
        with running_system(folder / "data", {"ENTENTE_SMTP_URL": sink.url}) as system:
            sent, noticed = asyncio.run(_measure(system, 2 * seconds))
    delays = [1000 * (at - began) for began, at in zip(sent, noticed, strict=False)]
    return [
        Figure(f"click to notice at {RATE} acts/s, p50", quantile(delays, 0.5), "ms"),
        Figure(f"click to notice at {RATE} acts/s, p99", quantile(delays, 0.99), "ms", goal=at_most(1000)),
        Figure("click to notice, never noticed", len(sent) - len(noticed), "", goal=at_most(0)),
    ]


async def _measure(system: System, seconds: float) -> tuple[list[float], list[float]]:
    bench = await prepare(system, PARTNERSHIPS)
    page = await system.browser(bench.theirs)
    noticed: list[float] = []
    first_number = asyncio.Event()
    watching = asyncio.create_task(_watch(page, noticed, first_number))
    async with asyncio.timeout(NOTICED_WITHIN_SECONDS):
        await first_number.wait()
    # What the preparation caused is told by now, or soon: it is not to be counted.
    await _until_still(noticed)
    noticed.clear()
    sent = await _act_at_rate(system, bench.ours, bench.steps, seconds)
    with contextlib.suppress(AssertionError):
        await eventually(lambda: len(noticed) >= len(sent), deadline=NOTICED_WITHIN_SECONDS)
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    page.close()
    return sorted(sent), noticed


async def _watch(page: HttpClient, noticed: list[float], first_number: asyncio.Event) -> None:
    """Note when each further notice shows."""
    unread: int | None = None
    async for piece in page.follow("/evenements"):
        if found := _UNREAD.search(piece):
            number = int(found.group(1) or 0)
            if unread is not None:
                noticed.extend([time.monotonic()] * (number - unread))
            unread = number
            first_number.set()


async def _until_still(noticed: list[float]) -> None:
    seen = -1
    while seen != len(noticed):
        seen = len(noticed)
        await asyncio.sleep(1)


async def _act_at_rate(system: System, person: Person, steps: list[Step], seconds: float) -> list[float]:
    sent: list[float] = []
    free: asyncio.Queue[tuple[Step, HttpClient]] = asyncio.Queue()
    for step in steps:
        free.put_nowait((step, system.api(person)))

    async def act(planned: float) -> None:
        # The click counts from when it was due: a system that makes clients wait does not look faster for it.
        sent.append(planned)
        step, client = await free.get()
        expect(200, (await move(client, step))[1])
        free.put_nowait((step, client))

    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number in range(int(seconds * RATE)):
            planned = begun + number / RATE
            await asyncio.sleep(max(0.0, planned - time.monotonic()))
            group.create_task(act(planned))
    while not free.empty():
        free.get_nowait()[1].close()
    return sent
