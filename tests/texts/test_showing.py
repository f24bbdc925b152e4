"""Names and texts of any script stay what they are, among words that run the other way."""

import pytest

from shared.texts.showing import isolated, unveiled


@pytest.mark.parametrize("name", ["Claire Vasseur", "Zoë Ångström", "漢字", "Ольга", ""])
def test_a_name_that_runs_from_left_to_right_is_left_alone(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize("name", ["جمعية المرضى", "אגודת החולים", "Association جمعية", "a\u200f"])
def test_a_name_that_runs_from_right_to_left_is_kept_apart(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


def test_what_cannot_be_seen_is_told_by_its_number() -> None:
    assert unveiled("le\u200b mardi\ufeff") == "le[U+200B] mardi[U+FEFF]"
    assert unveiled("tag \U000e0041") == "tag [U+E0041]"
    assert unveiled("l’été, 14\N{NO-BREAK SPACE}h") == "l’été, 14\N{NO-BREAK SPACE}h"
