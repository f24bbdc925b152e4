"""Every message of the system, found in the contracts, and who reacts to which event, found in the services."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from deploy.topology import SERVICES
from shared import contracts
from shared.backbone.subscribers import Subscribers
from shared.contracts.messages import Command, Event, Query, Request
from shared.contracts.refusals import Refusal


@dataclass(frozen=True)
class Catalogue:
    """Requests and events in the order of their subjects, and the readers of each event's subject."""

    requests: tuple[type[Request[Any]], ...]
    events: tuple[type[Event], ...]
    refusals: tuple[type[Refusal], ...]
    readers: dict[str, tuple[str, ...]]


def collect() -> Catalogue:
    """Import the contracts and the subscribers of every service, and list what they hold."""
    modules = list(_modules(contracts))
    requests = {it for it in _classes(modules, Request) if hasattr(it, "subject")}
    events = {it for it in _classes(modules, Event) if hasattr(it, "subject")}
    readers: dict[str, list[str]] = {event.subject: [] for event in events}
    for service in SERVICES:
        for subject in _subjects_read_by(service):
            readers[subject].append(service)
    return Catalogue(
        requests=tuple(sorted(requests, key=lambda it: it.subject)),
        events=tuple(sorted(events, key=lambda it: it.subject)),
        refusals=tuple(sorted(Refusal.by_code.values(), key=lambda it: (it.__module__, it.code))),
        readers={subject: tuple(sorted(names)) for subject, names in readers.items()},
    )


def kind_of(request: type[Request[Any]]) -> str:
    """Whether a request changes something."""
    return "command" if issubclass(request, Command) else "query" if issubclass(request, Query) else "request"


def _subjects_read_by(service: str) -> set[str]:
    subjects: set[str] = set()
    package = importlib.import_module(f"services.{service}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if found.name.endswith(".subscribers"):
            for it in vars(importlib.import_module(found.name)).values():
                if isinstance(it, Subscribers):
                    subjects |= it.subjects
    return subjects


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        yield importlib.import_module(found.name)


def _classes(modules: list[ModuleType], base: type) -> Iterator[Any]:
    for module in modules:
        for it in vars(module).values():
            if isinstance(it, type) and issubclass(it, base) and it.__module__ == module.__name__:
                yield it
