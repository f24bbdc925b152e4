"""Words as patterns: nothing that people write stands for anything else."""

import pytest

from shared.kit.database import Database
from shared.kit.patterns import containing

TEXTS = ["100 % sûr", "100 x sûr", r"a\b", "a_b", "axb"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("0 %", ["100 % sûr"]),
        ("a_b", ["a_b"]),
        ("a\\b", [r"a\b"]),
        ("_", ["a_b"]),
        ("\\", [r"a\b"]),
        ("", TEXTS),
    ],
)
async def test_a_pattern_finds_the_word_and_nothing_else(
    producer: Database, word: str, found: list[str]
) -> None:
    rows = await producer.pool.fetch(
        "SELECT it FROM unnest($1::text[]) AS texts (it) WHERE it LIKE $2", TEXTS, containing(word)
    )
    assert [row["it"] for row in rows] == found
