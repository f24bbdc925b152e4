"""How a written e-mail leaves, and the four ways in which that can end."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail as it travels."""

    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Accepted:
    """The next server, or the folder, is responsible for it now."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not this time: the same e-mail may be accepted later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: the server said so for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Nobody could be asked, which says nothing about this e-mail."""

    reason: str


Answer = Accepted | Deferred | Refused | Unreachable


class Transport(Protocol):
    """A way out for e-mails. Safe to use from several tasks at once."""

    async def send(self, mail: Mail) -> Answer:
        """Hand one e-mail over."""
        ...

    async def close(self) -> None:
        """Let go of what is held open."""
        ...
