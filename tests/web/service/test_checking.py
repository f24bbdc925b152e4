"""Anybody checks a document or its hash, without an account."""

import re

import httpx
import pytest

from services.web.documents.checking import LARGEST_BYTES
from tests.web.service.conftest import House
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal, sign
from tests.web.service.visitor import Sample, Visitor


async def sealed(house: House, claire: Sample, odile: Sample) -> tuple[str, bytes]:
    """A convention that Claire alone has signed: its address, and its document."""
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url)
        await sign(hers, url, claire)
        return url, (await hers.get(f"{url}/convention.pdf")).content


async def send(visitor: Visitor, content: bytes) -> httpx.Response:
    return await visitor.client.post(
        "/verifier", files={"fichier": ("convention.pdf", content, "application/pdf")}
    )


async def check(visitor: Visitor, content: bytes) -> httpx.Response:
    return await visitor.client.post(
        "/api/v1/document-checks", content=content, headers={"content-type": "application/pdf"}
    )


async def test_a_document_and_its_hash_are_checked_until_the_text_is_opened_again(
    house: House, claire: Sample, odile: Sample
) -> None:
    url, document = await sealed(house, claire, odile)
    async with house.visitor() as anybody, house.visitor() as hers:
        good = await send(anybody, document)
        assert good.status_code == 200
        assert "Ce document est authentique" in good.text
        assert "Claire Vasseur" in good.text, "the document says it itself"
        assert "signature donnée sur 2" in good.text
        found = re.search(r"[0-9a-f]{64}", good.text)
        assert found

        by_hash = await anybody.get(f"/verifier?empreinte={found.group().upper()}")
        assert "est celle d’un texte scellé ici" in by_hash.text
        assert "Claire Vasseur" not in by_hash.text, "a hash alone tells no name"
        assert "Écoute en oncologie" not in by_hash.text

        told = (await check(anybody, document)).json()
        assert (told["integrity"], told["standing"]["signatures"]) == ("intact", 1)
        assert told["evidence"]["signatures"][0]["person"] == str(claire.person_id)
        standing = (await anybody.get(f"/api/v1/seals/{found.group()}")).json()
        assert standing == told["standing"]

        changed = bytearray(document)
        changed[3_000] ^= 1
        assert "Ce document a été modifié" in (await send(anybody, bytes(changed))).text
        added = await send(anybody, document + b"\n%%EOF\n")
        assert "Quelque chose a été ajouté" in added.text

        await hers.sign_in(claire)
        refused = await hers.client.get(f"/api/v1{url}", headers=claire.bearer)
        clause = refused.json()["clauses"][1]
        proposed = await hers.client.post(
            f"/api/v1{url}/clauses/{clause['clause_id']}/proposals",
            json={"revision": clause["revision"], "text": "Un autre texte."},
            headers=claire.bearer,
        )
        assert proposed.status_code == 200, proposed.text
        assert "Ce texte ne vaut plus" in (await send(anybody, document)).text


async def test_what_is_not_ours_is_told(house: House) -> None:
    async with house.visitor() as anybody:
        assert "Vérifier un document" in (await anybody.get("/verifier")).text
        assert "ne porte pas le cachet" in (await send(anybody, b"%PDF-1.7 of somebody else")).text
        unknown = await anybody.get("/verifier?empreinte=" + "0" * 64)
        assert "connue d’aucun texte scellé ici" in unknown.text
        assert (await anybody.get("/api/v1/seals/" + "0" * 64)).json()["known"] is False


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "Choisissez un fichier PDF"), (b"x" * (LARGEST_BYTES + 100_000), "dépasse 20")],
)
async def test_nothing_and_too_much_are_told_beside_the_field(
    house: House, content: bytes, told: str
) -> None:
    async with house.visitor() as anybody:
        answer = await send(anybody, content)
        assert answer.status_code == 422
        assert told in answer.text


async def test_what_is_no_hash_or_no_document_is_refused(house: House) -> None:
    async with house.visitor() as anybody:
        typed = await anybody.get("/verifier?empreinte=abc")
        assert typed.status_code == 422
        assert "Une empreinte a 64 signes" in typed.text
        assert (await anybody.get("/api/v1/seals/abc")).status_code == 422
        other = await anybody.client.post("/api/v1/document-checks", json={})
        assert other.status_code == 415
        elsewhere = await anybody.client.post(
            "/verifier", files={"fichier": ("a.pdf", b"%PDF")}, headers={"sec-fetch-site": "cross-site"}
        )
        assert elsewhere.status_code == 403
