"""Plausible values for every field of an event, the same each time."""

import typing
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel


def sample_of(model: type[BaseModel]) -> dict[str, Any]:
    """An event in which every field has a value."""
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
    return {
        UUID: f"01920000-0000-7000-8000-{position:012d}",
        date: "2026-11-22",
        datetime: "2026-11-22T09:00:00Z",
        bool: True,
        int: 3,
    }[annotation]
