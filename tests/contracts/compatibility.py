"""What may become of the schema of a published event: it may gain optional fields and values of lists, nothing else.

Everything that was ever announced stands in a log that is never trimmed, and is read again by whoever rebuilds.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

# Words for people; they may change at any time.
_WORDS = {"title", "description", "examples"}


def problems(before: Schema, now: Schema) -> list[str]:
    """What a reader of one of the schemas could not understand of the other, field by field. Empty when all is well."""
    return list(_object(_resolved(before, before), _resolved(now, now), ""))


def _resolved(schema: Any, root: Schema) -> Any:
    """The schema with its definitions in the places that refer to them, and without words."""
    if isinstance(schema, list):
        return [_resolved(it, root) for it in schema]
    if not isinstance(schema, Mapping):
        return schema
    if reference := schema.get("$ref"):
        return _resolved(root["$defs"][reference.rpartition("/")[2]], root)
    if "const" in schema:
        # A list of one value.
        return {"enum": [schema["const"]], **{key: it for key, it in schema.items() if key == "type"}}
    if "properties" in schema:
        fields = {name: _resolved(it, root) for name, it in schema["properties"].items()}
        return {"type": "object", "properties": fields, "required": schema.get("required", [])}
    return {key: _resolved(it, root) for key, it in schema.items() if key not in {*_WORDS, "$defs"}}


def _object(before: Schema, now: Schema, inside: str) -> Iterator[str]:
    for name, was in before["properties"].items():
        path = inside + name
        if name not in now["properties"]:
            yield f"{path} was removed: put it back"
            continue
        yield from _value(was, now["properties"][name], path)
        if name in now["required"] and name not in before["required"]:
            yield f"{path} has become required: earlier events lack it, so leave it optional"
        if name in before["required"] and name not in now["required"]:
            yield f"{path} has become optional: earlier readers need it, so leave it required"
    for name in now["properties"]:
        if name not in before["properties"] and name in now["required"]:
            yield f"{inside}{name} is new and required: earlier events lack it, so give it a default"


def _value(before: Any, now: Any, path: str) -> Iterator[str]:
    if before == now:
        return
    if _alike(before, now, "properties"):
        yield from _object(before, now, f"{path}.")
    elif _alike(before, now, "items"):
        yield from _value(before["items"], now["items"], f"{path}[]")
    elif _alike(before, now, "enum"):
        if removed := [it for it in before["enum"] if it not in now["enum"]]:
            yield f"{path} may no longer be {', '.join(map(repr, removed))}: put that back"
    elif _alike(before, now, "anyOf") and len(before["anyOf"]) == len(now["anyOf"]):
        for was, becomes in zip(before["anyOf"], now["anyOf"], strict=True):
            yield from _value(was, becomes, path)
    else:
        yield f"{path} was {_shown(before)} and is {_shown(now)}: leave it as it was"


def _alike(before: Any, now: Any, key: str) -> bool:
    """Whether both have that part, and nothing else differs."""
    if not (isinstance(before, Mapping) and isinstance(now, Mapping) and key in before and key in now):
        return False
    besides = {key, "required"}
    return {it: before[it] for it in before if it not in besides} == {
        it: now[it] for it in now if it not in besides
    }


def _shown(schema: Any) -> str:
    return ", ".join(f"{key} {value!r}" for key, value in schema.items())
