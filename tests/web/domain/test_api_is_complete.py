"""The API offers every request of people, and describes each in OpenAPI 3.1."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from services.web.api.handlers import ENDPOINTS
from services.web.api.openapi import describe
from services.web.api.reading import make_request
from shared.contracts.identifiers import new_id
from shared.contracts.messages import Audience, Request

REQUESTS = [
    it
    for service in ("contacts", "projects", "notifications")
    for module in iter_modules(import_module(f"shared.contracts.{service}").__path__)
    for it in vars(import_module(f"shared.contracts.{service}.{module.name}")).values()
    if isinstance(it, type) and issubclass(it, Request) and hasattr(it, "subject")
]
DOCUMENT = describe("https://entente.exemple.fr")


def test_every_request_of_people_has_an_address() -> None:
    offered = {it.request for it in ENDPOINTS}
    assert {it for it in REQUESTS if it.audience is Audience.PEOPLE} == offered


def test_no_request_of_services_or_operators_has_one() -> None:
    assert not [it.name for it in ENDPOINTS if it.request.audience is not Audience.PEOPLE]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda it: it.name)
def test_each_example_is_accepted_as_it_is_written(endpoint: Any) -> None:
    fields = {**endpoint.example, **{name: str(new_id()) for name in endpoint.in_path}}
    fields.pop("password", None)
    if endpoint.takes_file:
        fields.pop("name")
        fields["file"] = {"sha256": "ab" * 32, "size": 3, "media_type": "application/pdf", "name": "a.pdf"}
    if endpoint.makes:
        fields[endpoint.makes] = str(new_id())
    assert make_request(endpoint, fields)


def test_references_lead_somewhere_and_operations_have_one_name_each() -> None:
    names = [operation["operationId"] for path in DOCUMENT["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)) == len(ENDPOINTS) + 7, (
        "the documents, the files, the archive, the pack, both checks"
    )
    for reference in _references(DOCUMENT):
        found: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_signing_asks_for_the_password_and_not_how_it_was_asked() -> None:
    properties = DOCUMENT["components"]["schemas"]["SignConventionBody"]["properties"]
    assert "password" in properties
    assert "means" not in properties


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [it for value in node.values() for it in _references(value)]
    return [it for value in node for it in _references(value)] if isinstance(node, list) else []
