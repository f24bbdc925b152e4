"""What the API promises whatever is sent: its description is valid and kept, and bad input has a name."""

import json
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import BaseSchema, Case, Config
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.journeys.conftest import Entente
from tests.journeys.rest import Api, api, problem_in

JSON = {"content-type": "application/json"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(entente: Entente) -> BaseSchema:
    """The API as its own description has it."""
    answer = httpx.get(f"{entente.base}/api/openapi.json", trust_env=False)
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    assert document["openapi"].startswith("3.1.")
    # What it remembers between runs would be left beside the code.
    return schemathesis.openapi.from_dict(document, config=Config.from_dict({"cache": {"enabled": False}}))


def test_the_description_is_valid(described: BaseSchema) -> None:
    described.validate()


def test_every_question_is_answered_as_described(described: BaseSchema, entente: Entente) -> None:
    session = requests.Session()
    # A proxy of the environment has nothing to do with loopback.
    session.trust_env = False
    headers = {"authorization": f"Bearer {entente.people['claire'].token}"}

    def ask(case: Case[Any]) -> None:
        case.call_and_validate(base_url=entente.base, session=session, headers=headers, checks=CHECKS)

    # The same questions each time: what is found here can be found again.
    asked_alike = settings(
        max_examples=12,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    operations = [
        it.ok() for it in described.include(method="GET").get_all_operations() if isinstance(it, Ok)
    ]
    for operation in operations:
        asked_alike(given(operation.as_strategy())(ask))()
    assert len(operations) > 15


@pytest.fixture
def claire(entente: Entente) -> Any:
    with api(entente, entente.people["claire"]) as voice:
        yield voice


def test_bodies_that_cannot_be_read(claire: Api) -> None:
    for body in (b"{", b"\xff\xfe{}", b"[" * 100_000, b"nonsense"):
        claire.refused(400, "body_unreadable", "POST", "/conventions", content=body, headers=JSON)
    claire.refused(422, "invalid_request", "POST", "/conventions", content=b"[]", headers=JSON)
    text = {"content-type": "text/plain"}
    claire.refused(415, "media_type_not_supported", "POST", "/conventions", content=b"{}", headers=text)
    too_large = b'{"title": "' + b"a" * (1 << 20) + b'"}'
    claire.refused(413, "body_too_large", "POST", "/conventions", content=too_large, headers=JSON)


def test_texts_that_cannot_be_stored(claire: Api) -> None:
    for title in ("\u0000", "a" * 201, "deux\nlignes", "\ud800", 12, None, ["un"]):
        # Written with escapes: half of a surrogate pair has no other form.
        body = json.dumps({"title": title})
        problem = claire.refused(422, "invalid_request", "POST", "/conventions", content=body, headers=JSON)
        assert "title" in {it["field"] for it in problem["problems"]}, title


def test_addresses_that_do_not_exist(entente: Entente, claire: Api) -> None:
    claire.refused(404, "page_not_found", "GET", "/nowhere")
    claire.refused(404, "page_not_found", "GET", "/conventions/not-an-id")
    claire.refused(405, "method_not_allowed", "DELETE", "/conventions")
    claire.refused(422, "invalid_request", "GET", "/conventions", params={"limit": "0"})
    claire.refused(422, "invalid_request", "GET", "/notices", params={"state": "lost"})


@pytest.mark.parametrize("credentials", ["Bearer ent_wrong", "Basic Y2xhaXJlOm1vdA==", "Bearer", "x"])
def test_tokens_that_do_not_work(entente: Entente, credentials: str) -> None:
    with api(entente, None) as voice:
        answer = voice.ask("GET", "/me", headers={"authorization": credentials})
        problem_in(answer, 401, "not_signed_in")
