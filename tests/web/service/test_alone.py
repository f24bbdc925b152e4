"""Web while the other services are away: pages show what they can and say what is missing."""

import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from deploy.credentials import Credentials
from services.web import app as web
from services.web.accounts.passwords import hash_password
from services.web.accounts.sessions import open_session
from services.web.accounts.storage import Account, create_account
from services.web.settings import WebSettings
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.kit.clock import now
from shared.kit.database import connected, transaction
from tests.support.servers import FreshDatabase, NatsForTests


@dataclass
class Alone:
    """Where web is, and the cookie of somebody who is signed in."""

    url: str
    ops: str
    cookie: str


@pytest.fixture
async def alone(
    database: Callable[[str], FreshDatabase], nats_server: NatsForTests, tmp_path: Path
) -> AsyncGenerator[Alone]:
    fresh, person = database("web"), PersonId(new_id())
    Credentials(tmp_path).make_seal()
    settings = WebSettings(
        data=tmp_path, postgres_url=fresh.url, nats_url=nats_server.url("web"), http_port=0
    )
    async with connected(fresh.url) as db, transaction(db, actor=None) as tx:
        await create_account(
            tx, Account(person, "claire@exemple.fr", await hash_password("moutons bleus x3")), now()
        )
        secret = await open_session(tx, person, OrganizationId(new_id()), "Firefox", now())
    async with web.running(settings):
        told = json.loads(settings.run_file.read_text())
        yield Alone(told["http"], told["ops"], f"entente={secret}")


async def test_pages_show_without_the_blocks_of_services_that_are_away(alone: Alone) -> None:
    async with httpx.AsyncClient(base_url=alone.url, headers={"cookie": alone.cookie}) as client:
        for path in ("/", "/boite", "/conventions", "/projets", "/indicateurs", "/annuaire"):
            answer = await client.get(path)
            assert answer.status_code == 200, path
            assert "ne répond pas pour le moment" in answer.text, path
        assert (await client.get("/compte")).status_code == 200


async def test_a_page_that_is_nothing_without_its_service_says_so_and_gives_a_number(alone: Alone) -> None:
    async with httpx.AsyncClient(base_url=alone.url, headers={"cookie": alone.cookie}) as client:
        answer = await client.get(f"/conventions/{new_id()}")
        assert answer.status_code == 503
        assert "Le service ne répond pas" in answer.text
        assert answer.headers["trace-id"] in answer.text
        problem = (await client.get("/api/v1/conventions")).json()
        assert (problem["status"], problem["code"]) == (503, "unavailable")
        unknown = await client.get("/nulle-part")
        assert unknown.status_code == 404
        assert "Cette page n’existe pas" in unknown.text


async def test_operators_see_it_live_ready_and_measured_without_addresses(alone: Alone) -> None:
    async with httpx.AsyncClient(base_url=alone.url) as client, httpx.AsyncClient(base_url=alone.ops) as ops:
        head = await client.head("/aide?secret=oui")
        assert (head.status_code, head.content) == (200, b"")
        await client.get("/invitation/un-secret")
        assert (await ops.get("/livez")).status_code == 200
        assert (await ops.get("/readyz")).status_code == 200
        metrics = (await ops.get("/metrics")).text
        assert 'entente_http_responses_total{method="GET",route="/aide",status="200"}' in metrics
        assert "secret" not in metrics


async def test_static_files_are_kept_for_ever_only_under_the_address_of_their_content(alone: Alone) -> None:
    async with httpx.AsyncClient(base_url=alone.url) as client:
        page = (await client.get("/connexion")).text
        path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        css = await client.get(path)
        assert "immutable" in css.headers["cache-control"]
        assert css.headers["content-encoding"] == "gzip"
        assert "set-cookie" not in css.headers
        old = await client.get("/static/entente.css?v=0")
        assert "immutable" not in old.headers["cache-control"]
        again = await client.get(path, headers={"if-none-match": css.headers["etag"]})
        assert again.status_code == 304
        for missing in (
            "/static/nothing.css",
            "/static/../app.py",
            "/static/%2e%2e/app.py",
            "/static/vendor/README.md",
        ):
            assert (await client.get(missing)).status_code == 404
