"""The reference says what the code does, and the AsyncAPI document is valid."""

import json
from pathlib import Path

import jsonschema
import pytest

from deploy.reference.pages import pages

ROOT = Path(__file__).parents[2]
PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == PAGES[name], "run `make fix`"


def test_the_asyncapi_document_follows_the_official_schema() -> None:
    schema = json.loads((Path(__file__).parent / "asyncapi-3.0.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    problems = [
        f"{it.json_path}: {it.message[:200]}"
        for it in validator.iter_errors(json.loads(PAGES["asyncapi.json"]))
    ]
    assert problems == []


def test_the_official_schema_refuses_what_is_not_asyncapi() -> None:
    schema = json.loads((Path(__file__).parent / "asyncapi-3.0.0.json").read_text(encoding="utf-8"))
    assert not jsonschema.Draft7Validator(schema).is_valid({"asyncapi": "3.0.0"})


def test_every_refusal_says_when_it_is_given() -> None:
    assert "| `sealed_text_changed` | conflict |" in PAGES["refusals.md"]
    for line in PAGES["refusals.md"].splitlines():
        if line.startswith("| `"):
            assert len(line.split("|")[3].strip()) > 10, line
