"""How names become words: one way for what is stored and what is typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.contacts.directory.domain.words import (
    distance,
    errors_allowed,
    findable_by,
    folded,
    places_of,
    words_of,
)

words = st.text(alphabet="abcdef", max_size=7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Hôpital  Saint-Étienne", ["hopital", "saint", "etienne"]),
        ("HOP. ST ETIENNE", ["hopital", "saint", "etienne"]),
        ("Association des Cœurs d'Œuvre", ["association", "coeurs", "oeuvre"]),
        ("E.F.S. (Île-de-France)", ["efs", "ile", "france"]),
        ("de la", []),
    ],
)
def test_accents_capitals_punctuation_and_small_words_do_not_count(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


def test_an_abbreviation_and_its_words_find_each_other() -> None:
    assert {"ch", "centre", "hospitalier"} <= findable_by("CH DE FLEYRIAT")
    assert {"chu", "centre", "hospitalier", "universitaire", "ch"} <= findable_by(
        "Centre hospitalier universitaire"
    )
    assert "ch" not in findable_by("Centre de soins hospitalier")


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("01440", {"01440", "01", "ain"}),
        ("97400", {"97400", "974", "reunion"}),
        ("20200", {"20200", "20", "corse"}),
        ("", set[str]()),
        ("99123", set[str]()),
        ("CEDEX", set[str]()),
    ],
)
def test_a_postal_code_is_found_by_its_departement(code: str, places: set[str]) -> None:
    assert places_of(code) == places


@given(st.text(max_size=60))
@example("Ǽ ϒ ŉ ﬁ ẞ")
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(" ".join(once)) == once


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("necker", "necker", 0),
        ("neker", "necker", 1),
        ("nekcer", "necker", 1),
        ("hoptial", "hopital", 1),
        ("brset", "brest", 1),
        ("", "abc", 3),
    ],
)
def test_an_exchange_of_two_letters_is_one_error(one: str, other: str, errors: int) -> None:
    assert distance(one, other, at_most=5) == errors


@given(words, words)
def test_the_distance_is_the_same_both_ways_and_nil_only_for_equals(one: str, other: str) -> None:
    errors = distance(one, other, at_most=20)
    assert errors == distance(other, one, at_most=20)
    assert (errors == 0) == (one == other)
    assert errors <= max(len(one), len(other))


@given(words, words, st.integers(0, 3))
def test_counting_stops_above_the_limit_and_nowhere_else(one: str, other: str, limit: int) -> None:
    exact = distance(one, other, at_most=20)
    limited = distance(one, other, at_most=limit)
    assert limited == exact if exact <= limit else limited > limit


def test_short_words_must_be_typed_right() -> None:
    assert [errors_allowed(it) for it in ("sis", "lyon", "hopital")] == [0, 1, 2]
