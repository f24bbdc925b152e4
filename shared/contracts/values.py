"""Text and number types that every message uses, with their limits.

The limits are those of a form that a person fills in: longer input is refused with the field's name, never cut.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

# PostgreSQL cannot store U+0000; the other controls have no place in what people read. Tab and line feed do.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")

# Unpaired surrogates cannot be encoded in UTF-8, so neither PostgreSQL nor a browser could give them back.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


# Explicit directions reorder what is read, so that a text shows as another one than it is (Unicode TR 36, section 3.2).
# Arabic and Hebrew need none of them: their letters carry their own direction.
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def _printable(text: str) -> str:
    if _CONTROL.search(text) or _SURROGATE.search(text) or _REORDERING.search(text):
        raise ValueError("control characters are not accepted")
    return text


def one_line(text: str) -> str:
    """Pass a text of one line that shows as what it is."""
    if "\n" in text or "\t" in text:
        raise ValueError("one line only")
    return _printable(text)


def _paragraphs(text: str) -> str:
    # Browsers send CRLF from a textarea; stored text has one form so that a hash of it is stable.
    return _printable(text.replace("\r\n", "\n").replace("\r", "\n"))


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(one_line)
]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(one_line)
]
Paragraph = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000), AfterValidator(_paragraphs)
]
ClauseText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_paragraphs),
]
Seat = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(one_line)]
SearchText = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(one_line)
]

# Enough to refuse what cannot be delivered; whether a mailbox exists is known by writing to it (RFC 5321 §4.5.3.1).
EmailAddress = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^\s@<>,;:\\\"()\[\]]{1,64}@[^\s@<>,;:\\\"()\[\]]+\.[^\s@<>,;:\\\"()\[\].]{2,}$",
    ),
    AfterValidator(one_line),
]

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

# Months are added to days: at the ends of the calendar there is no next one. People write 31/12/9999 for "without an end".
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
"""A date that somebody means, without an hour."""

Version = Annotated[int, Field(ge=0)]
Limit = Annotated[int, Field(ge=1, le=200)]


class Side(StrEnum):
    """The kind of organisation that a party is; a convention needs at least one of each of the first two."""

    ESTABLISHMENT = "establishment"
    ASSOCIATION = "association"
    THIRD_PARTY = "third_party"
