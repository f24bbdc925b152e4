"""`python -m tests.chaos.service <name>`: one real service, with a witness, and perhaps a wrong clock or a death.

Everything else is the service's own `main`.
"""

import argparse
import importlib
from datetime import date, datetime, timedelta

from shared.kit import clock
from tests.chaos import witness


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument(
        "--die", default="", help="a step of tests.chaos.dying and how many times it is survived"
    )
    parser.add_argument(
        "--clock", type=float, default=0.0, help="seconds by which this process's clock is wrong"
    )
    given = parser.parse_args()
    # Before the service is imported: some modules take the function, not the module.
    if given.clock:
        _move_clock(timedelta(seconds=given.clock))
    witness.attend()
    if given.die:
        from tests.chaos.dying import STEPS, Countdown

        step, _, times = given.die.partition(":")
        STEPS[step](Countdown(int(times)))
    importlib.import_module(f"services.{given.name}.app").main()


def _move_clock(by: timedelta) -> None:
    real = clock.now

    def now() -> datetime:
        return real() + by

    def today_in_paris() -> date:
        return now().astimezone(clock.PARIS).date()

    clock.now = now
    clock.today_in_paris = today_in_paris


if __name__ == "__main__":
    main()
