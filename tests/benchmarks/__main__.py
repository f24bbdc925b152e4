"""`python -m tests.benchmarks [--strict] [--seconds N] [latency maximum …]`: measure, print the table."""

import argparse
import sys
import time
from collections.abc import Callable

from tests.benchmarks import acts, conventions, footprint, latency, maximum, notices, pages, recovery, relay
from tests.benchmarks.figures import Figure, table

BENCHMARKS: dict[str, Callable[[float], list[Figure]]] = {
    "latency": latency.measure,
    "maximum": maximum.measure,
    "relay": relay.measure,
    "recovery": recovery.measure,
    "notices": notices.measure,
    "acts": acts.measure,
    "pages": pages.measure,
    "conventions": conventions.measure,
    "footprint": footprint.measure,
}


def main() -> int:
    """Run all benchmarks, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="name",
        help=f"one or more of: {', '.join(BENCHMARKS)} (all when none is named)",
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each round (5)")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a goal is missed")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - BENCHMARKS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    figures: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        begun = time.monotonic()
        figures += BENCHMARKS[name](arguments.seconds)
        sys.stderr.write(f"{name}: {time.monotonic() - begun:.0f} s\n")
    sys.stdout.write(f"\n{table(figures)}\n")
    return int(arguments.strict and any(figure.met is False for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
