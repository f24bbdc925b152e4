"""The check of published events itself, on made-up ones: what it refuses, with what words, and what it lets pass."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, StringConstraints, field_validator

from shared.contracts.messages import Event
from tests.contracts.history import broken, gone, history_of, record

SUBJECT = "entente.contacts.parcel.sent.v1"
NEXT = "announce the change as entente.contacts.parcel.sent.v2 (docs/guides/change-an-event.md)"

Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class Means(StrEnum):
    ROAD = "road"
    RAIL = "rail"


class MoreMeans(StrEnum):
    ROAD = "road"
    RAIL = "rail"
    SEA = "sea"


class FewerMeans(StrEnum):
    ROAD = "road"


class Piece(BaseModel):
    weight: int


class PieceWithSize(Piece):
    size: int | None = None


class PieceOfASize(Piece):
    size: int


class PieceWithoutWeight(BaseModel):
    pass


class First(Event, subject=SUBJECT):
    parcel_id: UUID
    means: Means
    pieces: tuple[Piece, ...]
    digest: Digest
    note: int | None = None


class FieldRemoved(Event, subject=SUBJECT):
    parcel_id: UUID
    pieces: tuple[Piece, ...]
    digest: Digest
    note: int | None = None


class TypeChanged(First, subject=SUBJECT):
    parcel_id: int  # type: ignore[assignment]


class PatternChanged(First, subject=SUBJECT):
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{40}$")]


class RequiredAdded(First, subject=SUBJECT):
    sender_id: UUID


class OptionalRequired(First, subject=SUBJECT):
    note: int | None = Field()


class RequiredOptional(First, subject=SUBJECT):
    means: Means = Means.ROAD


class DefaultChanged(First, subject=SUBJECT):
    note: int | None = 3


class ValueRemoved(First, subject=SUBJECT):
    means: FewerMeans  # type: ignore[assignment]


class InnerRequiredAdded(First, subject=SUBJECT):
    pieces: tuple[PieceOfASize, ...]  # type: ignore[assignment]


class InnerRemoved(First, subject=SUBJECT):
    pieces: tuple[PieceWithoutWeight, ...]  # type: ignore[assignment]


class NoLongerAList(First, subject=SUBJECT):
    pieces: Piece  # type: ignore[assignment]


class OptionalAdded(First, subject=SUBJECT):
    """With other words."""

    sender_id: UUID | None = None


class ValueAdded(First, subject=SUBJECT):
    means: MoreMeans  # type: ignore[assignment]


class InnerOptionalAdded(First, subject=SUBJECT):
    pieces: tuple[PieceWithSize, ...]  # type: ignore[assignment]


class ThenRemovedAgain(First, subject=SUBJECT):
    pass


class OtherWords(First, subject=SUBJECT):
    """Words are for people."""


class Misread(First, subject=SUBJECT):
    @field_validator("note")
    @classmethod
    def double(cls, note: int | None) -> int | None:
        return note and 2 * note


class OtherSubject(First, subject="entente.contacts.parcel.posted.v1"):
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the first version was recorded, when it was published."""
    assert record(First, tmp_path)
    assert broken(First, tmp_path) == []
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (FieldRemoved, "means was removed: put it back"),
        (
            TypeChanged,
            "parcel_id was format 'uuid', type 'string' and is type 'integer': leave it as it was",
        ),
        (
            PatternChanged,
            "digest was pattern '^[0-9a-f]{64}$', type 'string' and is pattern '^[0-9a-f]{40}$', type 'string': leave it as it was",
        ),
        (RequiredAdded, "sender_id is new and required: earlier events lack it, so give it a default"),
        (OptionalRequired, "note has become required: earlier events lack it, so leave it optional"),
        (RequiredOptional, "means has become optional: earlier readers need it, so leave it required"),
        (ValueRemoved, "means may no longer be 'rail': put that back"),
        (
            InnerRequiredAdded,
            "pieces[].size is new and required: earlier events lack it, so give it a default",
        ),
        (InnerRemoved, "pieces[].weight was removed: put it back"),
    ],
)
def test_what_breaks_a_promise_is_refused_with_what_to_do(
    folder: Path, changed: type[Event], problem: str
) -> None:
    told = broken(changed, folder)
    assert f"{problem}, and {NEXT}" in told
    with pytest.raises(ValueError, match="announce the change as"):
        record(changed, folder)
    assert len(history_of(SUBJECT, folder)) == 1


@pytest.mark.parametrize("changed", [NoLongerAList, DefaultChanged])
def test_another_shape_or_meaning_is_refused(folder: Path, changed: type[Event]) -> None:
    assert [it for it in broken(changed, folder) if "leave it as it was" in it]


@pytest.mark.parametrize("changed", [OptionalAdded, ValueAdded, InnerOptionalAdded])
def test_what_only_adds_passes_once_it_is_recorded(folder: Path, changed: type[Event]) -> None:
    (told,) = broken(changed, folder)
    assert told.endswith("record it: python -m tests.contracts.take_snapshots")
    assert record(changed, folder)
    assert broken(changed, folder) == []
    assert not record(changed, folder)
    # The first sample is kept, and read beside the new one.
    assert len(history_of(SUBJECT, folder)) == 2


def test_what_was_added_once_is_a_promise_too(folder: Path) -> None:
    record(OptionalAdded, folder)
    assert broken(ThenRemovedAgain, folder) == [f"sender_id was removed: put it back, and {NEXT}"]


def test_other_words_are_no_change(folder: Path) -> None:
    assert broken(OtherWords, folder) == []


def test_a_changed_subject_is_refused_and_the_new_one_is_a_new_event(folder: Path) -> None:
    assert gone([OtherSubject], folder) == [
        f"{SUBJECT} has no class any more: logs hold such events for ever, so put it back under that subject"
    ]
    assert broken(OtherSubject, folder) == [
        "entente.contacts.parcel.posted.v1 was never recorded: record it: python -m tests.contracts.take_snapshots"
    ]
    assert gone([First, OtherSubject], folder) == []


def test_an_event_of_then_that_is_no_longer_read_is_told(folder: Path) -> None:
    path = folder / SUBJECT / "1.json"
    recorded = json.loads(path.read_text(encoding="utf-8"))
    recorded["sample"]["means"] = "air"
    path.write_text(json.dumps(recorded), encoding="utf-8")
    (told,) = broken(First, folder)
    assert told.startswith(f"{SUBJECT} no longer reads an event of then")


def test_an_event_of_then_that_is_read_as_something_else_is_told(folder: Path) -> None:
    (told,) = broken(Misread, folder)
    assert told.startswith(f"{SUBJECT} no longer means the same")
