"""The search stays quick when the directory holds the whole country: synthetic rows made of real words."""

import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from services.contacts.directory.domain import words
from services.contacts.directory.search import search
from shared.contracts.identifiers import new_id
from shared.contracts.values import Side
from shared.kit.database import Database, connected, transaction
from tests.contacts.service.test_search import sample_entries
from tests.support.servers import FreshDatabase

ROWS = 100_000
ROUNDS = 8
P99_SECONDS = 0.050

QUESTIONS = (
    "centre hospitalier",
    "hopital",
    "hôpital privé lyon",
    "clinique saint martin",
    "chu",
    "hopitl de lile",
    "nancy centre hospitlier",
    "s",
    "cli",
    "59",
    "01440",
    "cancer 94",
    "réadaptation fonctionnelle",
    "association xyzzyqw",
    "",
)


# What two thirds of the national file are, besides hospitals.
OTHERS = (
    "Pharmacie",
    "Résidence",
    "Laboratoire d'analyses",
    "Association des amis de",
    "Maison de santé",
    "Foyer de vie",
    "Service de soins infirmiers",
    "Comité de",
)


@dataclass(frozen=True)
class Part:
    """A piece of a name or an address, with its words worked out once."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str, postal_code: str = "") -> "Part":
        return cls(text, frozenset(words.findable_by(text) | words.places_of(postal_code)))


@pytest.fixture
async def country(database: Callable[[str], FreshDatabase]) -> AsyncGenerator[Database]:
    """A directory of 100,000 organisations: the words of the sample, put together again at random."""
    contacts = database("contacts")
    entries = [it for it in sample_entries() if it.side is Side.ESTABLISHMENT]
    hospitals = [Part.of(it.name) for it in entries]
    others = [Part.of(it) for it in OTHERS]
    towns = [Part.of(it.address.city) for it in entries]
    places = [Part.of(it.address.city, it.address.postal_code) for it in entries]
    kinds = [Part.of(it.kind) for it in entries]
    chance = random.Random(1)
    uses: Counter[str] = Counter()
    indexed: list[tuple[object, ...]] = []
    for number in range(ROWS):
        is_hospital = number % 3 == 0
        named, town = chance.choice(hospitals if is_hospital else others), chance.choice(towns)
        place, kind = chance.choice(places), chance.choice(kinds if is_hospital else others)
        name = f"{named.text} {town.text} {number % 4_000:x}"
        name_words = {*named.words, *town.words, f"{number % 4_000:x}"}
        all_words = name_words | kind.words | place.words
        uses.update(it for it in all_words if not words.is_number(it))
        codes = (sorted(map(words.code_of, name_words)), sorted(map(words.code_of, all_words)))
        indexed.append((new_id(), "establishment", name.lower(), len(name.split()), *codes))
    admin = await asyncpg.connect(contacts.admin_url)
    # The search reads the words alone, and an index made afterwards is made in a tenth of the time.
    await admin.execute("SET session_replication_role = replica")
    index = await admin.fetchval("SELECT pg_get_indexdef('organization_words_all'::regclass)")
    await admin.execute("DROP INDEX organization_words_all")
    await admin.copy_records_to_table("organization_words", records=indexed)
    await admin.copy_records_to_table("search_word", records=list(uses.items()))
    await admin.execute(index)
    await admin.execute("ANALYZE organization_words, search_word")
    await admin.close()
    async with connected(contacts.url) as pool:
        yield pool


async def test_a_hundred_thousand_organisations_are_searched_in_fifty_milliseconds(country: Database) -> None:
    """Counted in time of the processor, which other tests beside this one cannot stretch."""
    taken: list[tuple[float, str]] = []
    for _, question in itertools.product(range(ROUNDS), QUESTIONS):
        async with transaction(country, actor=None) as tx:
            backend = Path(f"/proc/{await tx.fetchval('SELECT pg_backend_pid()')}/schedstat")
            started = _seconds_of(backend) + time.thread_time()
            await search(tx, question, side=None, limit=20, offset=0)
            taken.append((_seconds_of(backend) + time.thread_time() - started, question))
    taken.sort()
    p99, slowest = taken[int(len(taken) * 0.99)]
    assert p99 <= P99_SECONDS, f"{slowest!r} took {p99 * 1_000:.0f} ms"


def _seconds_of(process: Path) -> float:
    return int(process.read_text().split()[0]) / 1e9
