"""The search of the directory, inside PostgreSQL: which organisations answer a text, best first.

Each typed word becomes the words of the directory that it can have meant: itself, what it begins, what it mistypes. An
organisation answers when it holds one of them for each typed word, in any order. The vocabulary is small, so its
trigram index is quick; organisations are then found through an index of whole words, which stays quick even when a
third of the directory answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.contacts.directory.domain import words
from services.contacts.directory.domain.registers import InvalidNumber, parse_finess, parse_rna, parse_siren
from shared.contracts.values import Side
from shared.kit.database import Transaction

# A longer question is a pasted paragraph: its first words are enough.
_MAX_WORDS = 8

# What one typed word can have meant, at most; an unfinished "s" begins thousands.
_MAX_MEANINGS = 40

# U+FFFF sorts after every word, so it closes the range of the words that begin alike.
_MEANINGS = """
SELECT typed.word AS typed, meant.word AS meant, meant.how
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

_PAGE = """
WITH answers AS MATERIALIZED (
    SELECT organization_id, sort_name, cardinality(name_words) AS length, {score} AS score
    FROM organization_words
    WHERE ($1::text IS NULL OR side = $1) AND ({condition})
)
SELECT (SELECT count(*) FROM answers) AS total,
       ARRAY(SELECT organization_id FROM answers
             ORDER BY score DESC, length, sort_name, organization_id LIMIT $2 OFFSET $3) AS ids
"""

_EVERYTHING = """
SELECT (SELECT count(*) FROM organization_words) AS total,
       ARRAY(SELECT organization_id FROM organization_words
             ORDER BY sort_name, organization_id LIMIT $1 OFFSET $2) AS ids
"""

_EVERYTHING_OF_SIDE = """
SELECT (SELECT count(*) FROM organization_words WHERE side = $1) AS total,
       ARRAY(SELECT organization_id FROM organization_words WHERE side = $1
             ORDER BY sort_name, organization_id LIMIT $2 OFFSET $3) AS ids
"""


@dataclass(frozen=True)
class Found:
    """One page of ids, best first, and the count of all that answer."""

    ids: tuple[UUID, ...]
    total: int


@dataclass(frozen=True)
class _Meaning:
    """What one typed word can have meant: the likeliest word, and all of them."""

    best: str
    any_of: list[str]


@dataclass(frozen=True)
class _Page:
    side: Side | None
    limit: int
    offset: int


async def search(tx: Transaction, text: str, *, side: Side | None, limit: int, offset: int) -> Found:
    """Find the organisations that answer a text; without a word in it, all of them by name."""
    page = _Page(side, limit, offset)
    if number := _as_number(text):
        return await _answering(tx, [_Meaning(number, [number])], page)
    typed = (words.words_of(text) or words.folded(text))[:_MAX_WORDS]
    if not typed:
        return await _everything(tx, page)
    meanings = await _meanings(tx, typed, doubting=False)
    if len(meanings) == len(typed):
        found = await _answering(tx, meanings, page)
        if found.total:
            return found
    # Nothing holds every word: a word may be a mistype of another that exists, or one too many.
    doubted = await _meanings(tx, typed, doubting=True)
    found = await _answering(tx, doubted, page)
    return found if found.total else await _answering(tx, doubted, page, all_but_one=True)


async def _everything(tx: Transaction, page: _Page) -> Found:
    if page.side is None:
        return _found(await tx.fetchrow(_EVERYTHING, page.limit, page.offset))
    return _found(await tx.fetchrow(_EVERYTHING_OF_SIDE, page.side, page.limit, page.offset))


def _as_number(text: str) -> str | None:
    """The official number that the text is; a SIRET finds its SIREN."""
    compact = "".join(text.split())
    for candidate in (compact, compact[:9] if len(compact) == 14 and compact.isdigit() else ""):
        for parse in (parse_finess, parse_siren, parse_rna):
            try:
                return parse(candidate).lower()
            except InvalidNumber:
                continue
    return None


async def _meanings(tx: Transaction, typed: Sequence[str], *, doubting: bool) -> list[_Meaning]:
    """What each typed word can have meant; a word that means nothing here is left out.

    When `doubting`, a word may be a mistype even though the directory has it.
    """
    asked = [word for word in dict.fromkeys(typed) if not words.is_number(word)]
    rows = await tx.fetch(_MEANINGS, asked, _MAX_MEANINGS, doubting) if asked else []
    meanings: list[_Meaning] = []
    for word in dict.fromkeys(typed):
        if words.is_number(word):
            meanings.append(_Meaning(word, [word]))
            continue
        candidates = [(row["meant"], row["how"]) for row in rows if row["typed"] == word]
        exact = [meant for meant, how in candidates if how == "exact"]
        # Only the last word may be unfinished when it is also a whole one: "saint" in the middle is not "sainte".
        begun = (
            [meant for meant, how in candidates if how == "begun"] if not exact or word == typed[-1] else []
        )
        close = _mistyped(word, [meant for meant, how in candidates if how == "mistyped"])
        if any_of := list(dict.fromkeys(exact + begun + close)):
            meanings.append(_Meaning(any_of[0], any_of))
    return meanings


def _mistyped(word: str, candidates: Sequence[str]) -> list[str]:
    allowed = words.errors_allowed(word)
    errors = {candidate: words.distance(word, candidate, at_most=allowed) for candidate in candidates}
    return sorted((it for it in candidates if errors[it] <= allowed), key=lambda it: errors[it])


async def _answering(
    tx: Transaction, meanings: Sequence[_Meaning], page: _Page, *, all_but_one: bool = False
) -> Found:
    if len(meanings) < (2 if all_but_one else 1):
        return Found((), 0)
    # Only placeholders are put into the statement; whatever was typed travels as a parameter.
    any_of = [f"all_words && ${4 + 2 * position}::text[]" for position in range(len(meanings))]
    score = " + ".join(
        f"CASE WHEN name_words @> ${best}::text[] THEN 4 WHEN all_words @> ${best}::text[] THEN 3 "
        f"WHEN all_words && ${best - 1}::text[] THEN 1 ELSE 0 END"
        for best in (5 + 2 * position for position in range(len(meanings)))
    )
    condition = " AND ".join(any_of)
    if all_but_one:
        condition = " OR ".join(
            "(" + " AND ".join(it for it in any_of if it is not left_out) + ")" for left_out in any_of
        )
    parameters = [value for it in meanings for value in (it.any_of, [it.best])]
    statement = _PAGE.format(score=score, condition=condition)
    return _found(await tx.fetchrow(statement, page.side, page.limit, page.offset, *parameters))


def _found(row: Any) -> Found:
    return Found(tuple(row["ids"]), row["total"])
