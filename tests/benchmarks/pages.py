"""How many pages per second are rendered: Accueil, and a convention whole."""

import asyncio
import time

from tests.benchmarks.figures import Figure, quantile
from tests.benchmarks.http_client import HttpClient
from tests.benchmarks.partnerships import prepare
from tests.benchmarks.system import System, expect, running_system
from tests.support.servers import data_folder

READERS = 4
WARM_UP_SECONDS = 1.0


def measure(seconds: float) -> list[Figure]:
    """Run the system on a fresh folder; several readers ask for the same page over and over."""
    with data_folder() as folder, running_system(folder / "data") as system:
        return asyncio.run(_measure(system, seconds))


async def _measure(system: System, seconds: float) -> list[Figure]:
    bench = await prepare(system, 1)
    # Signing in is made expensive on purpose: it is no part of reading.
    browsers = [await system.browser(bench.ours) for _ in range(READERS)]
    figures: list[Figure] = []
    for name, path in (("Accueil", "/"), ("Convention", f"/conventions/{bench.steps[0].convention_id}")):
        await _read(browsers, path, WARM_UP_SECONDS)
        cpu_before = system.cpu_seconds()
        milliseconds = await _read(browsers, path, seconds)
        cpu_seconds = system.cpu_seconds() - cpu_before
        figures += [
            Figure(f"page {name}, renders", len(milliseconds) / seconds, "/s"),
            Figure(f"page {name}, p99 with {READERS} readers", quantile(milliseconds, 0.99), "ms"),
            Figure(
                f"page {name}, CPU of the whole system", 1000 * cpu_seconds / len(milliseconds), "ms each"
            ),
        ]
    for browser in browsers:
        browser.close()
    return figures


async def _read(browsers: list[HttpClient], path: str, seconds: float) -> list[float]:
    milliseconds: list[float] = []
    ends = time.monotonic() + seconds

    async def keep_reading(browser: HttpClient) -> None:
        while (began := time.monotonic()) < ends:
            expect(200, await browser.ask("GET", path))
            milliseconds.append(1000 * (time.monotonic() - began))

    await asyncio.gather(*map(keep_reading, browsers))
    return milliseconds
