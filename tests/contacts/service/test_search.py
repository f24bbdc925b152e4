"""The search of the directory, on real names: found whatever way they are typed, best first."""

import asyncio
import csv
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import Address, OrganizationEntry, RegisterOrganizations
from shared.contracts.contacts.queries import FindOrganizations, OrganizationPage
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import Side
from shared.kit.asking import Asker
from tests.support.servers import FreshDatabase

SAMPLE = Path(__file__).parents[3] / "deploy" / "sample" / "organizations.csv"
READER = Actor(PersonId(new_id()), None)


def sample_entries() -> list[OrganizationEntry]:
    """The real organisations that a first start ships."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return [
            OrganizationEntry(
                organization_id=OrganizationId(UUID(row["organization_id"])),
                side=Side(row["side"]),
                name=row["name"],
                kind=row["kind"],
                finess=row["finess"] or None,
                siren=row["siren"] or None,
                rna=row["rna"] or None,
                address=Address(street=row["street"], postal_code=row["postal_code"], city=row["city"]),
                purpose=row["purpose"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture
async def directory(contacts: FreshDatabase, operator: Asker, asker: Asker) -> Asker:
    """The gateway to a directory of real organisations."""
    entries = sample_entries()
    batches = [tuple(entries[start : start + 200]) for start in range(0, len(entries), 200)]
    reports = await asyncio.gather(
        *(operator.ask(RegisterOrganizations(entries=batch), timeout_seconds=30) for batch in batches)
    )
    assert [it.refused for it in reports] == [() for _ in batches]
    assert sum(it.registered for it in reports) == len(entries)
    return asker


async def find(directory: Asker, text: str, **given: object) -> OrganizationPage:
    query = FindOrganizations.model_validate({"text": text} | given)
    return await directory.ask(query, actor=READER, timeout_seconds=10)


# What is typed, and the name that must come first.
FOUND_FIRST = {
    "cayenne": "Centre Hospitalier de Cayenne",
    "hôpital  CAYÈNE": "Centre Hospitalier de Cayenne",
    "guyane": "Centre Hospitalier de Cayenne",
    "fleyriat ch": "CH de Fleyriat",
    "centre hospitalier fleyriat": "CH de Fleyriat",
    "flyeriat": "CH de Fleyriat",
    "01 000 002 4": "CH de Fleyriat",
    "26010004500012": "CH de Fleyriat",
    "01440": "CH de Fleyriat",
    "guyon félix": "CHU Site Felix Guyon (Saint Denis)",
    "Léon Bérard Lyon": "Centre Leon Berard",
    "berrard leon": "Centre Leon Berard",
    "gustave rousy": "CLCC Hopital Gustave Roussy",
    "cancer 94": "CLCC Hopital Gustave Roussy",
    "chu limoges": "C H U Dupuytren Limoges",
    "lile chr": "CHR Lille",
    "SOS hépatite": "Federation SOS Hepatites",
    "vlm": "VLM",
    "océan juristes": (
        "Association des Juristes de l'Ocean Indien Section Mahoraise (A.J.O.I. Section Mahoraise)"
    ),
    "l’institu bergonié de bordeaux": "Institut Bergonie",
    "w9t 1002867": "La Vie d'un Agriculteur & la Vie d'un Animal",
    "makis": "La Vie d'un Agriculteur & la Vie d'un Animal",
    "hopi bulion": "Hopital Pediatrie Reeducation Bullion",
    "fleyriat xyzzyqw": "CH de Fleyriat",
}


async def test_names_are_found_whatever_way_they_are_typed(directory: Asker) -> None:
    """Accents, order, abbreviations, mistypes, unfinished words, places and numbers."""
    found = {text: await find(directory, text, limit=3) for text in FOUND_FIRST}
    first = {text: page.organizations[0].name if page.organizations else None for text, page in found.items()}
    assert first == FOUND_FIRST


async def test_what_nothing_answers_finds_nothing(directory: Asker) -> None:
    for text in ("xyzzyqw", "010000025", "$12 %zzqwy {99}", "'); DROP TABLE xyzzyqw"):
        page = await find(directory, text)
        assert (page.total, page.organizations) == (0, ()), text


async def test_without_a_question_all_are_listed_by_name_and_by_side(directory: Asker) -> None:
    everything = await find(directory, "", limit=200)
    rest = await find(directory, "", limit=200, offset=200)
    names = [it.name for it in everything.organizations + rest.organizations]
    assert everything.total == rest.total == len(names) == len(sample_entries())
    assert names[0] == "Aides"
    associations = await find(directory, " % ", side=Side.ASSOCIATION, limit=200)
    assert associations.total == len(associations.organizations) == 17
    assert {it.side for it in associations.organizations} == {Side.ASSOCIATION}


async def test_pages_follow_one_another_without_gap(directory: Asker) -> None:
    whole = await find(directory, "clinique", limit=200)
    pages = [await find(directory, "clinique", limit=5, offset=offset) for offset in range(0, whole.total, 5)]
    assert [it for page in pages for it in page.organizations] == list(whole.organizations)
    beyond = await find(directory, "clinique", offset=1_000)
    assert (beyond.total, beyond.organizations) == (whole.total, ())


async def test_a_side_narrows_a_search(directory: Asker) -> None:
    assert (await find(directory, "ocean", side=Side.ESTABLISHMENT)).total == 0
    assert (await find(directory, "ocean", side=Side.ASSOCIATION)).total == 2
