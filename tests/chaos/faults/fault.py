"""What a fault is: a name, a kind that it can be chosen by, and what breaks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.chaos.chaos import Chaos

Break = Callable[[Chaos], Awaitable[str]]
"""Breaks something, and returns once it is whole again, or about to be; with a word for the table."""


@dataclass(frozen=True)
class Fault:
    """One way to break the system."""

    kind: str
    name: str
    strike: Break
    variant: str = ""
    """Faults of one variant are the same done to different parts: a short run does one of them. None stands alone."""
    weight: int = 1
    """How often it is in the deck of a long run."""
