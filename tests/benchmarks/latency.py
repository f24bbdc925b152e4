"""From the commit of an act to the commit of its effect in another service, at 200 events per second."""

from tests.benchmarks.backbone import Chain, backbone
from tests.benchmarks.figures import Figure, at_most, quantile
from tests.benchmarks.floor_chain import FLOOR
from tests.benchmarks.kit_chain import KIT

RATE = 200
ROUNDS = 5


def measure(seconds: float) -> list[Figure]:
    """Rounds of floor and kit in turn; of each the quietest one, which other programs have disturbed the least."""
    rounds: dict[Chain, list[list[float]]] = {FLOOR: [], KIT: []}
    with backbone() as servers:
        for _ in range(ROUNDS):
            for chain, measured in rounds.items():
                measured.append(servers.run(chain, seconds=seconds, rate=RATE).latencies_ms)

    def quietest(chain: Chain, share: float) -> float:
        return min(quantile(latencies, share) for latencies in rounds[chain])

    return [
        Figure(
            f"event, commit to commit at {RATE}/s, {name}",
            quietest(KIT, share),
            "ms",
            goal=goal,
            floor=quietest(FLOOR, share),
        )
        for name, share, goal in (("p50", 0.5, at_most(2)), ("p99", 0.99, at_most(3)))
    ]
