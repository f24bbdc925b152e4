"""Events are promises for ever: what they may hold, and that what was written can still be read."""

import json
import typing
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from deploy.reference.catalogue import collect
from shared.contracts.messages import Event

SNAPSHOTS = Path(__file__).parent / "snapshots"
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
    assert (root, version) == ("entente", "v1")
    assert service == event.__module__.split(".")[2]
    assert f"{aggregate}_id" in event.model_fields
    words = {aggregate, *fact.split("_")}
    assert {word for word in words if word in event.__name__.lower()}
    assert fact.replace("_", "") in event.__name__.lower()


@pytest.mark.parametrize("event", CATALOGUE.events, ids=_name)
def test_a_schema_only_gains_optional_fields(event: type[Event]) -> None:
    """`tests/contracts/snapshots/<subject>.json` holds the schema as first published, and a sample of then."""
    snapshot = json.loads((SNAPSHOTS / f"{event.subject}.json").read_text(encoding="utf-8"))
    now = event.model_json_schema()
    before = snapshot["schema"]
    for name, described in before["properties"].items():
        assert now["properties"].get(name) == described, f"{name} changed: publish a new version instead"
    added = set(now["properties"]) - set(before["properties"])
    assert not added & set(now.get("required", ())), "a new field must be optional"


@pytest.mark.parametrize("event", CATALOGUE.events, ids=_name)
def test_an_old_sample_still_reads(event: type[Event]) -> None:
    snapshot = json.loads((SNAPSHOTS / f"{event.subject}.json").read_text(encoding="utf-8"))
    read = event.model_validate(snapshot["sample"] | {"a_field_of_the_future": 1})
    assert json.loads(read.model_dump_json()) == snapshot["sample"]
