"""From the commit of an act to the commit of its effect in another service, at 200 events per second."""

from tests.benchmarks.backbone import Chain, backbone
from tests.benchmarks.figures import Figure, at_most, quantile
from tests.benchmarks.floor_chain import FLOOR
from tests.benchmarks.kit_chain import KIT

RATE = 200
ROUNDS = 4


def measure(seconds: float) -> list[Figure]:
    """Rounds of floor and kit in turn, so that both meet the same moods of the machine."""
    latencies: dict[Chain, list[float]] = {FLOOR: [], KIT: []}
    with backbone() as servers:
        for _ in range(ROUNDS):
            for chain, values in latencies.items():
                values.extend(servers.run(chain, seconds=seconds, rate=RATE).latencies_ms)
    return [
        Figure(
            f"event, commit to commit at {RATE}/s, {name}",
            quantile(latencies[KIT], share),
            "ms",
            goal=goal,
            floor=quantile(latencies[FLOOR], share),
        )
        for name, share, goal in (("p50", 0.5, at_most(2)), ("p99", 0.99, at_most(3)))
    ]
