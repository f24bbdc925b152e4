"""How many events per second pass from commit to commit when everything runs at once and as fast as it can."""

from tests.benchmarks.backbone import Chain, Round, backbone
from tests.benchmarks.figures import Figure, at_least
from tests.benchmarks.floor_chain import FLOOR
from tests.benchmarks.kit_chain import KIT

ROUNDS = 3


def measure(seconds: float) -> list[Figure]:
    """Rounds of floor and kit in turn; of each the quietest one, which other programs have disturbed the least."""
    rounds: dict[Chain, list[Round]] = {FLOOR: [], KIT: []}
    with backbone() as servers:
        for _ in range(ROUNDS):
            for chain, measured in rounds.items():
                measured.append(servers.run(chain, seconds=seconds, rate=None))
    rate = {chain: max(it.events_per_second for it in measured) for chain, measured in rounds.items()}
    cpu = {chain: min(it.cpu_ms_per_event for it in measured) for chain, measured in rounds.items()}
    return [
        Figure("events, live maximum", rate[KIT], "/s", goal=at_least(0.65), floor=rate[FLOOR]),
        Figure("events, CPU of programs and servers", cpu[KIT], "ms each", floor=cpu[FLOOR]),
    ]
