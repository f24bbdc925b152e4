"""Counters of processes that die: the last value seen of each process, added up over all of them."""

import asyncio
from collections import Counter

from prometheus_client.parser import text_string_to_metric_families

from tests.chaos.system import ChaosSystem

_EVERY_SECONDS = 1.0

# Of the counters that tell of a fault, by its kind or its name, one must have moved.
EXPECTED: dict[str, tuple[str, ...]] = {
    "wipe": ("entente_events_republished_total",),
    "rollback": ("entente_events_republished_total", "entente_events_recovered_total"),
    "stream": ("entente_events_republished_total",),
    "purge": ("entente_events_recovered_total", "entente_events_ignored_total"),
    "poison": ("entente_events_quarantined_total",),
    "duplicates": ("entente_events_ignored_total",),
    "durable": ("entente_consumer_reattachments_total",),
    "full": ("entente_relay_interruptions_total",),
    "network": ("entente_relay_interruptions_total", "entente_consumer_reattachments_total"),
    "kill -9 postgres": ("entente_relay_interruptions_total",),
    "kill -9 nats": ("entente_relay_interruptions_total", "entente_consumer_reattachments_total"),
}


class Counters:
    """What the services' /metrics said, last heard before each death."""

    def __init__(self, system: ChaosSystem) -> None:
        self._system = system
        self._last: dict[tuple[str, int, str], float] = {}

    async def run(self) -> None:
        """Look every second until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(_EVERY_SECONDS)

    async def look(self) -> None:
        """Look once."""
        for part in self._system.services:
            pid = part.pid
            status, text = await part.ops("metrics")
            if status != 200 or pid is None:
                continue
            for family in text_string_to_metric_families(text):
                if family.type == "counter" and family.name.startswith("entente_"):
                    for sample in family.samples:
                        if sample.name.endswith("_total"):
                            self._last[part.name, pid, _key(sample.name, sample.labels)] = sample.value

    def sums(self) -> Counter[str]:
        """Each counter, over all processes that ever ran, with its outcome where it has one."""
        found: Counter[str] = Counter()
        for (_, _, key), value in self._last.items():
            name = key.split("{")[0]
            found[name] += int(value)
            outcome = key.partition("outcome=")[2].rstrip("}")
            if outcome:
                found[f"{name}{{{outcome}}}"] += int(value)
        return found


def _key(name: str, labels: dict[str, str]) -> str:
    told = ",".join(
        f"{key}={value}" for key, value in sorted(labels.items(), key=lambda it: it[0] == "outcome")
    )
    return f"{name}{{{told}}}"
