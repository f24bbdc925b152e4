"""The organisations that are shipped: each is registered as it is, and nothing in the file is about a person."""

import re

from services.contacts.directory.domain.organization import Organization
from tests.contacts.service.test_search import SAMPLE, sample_entries


def test_every_line_is_one_that_the_directory_takes() -> None:
    organizations = [Organization.register(entry)[0] for entry in sample_entries()]
    assert len(organizations) > 300
    assert len({it.id for it in organizations}) == len(organizations)
    for numbers in (
        [it.finess for it in organizations if it.finess],
        [it.siren for it in organizations if it.siren],
        [it.rna for it in organizations if it.rna],
    ):
        assert len(set(numbers)) == len(numbers)
    assert {it.id.version for it in organizations} == {7}


def test_the_file_is_small_and_holds_no_address_or_telephone_of_a_person() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert len(text.encode()) < 120_000
    assert "@" not in text
    assert not re.search(r"\b0[1-9](?:[ .]?\d\d){4}\b", text)
