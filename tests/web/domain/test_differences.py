"""The word diff loses nothing and invents nothing."""

from hypothesis import given
from hypothesis import strategies as st

from services.web.differences import Kind, Segment, differences

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
