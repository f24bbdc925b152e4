"""Who reacts to which event. A service lists its reactions here; the consumer delivers them.

Handlers run inside the transaction of the inbox: once per event, in the order of versions of each aggregate.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from shared.contracts.envelope import Envelope
from shared.contracts.messages import Event
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

E = TypeVar("E", bound=Event)
Handler = Callable[[E, Envelope, Transaction], Awaitable[None]]


class Subscribers:
    """The reactions of one module, or of a whole service once they are gathered."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[tuple[type[Event], Handler[Any]]]] = {}
        self._known: set[str] = set()

    def on(self, event: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        """Register a reaction: `@subscribers.on(ConventionSigned)`."""

        def register(handler: Handler[E]) -> Handler[E]:
            self._handlers.setdefault(event.subject, []).append((event, handler))
            self._known.add(_without_version(event.subject))
            return handler

        return register

    def include(self, other: "Subscribers") -> None:
        """Gather the reactions of another module after those already here."""
        for subject, handlers in other._handlers.items():  # noqa: SLF001 - another one of us
            self._handlers.setdefault(subject, []).extend(handlers)
        self._known |= other._known  # noqa: SLF001 - another one of us

    @property
    def subjects(self) -> frozenset[str]:
        """Every subject that somebody here reacts to."""
        return frozenset(self._handlers)

    def subjects_of(self, source: str) -> frozenset[str]:
        """Every subject of a producer that somebody here reacts to."""
        return frozenset(it for it in self.subjects if it.split(".")[1] == source)

    @property
    def sources(self) -> tuple[str, ...]:
        """The producers of those subjects."""
        return tuple(sorted({subject.split(".")[1] for subject in self._handlers}))

    async def react(self, envelope: Envelope, tx: Transaction) -> None:
        """Run the reactions to one event; none is fine.

        Raises:
            Defect: the event's fields are unreadable, or its version is one that is not known here yet.
        """
        if envelope.type not in self._handlers and _without_version(envelope.type) in self._known:
            raise Defect(f"{envelope.type} is of a version that is not known here")
        for event, handler in self._handlers.get(envelope.type, ()):
            try:
                fact = event.model_validate_json(envelope.data)
            except ValidationError as error:
                raise Defect(f"unreadable {event.__name__}: {_problems(error)}") from error
            await handler(fact, envelope, tx)


def _problems(error: ValidationError) -> str:
    """Which fields, and of what kind; never what stands in them."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return ", ".join(f"{'.'.join(map(str, it['loc'])) or 'body'} ({it['type']})" for it in found[:5])


def _without_version(subject: str) -> str:
    return subject.rpartition(".")[0]
