"""The numbers that official registers give to organisations: FINESS, SIREN and RNA.

A number is read as people write it, with spaces or in lower case, and kept in one form, so that it is unique whatever
way it was typed.
"""

import re
from enum import StrEnum

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import siren

_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}")
# The second and third characters name the place: `W751085568` for Paris, `W9T1002867` for Mayotte.
_RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
_SEPARATORS = re.compile(r"[\s.\-]+")


class NumberFault(StrEnum):
    """What is wrong with a number."""

    FORM = "form"
    """Its length or its characters."""
    CHECK_DIGIT = "check_digit"
    """One of its digits was mistyped."""


class InvalidNumber(ValueError):
    """This is no number of the register; `fault` says why."""

    def __init__(self, fault: NumberFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_finess(text: str) -> str:
    """A FINESS number: the département, six digits and a check digit.

    The check digit follows Luhn's formula: no published notice says so, but it holds for each of the 3,756 distinct
    numbers without a letter of the SAE 2022 identity file and of the list of maternity units (DREES open data). How
    the letter of Corsica counts (`2A`, `2B`) is not established, so for these numbers only the form is checked.
    """
    number = _one_form(text)
    if not _FINESS.fullmatch(number):
        raise InvalidNumber(NumberFault.FORM)
    if number.isdigit() and not luhn.is_valid(number):
        raise InvalidNumber(NumberFault.CHECK_DIGIT)
    return number


def parse_siren(text: str) -> str:
    """A SIREN: nine digits, the last of which is Luhn's check digit (article R123-221 of the Code de commerce)."""
    number = _one_form(text)
    if not (len(number) == 9 and number.isascii() and number.isdigit()):
        raise InvalidNumber(NumberFault.FORM)
    try:
        return siren.validate(number)
    except ValidationError as error:
        raise InvalidNumber(NumberFault.CHECK_DIGIT) from error


def parse_rna(text: str) -> str:
    """An RNA number: `W` and nine characters, of which the third may be a letter overseas. It has no check digit."""
    number = _one_form(text)
    if not _RNA.fullmatch(number):
        raise InvalidNumber(NumberFault.FORM)
    return number


def _one_form(text: str) -> str:
    return _SEPARATORS.sub("", text).upper()
