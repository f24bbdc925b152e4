"""Events are promises for ever: what they may hold, and that what was written can still be read."""

import re
import typing
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from deploy.reference.catalogue import collect
from shared.contracts.messages import Event
from tests.contracts.history import broken, gone

CATALOGUE = collect()

PLAIN = (UUID, int, bool, date, datetime)


def _name(event: type[Event]) -> str:
    return event.__name__


def _leaves(annotation: Any) -> list[Any]:
    if metadata := getattr(annotation, "__metadata__", None):
        base = annotation.__origin__
        # A digest is the one text that an event may hold: its pattern leaves no room for words.
        return [] if base is str and any("0-9a-f" in str(it) for it in metadata) else _leaves(base)
    if supertype := getattr(annotation, "__supertype__", None):
        return _leaves(supertype)
    if arguments := typing.get_args(annotation):
        return [leaf for argument in arguments if argument is not ... for leaf in _leaves(argument)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return [leaf for name in annotation.model_fields for leaf in _leaves(hints[name])]
    return [annotation]


@pytest.mark.parametrize("event", CATALOGUE.events, ids=_name)
def test_an_event_holds_no_free_text(event: type[Event]) -> None:
    hints = typing.get_type_hints(event, include_extras=True)
    for name in event.model_fields:
        for leaf in _leaves(hints[name]):
            assert leaf is type(None) or (
                isinstance(leaf, type) and (issubclass(leaf, Enum) or issubclass(leaf, PLAIN))
            ), f"{name}: {leaf}"


@pytest.mark.parametrize("event", CATALOGUE.events, ids=_name)
def test_an_event_is_named_after_its_subject(event: type[Event]) -> None:
    root, service, aggregate, fact, version = event.subject.split(".")
    assert root == "entente"
    assert re.fullmatch(r"v[1-9]\d*", version)
    assert service == event.__module__.split(".")[2]
    assert f"{aggregate}_id" in event.model_fields
    words = {aggregate, *fact.split("_")}
    assert {word for word in words if word in event.__name__.lower()}
    assert fact.replace("_", "") in event.__name__.lower()


@pytest.mark.parametrize("event", CATALOGUE.events, ids=_name)
def test_what_was_published_is_kept(event: type[Event]) -> None:
    """Its schema has only gained, and an event of each earlier schema still reads."""
    assert broken(event) == []


def test_no_published_event_is_gone() -> None:
    assert gone(CATALOGUE.events) == []
