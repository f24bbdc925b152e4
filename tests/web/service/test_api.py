"""The REST API: the same acts as the pages, and a problem document for everything that goes wrong."""

import re
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.web.api.handlers import ENDPOINTS
from shared.contracts.identifiers import new_id
from shared.contracts.values import Side
from tests.web.service.conftest import House, enroll
from tests.web.service.visitor import Sample


def convention_between(claire: Sample, odile: Sample, **given: Any) -> dict[str, Any]:
    return {
        "title": "Écoute en oncologie",
        "aim": "Tenir une permanence d’écoute.",
        "parties": [
            {
                "organization_id": str(claire.organization_id),
                "side": "establishment",
                "name": claire.organization,
            },
            {
                "organization_id": str(odile.organization_id),
                "side": "association",
                "name": odile.organization,
            },
        ],
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        **given,
    }


def problem_of(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["type"] == f"urn:entente:problem:{code}"
    assert problem["trace_id"] == answer.headers["trace-id"]
    assert problem["title"]
    return problem


_IDS_IN_PATH = re.compile(r"\{(\w+)\}")


async def test_what_is_created_says_where_it_is_and_asking_again_does_nothing_twice(
    http: httpx.AsyncClient, claire: Sample, odile: Sample
) -> None:
    wanted = convention_between(claire, odile)
    made = await http.post("/api/v1/conventions", json=wanted, headers=claire.bearer)
    assert made.status_code == 201, made.text
    convention_id = made.json()["convention_id"]
    assert UUID(convention_id).version == 7
    assert made.headers["location"] == f"/api/v1/conventions/{convention_id}"
    again = await http.post(
        "/api/v1/conventions", json=wanted | {"convention_id": convention_id}, headers=claire.bearer
    )
    assert again.status_code == 201
    found = await http.get("/api/v1/conventions", headers=claire.bearer)
    assert [it["convention_id"] for it in found.json()["conventions"]] == [convention_id]
    shown = await http.get(made.headers["location"], headers=claire.bearer)
    assert shown.json()["title"] == "Écoute en oncologie"


async def test_every_bad_input_is_a_problem_document(
    http: httpx.AsyncClient, claire: Sample, odile: Sample
) -> None:
    url = "/api/v1/conventions"
    json_type = claire.bearer | {"content-type": "application/json"}
    problem_of(await http.get(url), 401, "not_signed_in")
    problem_of(await http.get(url, headers={"authorization": "Bearer ent_nobody"}), 401, "not_signed_in")
    problem_of(await http.get(url, headers={"authorization": "Basic YTpi"}), 401, "not_signed_in")
    problem_of(await http.get("/api/v1/nothing", headers=claire.bearer), 404, "page_not_found")
    problem_of(await http.get(f"{url}/not-an-id", headers=claire.bearer), 404, "page_not_found")
    problem_of(await http.delete(url, headers=claire.bearer), 405, "method_not_allowed")
    problem_of(await http.post(url, content=b"{", headers=json_type), 400, "body_unreadable")
    problem_of(await http.post(url, content=b"[" * 100_000, headers=json_type), 400, "body_unreadable")
    problem_of(await http.post(url, content=b"\xff\xfe\x00", headers=json_type), 400, "body_unreadable")
    problem_of(await http.post(url, content=b"[]", headers=json_type), 422, "invalid_request")
    problem_of(
        await http.post(url, content=b"<a/>", headers=claire.bearer | {"content-type": "text/xml"}),
        415,
        "media_type_not_supported",
    )
    large = b'{"title": "' + b"a" * (1 << 20) + b'"}'
    problem_of(await http.post(url, content=large, headers=json_type), 413, "body_too_large")
    empty = problem_of(await http.post(url, json={}, headers=claire.bearer), 422, "invalid_request")
    assert {it["field"] for it in empty["problems"]} == {"title", "aim", "parties", "starts_on", "ends_on"}
    assert all(it["message"] and it["reason"] for it in empty["problems"])
    wrong = convention_between(claire, odile, title="\x00", starts_on="demain", unknown="ignoré")
    told = problem_of(await http.post(url, json=wrong, headers=claire.bearer), 422, "invalid_request")
    assert {it["field"] for it in told["problems"]} == {"title", "starts_on"}
    ends = convention_between(claire, odile, ends_on="2026-01-01")
    problem_of(await http.post(url, json=ends, headers=claire.bearer), 422, "ends_before_start")
    missing = await http.get(f"{url}/{new_id()}", headers=claire.bearer)
    problem_of(missing, 404, "convention_not_found")


async def test_signing_asks_for_the_password_even_of_a_token(
    http: httpx.AsyncClient, claire: Sample, odile: Sample
) -> None:
    made = await http.post(
        "/api/v1/conventions", json=convention_between(claire, odile), headers=claire.bearer
    )
    url = f"{made.headers['location']}/signatures"
    body = {"sealed_hash": "0" * 64, "capacity": "directrice", "means": "second_factor"}
    without = await http.post(url, json=body, headers=claire.bearer)
    assert problem_of(without, 422, "invalid_request")["problems"][0]["field"] == "password"
    wrong = await http.post(url, json=body | {"password": "pas le bon du tout"}, headers=claire.bearer)
    problem_of(wrong, 403, "password_wrong")
    right = await http.post(url, json=body | {"password": claire.password}, headers=claire.bearer)
    assert right.status_code in {403, 409}
    assert right.json()["code"] in {"not_sealed", "not_a_referent"}


async def test_a_third_organisation_finds_nothing_of_a_partnership_at_any_address(
    house: House, http: httpx.AsyncClient, claire: Sample, odile: Sample
) -> None:
    """Not found, the same as what does not exist."""
    stranger = await enroll(house, Side.ASSOCIATION, "Les Passeurs", "Zoé", "Perrin", administrator=True)
    made = await http.post(
        "/api/v1/conventions", json=convention_between(claire, odile), headers=claire.bearer
    )
    convention_id = made.json()["convention_id"]
    clause_id = (await http.get(made.headers["location"], headers=claire.bearer)).json()["clauses"][0][
        "clause_id"
    ]
    for endpoint in ENDPOINTS:
        if "{convention_id}" not in endpoint.path:
            continue
        answers = []
        for known in (convention_id, str(new_id())):
            ids = dict.fromkeys(_IDS_IN_PATH.findall(endpoint.path), str(new_id()))
            path = endpoint.path.format(**(ids | {"convention_id": known, "clause_id": clause_id}))
            body = endpoint.example | ({"password": stranger.password} if endpoint.signs else {})
            answer = await http.request(
                endpoint.method,
                f"/api/v1{path}",
                headers=stranger.bearer,
                json=body if endpoint.takes_body else None,
                params=endpoint.example if endpoint.method == "DELETE" else None,
            )
            problem = answer.json()
            answers.append((answer.status_code, problem.get("code"), problem.get("fields")))
        assert answers[0] == answers[1], endpoint.name
        assert answers[0][0] == 404, (endpoint.name, answers)
    listed = (await http.get("/api/v1/conventions", headers=stranger.bearer)).json()
    assert listed["conventions"] == []


async def test_a_revoked_token_opens_nothing(house: House, http: httpx.AsyncClient, claire: Sample) -> None:
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        page = await visitor.post("/compte/jetons", label="Tableau de bord")
        secret = page.text.partition(">ent_")[2].partition("<")[0]
        bearer = {"authorization": f"Bearer ent_{secret}"}
        assert (await http.get("/api/v1/me", headers=bearer)).json()["given_name"] == "Claire"
        again = await visitor.get("/compte")
        assert secret not in again.text
        token_id = again.text.partition("/compte/jetons/")[2].partition("/")[0]
        await visitor.post(f"/compte/jetons/{token_id}/revoquer")
    assert (await http.get("/api/v1/me", headers=bearer)).status_code == 401


@pytest.mark.parametrize("trace", ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "nonsense", ""])
async def test_a_valid_trace_goes_on_and_any_other_begins_anew(http: httpx.AsyncClient, trace: str) -> None:
    answer = await http.get("/api/v1/me", headers={"traceparent": trace})
    trace_id = answer.headers["trace-id"]
    assert len(trace_id) == 32
    assert (trace_id == trace[3:35]) is trace.startswith("00-")


async def test_the_description_and_the_page_to_try_it_are_served(http: httpx.AsyncClient) -> None:
    document = (await http.get("/api/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    assert "/api/v1/conventions/{convention_id}/signatures" in document["paths"]
    page = await http.get("/api")
    assert "swagger-ui" in page.text
