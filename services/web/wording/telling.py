"""What one kind of event is told with."""

from dataclasses import dataclass

CONVENTION = "{convention}"
"""The sentence is about the convention as a whole."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The verb, what follows it, and the word for who acts when nobody does."""

    text: str
    about: str = CONVENTION
    about_me: str | None = None
    """The verb when the reader acted: « Vous avez signé »."""
    nobody: bool = False
    """A consequence: the sentence begins with the thing, not with a person."""
