"""Every way to break the system that we know."""

from tests.chaos.faults import jetstream, messages, network, processes
from tests.chaos.faults.fault import Fault

ALL: tuple[Fault, ...] = (
    *processes.faults(),
    *jetstream.faults(),
    *messages.faults(),
    *network.faults(),
)

KINDS: tuple[str, ...] = tuple(dict.fromkeys(it.kind for it in ALL))

__all__ = ["ALL", "KINDS", "Fault"]
