"""How long the system takes to start, on a fresh folder and again, and the memory that it takes when nobody uses it."""

import time

from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.system import running_system
from tests.support.servers import data_folder

_MEGABYTE = 1024 * 1024

# What the start has left behind is given back by then.
IDLE_SECONDS = 10.0


def measure(_seconds: float) -> list[Figure]:
    """Start twice on the same folder."""
    with data_folder() as folder:
        with running_system(folder / "data") as system:
            first = system.start_seconds
        with running_system(folder / "data") as system:
            later = system.start_seconds
            time.sleep(IDLE_SECONDS)
            cpu_before = system.cpu_seconds()
            time.sleep(IDLE_SECONDS)
            idle = (system.cpu_seconds() - cpu_before) / IDLE_SECONDS
            memory = system.memory_bytes()
    return [
        Figure("start, first", first, "s", goal=at_most(15)),
        Figure("start, later", later, "s", goal=at_most(6)),
        Figure("idle system, memory (PSS)", memory / _MEGABYTE, "MB", goal=at_most(350)),
        Figure("idle system, CPU", 100 * idle, "% of a core"),
    ]
