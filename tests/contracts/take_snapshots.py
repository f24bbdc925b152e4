"""`python -m tests.contracts.take_snapshots`: record the schema and a sample of each event that has none yet.

A recorded event is never recorded again: what has been published is a promise.
"""

import json
import typing
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from deploy.reference.catalogue import collect

SNAPSHOTS = Path(__file__).parent / "snapshots"


def sample_of(model: type[BaseModel]) -> dict[str, Any]:
    """Plausible values for every field, the same each time."""
    hints = typing.get_type_hints(model, include_extras=True)
    return {name: _value(hints[name], position) for position, name in enumerate(model.model_fields, start=1)}


def _value(annotation: Any, position: int) -> Any:  # noqa: PLR0911 - one line per kind of type
    if getattr(annotation, "__metadata__", None):
        return "ab" * 32 if annotation.__origin__ is str else _value(annotation.__origin__, position)
    if supertype := getattr(annotation, "__supertype__", None):
        return _value(supertype, position)
    if typing.get_origin(annotation) is tuple:
        return [_value(typing.get_args(annotation)[0], position)]
    if arguments := typing.get_args(annotation):
        return _value(arguments[0], position)
    if issubclass(annotation, BaseModel):
        return sample_of(annotation)
    if issubclass(annotation, Enum):
        return next(iter(annotation)).value
    return {UUID: f"01920000-0000-7000-8000-{position:012d}", date: "2026-11-22", bool: True, int: 3}[
        annotation
    ]


def main() -> None:
    """Write what is missing."""
    for event in collect().events:
        path = SNAPSHOTS / f"{event.subject}.json"
        if not path.exists():
            content = {"schema": event.model_json_schema(), "sample": sample_of(event)}
            path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
