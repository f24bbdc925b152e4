"""Official numbers: real ones pass however they are written, mistyped ones do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contacts.directory.domain.registers import (
    InvalidNumber,
    NumberFault,
    parse_finess,
    parse_rna,
    parse_siren,
)


def with_luhn_digit(start: str) -> str:
    """Complete a number by the digit that makes it pass, computed here in the plainest way."""
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
        for place, digit in enumerate(reversed(start))
    )
    return start + str(-total % 10)


eight_digits = st.from_regex(r"\A[0-9]{8}\Z")


@pytest.mark.parametrize("number", ["010000024", "970102018", "2A0000014", "9A0000014"])
def test_a_finess_number_of_the_mainland_overseas_or_corsica_passes(number: str) -> None:
    assert parse_finess(number) == number


@pytest.mark.parametrize(
    "written", ["01 000 002 4", "01.000.002.4", " 010000024\n", "01\N{NO-BREAK SPACE}0000024"]
)
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert parse_finess(written) == "010000024"
    assert parse_rna(" w9t1002867 ") == "W9T1002867"


@pytest.mark.parametrize("wrong", ["", "01000002", "0100000240", "A10000024", "01000002X", "٠١٠٠٠٠٠٢٤"])
def test_what_has_not_the_form_of_a_finess_number_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidNumber) as refused:
        parse_finess(wrong)
    assert refused.value.fault is NumberFault.FORM


@given(eight_digits, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_number_is_noticed(start: str, place: int, change: int) -> None:
    right = with_luhn_digit(start)
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]
    for parse in (parse_finess, parse_siren):
        assert parse(right) == right
        with pytest.raises(InvalidNumber) as refused:
            parse(wrong)
        assert refused.value.fault is NumberFault.CHECK_DIGIT


@pytest.mark.parametrize("number", ["W751085568", "W012000002", "W9T1002867", "W2A1000123"])
def test_an_rna_number_may_hold_a_letter(number: str) -> None:
    assert parse_rna(number) == number


@pytest.mark.parametrize("wrong", ["W75108556", "751P00085568", "WAT1002867", "X751085568"])
def test_what_is_no_rna_number_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidNumber):
        parse_rna(wrong)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    for parse in (parse_finess, parse_siren, parse_rna):
        try:
            number = parse(text)
        except InvalidNumber:
            continue
        assert parse(number) == number
