"""The word diff loses nothing and invents nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.texts.differences import Kind, Segment, differences, traced

WORDS = st.lists(
    st.sampled_from(["le", "la", "mardi", "jeudi", "bénévole", "l’hôpital", ",", ".", "14 h", "\n", "…"]),
    max_size=30,
).map(" ".join)


def joined(segments: list[Segment], *kinds: Kind) -> str:
    return "".join(it.text for it in segments if it.kind in kinds)


@given(before=st.text(max_size=200) | WORDS, after=st.text(max_size=200) | WORDS)
def test_same_and_removed_make_the_text_before_same_and_added_the_text_after(before: str, after: str) -> None:
    segments = differences(before, after)
    assert joined(segments, Kind.SAME, Kind.REMOVED) == before
    assert joined(segments, Kind.SAME, Kind.ADDED) == after


@given(text=WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(it.kind is Kind.SAME for it in differences(text, text))


@given(before=WORDS, after=WORDS)
def test_no_piece_is_empty(before: str, after: str) -> None:
    assert all(it.text for it in differences(before, after))


def test_a_change_of_several_words_reads_as_one() -> None:
    segments = differences("chaque mardi matin, sans faute", "chaque jeudi après-midi, sans faute")
    assert segments == [
        Segment(Kind.SAME, "chaque "),
        Segment(Kind.REMOVED, "mardi matin"),
        Segment(Kind.ADDED, "jeudi après-midi"),
        Segment(Kind.SAME, ", sans faute"),
    ]


def test_words_of_other_scripts_are_words() -> None:
    assert differences("جمعية المرضى", "جمعية الأسر")[0] == Segment(Kind.SAME, "جمعية ")


@given(versions=st.lists(WORDS, min_size=1, max_size=5))
def test_a_trace_tells_the_differences_of_its_ends(versions: list[str]) -> None:
    segments = traced(versions)
    assert joined(segments, Kind.SAME, Kind.REMOVED) == versions[0]
    assert joined(segments, Kind.SAME, Kind.ADDED) == versions[-1]
    assert all(1 <= it.by < max(2, len(versions)) for it in segments)


def test_a_trace_tells_which_text_made_each_change() -> None:
    segments = traced(
        [
            "Les bénévoles viennent le mardi, de 14 h à 17 h.",
            "Les bénévoles formés viennent le mardi, de 14 h à 17 h.",
            "Les bénévoles formés viennent le jeudi, de 14 h à 17 h, en binôme.",
            "Les bénévoles formés viennent le jeudi, de 14 h à 18 h, en binôme.",
        ]
    )
    assert [(it.kind, it.text, it.by) for it in segments if it.kind is not Kind.SAME] == [
        (Kind.ADDED, "formés ", 1),
        (Kind.REMOVED, "mardi", 2),
        (Kind.ADDED, "jeudi", 2),
        (Kind.REMOVED, "17", 3),
        (Kind.ADDED, "18", 3),
        (Kind.ADDED, ", en binôme", 2),
    ]


def test_what_was_added_and_taken_back_is_not_told() -> None:
    assert traced(["le mardi", "le mardi matin", "le mardi"]) == [Segment(Kind.SAME, "le mardi")]


def test_what_came_back_has_no_false_maker() -> None:
    """The second text took the word out and the third put it back: between the ends nothing happened to it."""
    assert traced(["le mardi matin", "le matin", "le mardi matin."]) == [
        Segment(Kind.SAME, "le mardi matin"),
        Segment(Kind.ADDED, ".", 2),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 5_000, "b a " * 5_000),
        ("x" * 20_000, "y" * 20_000),
        ("." * 20_000, "!" * 20_000),
        (" ".join(f"m{it // 2}" for it in range(3_500)), " ".join(f"m{it % 1_750}" for it in range(3_500))),
        ("\n" * 20_000, " \n" * 10_000),
    ],
    ids=["two words", "one word", "signs", "pairs", "blank lines"],
)
def test_texts_made_to_be_slow_are_not(before: str, after: str) -> None:
    begun = time.perf_counter()
    segments = differences(before, after)
    # Tens of milliseconds; the bound leaves room for a machine that does other things.
    assert time.perf_counter() - begun < 5
    assert joined(segments, Kind.SAME, Kind.REMOVED) == before
    assert joined(segments, Kind.SAME, Kind.ADDED) == after
