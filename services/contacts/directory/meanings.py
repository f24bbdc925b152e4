"""What somebody who typed a word can have meant, by the vocabulary of the directory.

A word means itself when the directory has it, what it begins when it is unfinished, and what it mistypes when it is
neither. The vocabulary is small, so its trigram index is quick.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.contacts.directory.domain import words
from shared.kit.database import Transaction

# What one typed word can have meant, at most; an unfinished "sa" begins thousands.
_MAX_MEANINGS = 40

# U+FFFF sorts after every word, so it closes the range of the words that begin alike.
_MEANINGS = """
SELECT typed.word AS typed, meant.word AS meant, meant.how, meant.uses
FROM unnest($1::text[]) AS typed (word),
LATERAL (
    SELECT word, uses, 'exact' AS how FROM search_word WHERE word = typed.word COLLATE "C"
    UNION ALL
    (SELECT word, uses, 'begun' FROM search_word
     WHERE word > typed.word COLLATE "C" AND word < (typed.word || U&'\\FFFF') COLLATE "C"
     ORDER BY uses DESC LIMIT $2)
    UNION ALL
    (SELECT word, uses, 'mistyped' FROM words_like(typed.word, $2)
     WHERE $3 OR NOT EXISTS (SELECT FROM search_word WHERE word = typed.word COLLATE "C"))
) AS meant
ORDER BY meant.uses DESC, meant.word
"""


@dataclass(frozen=True)
class Meaning:
    """One typed word: the word of the directory that it most probably is, and all that it can be, as codes."""

    best: int
    any_of: list[int]
    weight: float
    """A rare word says more than one that a third of the directory holds."""

    @classmethod
    def number(cls, number: str) -> "Meaning":
        """A number of a register or a postal code, which is typed right or not at all."""
        return cls(words.code_of(number), [words.code_of(number)], 1.0)


async def meanings_of(tx: Transaction, typed: Sequence[str], *, doubting: bool) -> list[Meaning]:
    """What each typed word can have meant; a word that means nothing here is left out.

    When `doubting`, a word may be a mistype even though the directory has it.
    """
    asked = [word for word in dict.fromkeys(typed) if not words.is_number(word)]
    rows = await tx.fetch(_MEANINGS, asked, _MAX_MEANINGS, doubting) if asked else []
    meanings: list[Meaning] = []
    for word in dict.fromkeys(typed):
        if words.is_number(word):
            meanings.append(Meaning.number(word))
            continue
        uses = {row["meant"]: row["uses"] for row in rows if row["typed"] == word}
        exact, begun, mistyped = (
            [row["meant"] for row in rows if row["typed"] == word and row["how"] == how]
            for how in ("exact", "begun", "mistyped")
        )
        # Only the last word may be unfinished when it is also a whole one: "saint" in the middle is not "sainte".
        unfinished = begun if not exact or word == typed[-1] else []
        if any_of := list(dict.fromkeys(exact + unfinished + _near(word, mistyped))):
            weight = 1 / (1 + math.log(uses[any_of[0]]))
            meanings.append(Meaning(words.code_of(any_of[0]), [words.code_of(it) for it in any_of], weight))
    return meanings


def _near(word: str, candidates: Sequence[str]) -> list[str]:
    """The candidates that so few typing errors can explain, the nearest first."""
    allowed = words.errors_allowed(word)
    errors = {candidate: words.distance(word, candidate, at_most=allowed) for candidate in candidates}
    return sorted((it for it in candidates if errors[it] <= allowed), key=lambda it: errors[it])
