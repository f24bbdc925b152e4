"""Signing on paper, through the pages and the API."""

import re

import httpx

from shared.kit.clock import today_in_paris
from tests.web.service.conftest import House
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal
from tests.web.service.visitor import Sample, Visitor

PAGES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def hash_in(page: str) -> str:
    found = re.search(r'name="sealed_hash" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


async def give(visitor: Visitor, url: str, name: str, content: bytes) -> httpx.Response:
    page = await visitor.get(f"{url}/papier")
    return await visitor.client.post(
        f"{url}/papier/scan",
        data={"sealed_hash": hash_in(page.text)},
        files={"file": (name, content, "application/octet-stream")},
    )


async def attest(visitor: Visitor, url: str, sample: Sample, **given: str) -> httpx.Response:
    page = (await visitor.get(f"{url}/papier")).text
    scan = re.search(r'name="scan" value="([0-9a-f]{64})"', page)
    assert scan, page
    fields = {
        "sealed_hash": hash_in(page),
        "scan": scan.group(1),
        "signatory": "Jeanne Morel",
        "capacity": "directrice",
        "signed_on": today_in_paris().isoformat(),
        "compared": "oui",
        "password": sample.password,
    }
    return await visitor.post(f"{url}/papier/attester", **(fields | given))


async def test_signed_pages_are_given_attested_and_read_back(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs, house.visitor() as anybody:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url)

        refused = await give(hers, url, "pages.exe", b"MZ whatever")
        assert refused.status_code == 422
        missing = await give(hers, url, "", b"")
        assert "Choisissez le scan" in missing.text
        assert (await give(hers, url, "pages signées.pdf", PAGES)).status_code == 303
        for visitor in (hers, theirs):
            read = await visitor.get(f"{url}/papier/scan")
            assert read.content == PAGES
            assert read.headers["content-disposition"].startswith("attachment")
        assert (await anybody.get(f"{url}/papier/scan")).status_code == 303

        wrong = await attest(hers, url, claire, password="autre chose", signatory="Jeanne Morel")
        assert wrong.status_code == 422
        assert 'value="Jeanne Morel"' in wrong.text, "what was typed is kept"
        assert (await attest(hers, url, claire, compared="")).status_code == 422
        assert (await attest(hers, url, claire)).status_code == 303
        answer = await theirs.client.post(
            f"/api/v1{url}/paper-signatures",
            headers=odile.bearer,
            json={
                "sealed_hash": hash_in(await _html(theirs, url)),
                "scan": (await theirs.client.get(f"/api/v1{url}", headers=odile.bearer)).json()["scan"][
                    "file"
                ]["sha256"],
                "signatory": "Odile Marchand",
                "capacity": "présidente",
                "signed_on": today_in_paris().isoformat(),
                "password": odile.password,
            },
        )
        assert answer.status_code == 200, answer.text
        receipt = (await hers.get(f"{url}/recu")).text
        assert "Jeanne Morel" in receipt
        assert "scan attesté par" in receipt
        assert (await hers.get(f"{url}/convention.pdf")).content.startswith(b"%PDF")
        assert "Jeanne Morel" in (await hers.get(f"{url}/preuves")).text


async def _html(visitor: Visitor, url: str) -> str:
    return (await visitor.get(f"{url}/papier")).text
