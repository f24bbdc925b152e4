"""Who may bind her organisation is asked of contacts at the act itself, however late the other services hear of a change."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import httpx
import pytest

from services.web.wording.refusals import REFUSALS
from shared.contracts.values import Side
from tests.web.service.conftest import House, enroll
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal, sign
from tests.web.service.visitor import Sample, Visitor


@asynccontextmanager
async def held_up(house: House, service: str, table: str, mode: str) -> AsyncGenerator[None]:
    """A service that cannot get on: somebody holds a table of its database."""
    connection = await asyncpg.connect(house.databases[service].admin_url)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield
    finally:
        await connection.close()


@pytest.fixture
async def sealed(house: House, claire: Sample, odile: Sample) -> AsyncGenerator[tuple[Visitor, str]]:
    """A text that waits for Claire's signature, with her browser."""
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url)
        yield hers, url


async def sign_by_program(visitor: Visitor, url: str, sample: Sample) -> httpx.Response:
    view = (await visitor.client.get(f"/api/v1{url}", headers=sample.bearer)).json()
    fields = {
        "sealed_hash": view.get("sealed_hash", "ab" * 32),
        "capacity": "Directrice",
        "password": sample.password,
    }
    return await visitor.client.post(f"/api/v1{url}/signatures", json=fields, headers=sample.bearer)


async def test_a_right_that_ended_a_second_ago_signs_no_more(
    house: House, claire: Sample, sealed: tuple[Visitor, str]
) -> None:
    hers, url = sealed
    # Projects reads, and applies nothing: it has not heard yet.
    async with held_up(house, "projects", "affiliations", "SHARE"):
        revoked = await hers.post(f"/mon-organisation/{claire.person_id}/retirer-pouvoir")
        assert revoked.status_code == 303, revoked.text
        assert "Signer" in (await hers.get(f"{url}/signer")).text, "projects would let her"
        page = await sign(hers, url, claire)
        assert page.status_code == 422
        assert "Vous n’avez pas le pouvoir de signer" in page.text
        assert 'value="Présidente"' in page.text, "nothing typed is lost"
        answer = await sign_by_program(hers, url, claire)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_a_signatory")


async def test_nothing_is_signed_while_contacts_cannot_be_asked(
    house: House, claire: Sample, sealed: tuple[Visitor, str]
) -> None:
    hers, url = sealed
    async with held_up(house, "contacts", "mandate", "ACCESS EXCLUSIVE"):
        answer = await sign_by_program(hers, url, claire)
        assert (answer.status_code, answer.json()["code"]) == (409, "authority_not_checked")
        page = await sign(hers, url, claire)
        assert page.status_code == 422
        sentence = REFUSALS["authority_not_checked"].sentence
        assert isinstance(sentence, str)
        assert sentence in page.text
        assert 'value="Présidente"' in page.text
    assert (await sign(hers, url, claire)).headers["location"].startswith(f"{url}/recu")


async def test_who_may_not_know_of_a_convention_is_not_told_that_she_may_not_sign_it(
    house: House, sealed: tuple[Visitor, str]
) -> None:
    _, url = sealed
    hugo = await enroll(house, Side.ASSOCIATION, "Une autre association", "Hugo", "Caron")
    async with house.visitor() as stranger:
        answer = await sign_by_program(stranger, url, hugo)
        assert (answer.status_code, answer.json()["code"]) == (404, "convention_not_found")


async def test_everybody_reads_what_she_may_do_herself(
    claire: Sample, odile: Sample, sealed: tuple[Visitor, str]
) -> None:
    hers, url = sealed
    asked = {"convention_id": url.rpartition("/")[2]}
    for sample in (claire, odile):
        answer = await hers.client.get("/api/v1/me/authority", params=asked, headers=sample.bearer)
        assert answer.json() == {"signatory": True, "referent": True}
