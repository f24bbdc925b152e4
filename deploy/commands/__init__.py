"""The commands of `entente`, one module each: `HELP`, `arguments` (its options) and `run` (its exit code).

`deploy.__main__` lists them. What a command needs it imports when it runs, so that the others start at once.
"""

import argparse
from typing import Protocol


class Command(Protocol):
    """What the module of a command has."""

    @property
    def HELP(self) -> str:  # noqa: N802 - a constant of the module
        """What it does, in one line."""
        ...

    def arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare its options."""
        ...

    def run(self, options: argparse.Namespace, /) -> int:
        """Do it; the result is the exit code."""
        ...
