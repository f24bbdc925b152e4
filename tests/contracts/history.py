"""What was published of each event: every schema that it has had, with a sample of that time.

`snapshots/<subject>/1.json` is the first one; an event that gained optional fields has a second one, and so on.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.contracts.messages import Event
from tests.contracts.compatibility import Schema, problems
from tests.contracts.samples import sample_of

SNAPSHOTS = Path(__file__).parent / "snapshots"

RECORD = "record it: python -m tests.contracts.take_snapshots"

_GUIDE = "docs/guides/change-an-event.md"


@dataclass(frozen=True)
class Published:
    """One schema of an event, as it was published, and an event of that time."""

    schema: Schema
    sample: dict[str, Any]


def history_of(subject: str, folder: Path = SNAPSHOTS) -> list[Published]:
    """Oldest first."""
    files = sorted((folder / subject).glob("*.json"), key=lambda it: int(it.stem))
    return [Published(**json.loads(it.read_text(encoding="utf-8"))) for it in files]


def gone(events: Iterable[type[Event]], folder: Path = SNAPSHOTS) -> list[str]:
    """What was published and has no class any more, because that was removed or its subject was changed."""
    left = {it.name for it in folder.iterdir()} - {it.subject for it in events}
    return [
        f"{it} has no class any more: logs hold such events for ever, so put it back under that subject"
        for it in sorted(left)
    ]


def broken(event: type[Event], folder: Path = SNAPSHOTS) -> list[str]:
    """What the present class breaks of what was published, and what to do instead. Empty when all is well."""
    history = history_of(event.subject, folder)
    if not history:
        return [f"{event.subject} was never recorded: {RECORD}"]
    now = event.model_json_schema()
    found = {it: None for published in history for it in problems(published.schema, now)}
    if found:
        return [f"{it}, and announce the change as {_next(event)} ({_GUIDE})" for it in found]
    found = {it: None for published in history for it in _unreadable(event, published.sample)}
    if not found and problems(now, history[-1].schema):
        return [f"{event.subject} has gained something: {RECORD}"]
    return list(found)


def record(event: type[Event], folder: Path = SNAPSHOTS) -> bool:
    """Record an event that is new or has gained something; whether there was anything to record.

    Raises:
        ValueError: it breaks what was published.
    """
    history = history_of(event.subject, folder)
    if (found := broken(event, folder)) and not all(it.endswith(RECORD) for it in found):
        raise ValueError("\n".join(found))
    if not found:
        return False
    path = folder / event.subject / f"{len(history) + 1}.json"
    path.parent.mkdir(exist_ok=True)
    content = {"schema": event.model_json_schema(), "sample": sample_of(event)}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return True


def _unreadable(event: type[Event], sample: dict[str, Any]) -> Iterator[str]:
    try:
        read = event.model_validate(sample | {"a_field_of_the_future": 1})
    except ValidationError as error:
        yield f"{event.subject} no longer reads an event of then: {error}"
        return
    if not _holds(json.loads(read.model_dump_json()), sample):
        yield f"{event.subject} no longer means the same: {sample} is read as {read!r}"


def _holds(read: Any, sample: Any) -> bool:
    """Whether everything of the sample is there; what came later may be there too."""
    match sample:
        case dict():
            return all(name in read and _holds(read[name], value) for name, value in sample.items())
        case list():
            return len(read) == len(sample) and all(map(_holds, read, sample))
        case _:
            return read == sample


def _next(event: type[Event]) -> str:
    name, _, version = event.subject.rpartition(".v")
    return f"{name}.v{int(version) + 1}"
