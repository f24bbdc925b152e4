"""`python -m tests.chaos [--minutes 10] [--seed N] [--kinds kill,wipe]`: break the system, print the verdict."""

import argparse
import asyncio
import random
import sys

import structlog

from tests.chaos.faults import KINDS
from tests.chaos.report import report
from tests.chaos.run import Plan, run
from tests.support.servers import data_folder


def main() -> int:
    """Run; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="0 goes once through all faults")
    parser.add_argument("--seed", type=int, default=random.randrange(100_000), help="of the plan")
    parser.add_argument("--short", action="store_true", help="one of each variant of a fault")
    parser.add_argument("--rate", type=float, default=100.0, help="events per second (100)")
    parser.add_argument("--kinds", default="", help=f"some of: {', '.join(KINDS)}")
    parser.add_argument("--fault", action="append", default=[], help="one fault by its name; may be repeated")
    parser.add_argument(
        "--patience", type=float, default=1.0, help="how long faults last, 1 being a minute's freeze"
    )
    parser.add_argument("--sync", default="1s", help="sync_interval of JetStream: a duration, or always")
    parser.add_argument("--nodes", type=int, default=1, choices=(1, 3), help="of the NATS cluster")
    parser.add_argument("--replicas", type=int, default=1, help="of each service")
    given = parser.parse_args()
    kinds = tuple(it for it in given.kinds.split(",") if it)
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    plan = Plan(
        seed=given.seed,
        minutes=given.minutes,
        rate=given.rate,
        kinds=kinds,
        faults=tuple(given.fault),
        short=given.short,
        patience=given.patience,
        sync=given.sync,
        nodes=given.nodes,
        replicas=given.replicas,
    )
    # Connections break all the time here; what matters is in the services' own logs.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    _say(f"seed {plan.seed}")
    with data_folder() as data:
        result = asyncio.run(run(plan, data, _say))
    _say(f"\n{report(result)}")
    return int(bool(result.failures))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
