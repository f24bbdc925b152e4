"""The search of the directory, inside PostgreSQL: which organisations answer a text, best first.

An organisation answers when it holds, for each typed word and in any order, one of the words that it can have meant.
Names that hold the likeliest words come first, then organisations that hold them elsewhere (kind, place, purpose), then
those that hold a less likely one; among equals the shorter name, which says less besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.contacts.directory.domain import words
from services.contacts.directory.domain.registers import InvalidNumber, parse_finess, parse_rna, parse_siren
from services.contacts.directory.meanings import Meaning, meanings_of
from shared.contracts.values import Side
from shared.kit.database import Transaction

# A longer question is a pasted paragraph: its first words are enough.
_MAX_WORDS = 8

# Up to so many answers, each is weighed on its own; above, the difference would not be seen, and takes too long.
_WEIGHED = 2_000

# Above so many answers, walking through all organisations from the nearest name meets a page of them sooner than
# sorting the answers (measured at 100,000 organisations: 1 ms against 30).
_SORTED = 20_000

_COUNT = "SELECT count(*) FROM organization_words WHERE ($1::text IS NULL OR side = $1) AND {condition}"

# `length + 0` keeps PostgreSQL from walking through the index of names for a handful of answers.
_SORT = """
SELECT organization_id FROM organization_words WHERE ($1::text IS NULL OR side = $1) AND {condition}
ORDER BY {score} DESC, length + 0, sort_name, organization_id LIMIT $2 OFFSET $3
"""

_WALK = """
SELECT organization_id FROM organization_words WHERE ($1::text IS NULL OR side = $1) AND {condition}
ORDER BY length, sort_name, organization_id LIMIT $2
"""

_EVERYTHING = """
SELECT (SELECT count(*) FROM organization_words) AS total,
       ARRAY(SELECT organization_id FROM organization_words ORDER BY sort_name, organization_id LIMIT $1 OFFSET $2) AS ids
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
class _Page:
    side: Side | None
    limit: int
    offset: int


async def search(tx: Transaction, text: str, *, side: Side | None, limit: int, offset: int) -> Found:
    """Find the organisations that answer a text; without a word in it, all of them by name."""
    page = _Page(side, limit, offset)
    if number := _as_number(text):
        return await _answering(tx, [Meaning.number(number)], page)
    # One letter begins a tenth of all words: it is not a question yet.
    typed = [word for word in (words.words_of(text) or words.folded(text)) if len(word) > 1][:_MAX_WORDS]
    if not typed:
        return await _everything(tx, page)
    meanings = await meanings_of(tx, typed, doubting=False)
    if len(meanings) == len(set(typed)):
        found = await _answering(tx, meanings, page)
        if found.total:
            return found
    # Nothing holds every word: a word may be a mistype of another that exists, or one too many.
    doubted = await meanings_of(tx, typed, doubting=True)
    found = await _answering(tx, doubted, page)
    return found if found.total else await _answering(tx, doubted, page, all_but_one=True)


async def _everything(tx: Transaction, page: _Page) -> Found:
    if page.side is None:
        row = await tx.fetchrow(_EVERYTHING, page.limit, page.offset)
    else:
        row = await tx.fetchrow(_EVERYTHING_OF_SIDE, page.side, page.limit, page.offset)
    return Found(tuple(row["ids"]), row["total"])


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


async def _answering(
    tx: Transaction, meanings: Sequence[Meaning], page: _Page, *, all_but_one: bool = False
) -> Found:
    if len(meanings) < (2 if all_but_one else 1):
        return Found((), 0)
    # Only numbers made here are put into the statements: the codes of words that the directory holds.
    each = [f"({'|'.join(map(str, it.any_of))})" for it in meanings]
    asked = "&".join(each)
    if all_but_one:
        asked = "|".join(f"({'&'.join(it for it in each if it is not left_out)})" for left_out in each)
    # One operator for the whole question: each operator reads the array again.
    condition = f"all_words @@ '{asked}'::query_int"
    total = await tx.fetchval(_COUNT.format(condition=condition), page.side)
    if total > _SORTED:
        return Found(await _walk(tx, condition, meanings, page), total)
    score = _weighed(meanings) if total <= _WEIGHED else _ranked(meanings)
    statement = _SORT.format(condition=condition, score=score)
    rows = await tx.fetch(statement, page.side, page.limit, page.offset)
    return Found(_ids(rows), total)


async def _walk(
    tx: Transaction, condition: str, meanings: Sequence[Meaning], page: _Page
) -> tuple[UUID, ...]:
    """A page of very many answers: rank by rank, each from the nearest name, until the page is full."""
    best = _codes([it.best for it in meanings])
    found: tuple[UUID, ...] = ()
    for rank in (
        f"name_words @> {best}",
        f"all_words @> {best} AND NOT name_words @> {best}",
        f"{condition} AND NOT all_words @> {best}",
    ):
        wanted = page.offset + page.limit - len(found)
        if wanted > 0:
            found += _ids(await tx.fetch(_WALK.format(condition=rank), page.side, wanted))
    return found[page.offset :]


def _ranked(meanings: Sequence[Meaning]) -> str:
    best = _codes([it.best for it in meanings])
    return f"CASE WHEN name_words @> {best} THEN 2 WHEN all_words @> {best} THEN 1 ELSE 0 END"


def _weighed(meanings: Sequence[Meaning]) -> str:
    return " + ".join(
        f"CASE WHEN name_words @> {_codes([it.best])} THEN 4 WHEN all_words @> {_codes([it.best])} THEN 3"
        f" WHEN all_words && {_codes(it.any_of)} THEN 1 ELSE 0 END * {it.weight:.6f}"
        for it in meanings
    )


def _codes(codes: Sequence[int]) -> str:
    return f"'{{{','.join(map(str, codes))}}}'::integer[]"


def _ids(rows: Sequence[Any]) -> tuple[UUID, ...]:
    return tuple(row["organization_id"] for row in rows)
