"""Annexes through the pages and the API: streamed in and out, refused in words, only for the two sides."""

import hashlib
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from shared.contracts.identifiers import new_id
from tests.web.domain.test_uploads import DOCX, PDF
from tests.web.service.conftest import House
from tests.web.service.test_journey import both_referents, draft
from tests.web.service.visitor import Sample, Visitor

Samples = tuple[Sample, Sample]


@pytest.fixture
def samples(claire: Sample, odile: Sample) -> Samples:
    """One person of each side."""
    return claire, odile


async def add(visitor: Visitor, url: str, name: str, content: bytes, **fields: str) -> httpx.Response:
    data = {"title": "Planning", "made_id": str(new_id())} | fields
    return await visitor.client.post(
        f"{url}/annexes", data=data, files={"file": (name, content, "application/octet-stream")}
    )


async def annexes(visitor: Visitor, sample: Sample, url: str) -> list[dict[str, Any]]:
    return (await visitor.client.get(f"/api/v1{url}", headers=sample.bearer)).json()["annexes"]


async def test_an_annex_is_given_read_and_accepted_by_the_other_side(house: House, samples: Samples) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        await claire.sign_in(samples[0])
        await odile.sign_in(samples[1])
        url = await draft(claire, samples[1])
        await both_referents(claire, odile, url, samples)

        added = await add(claire, url, "Planning été.pdf", PDF)
        assert added.status_code == 303, added.text
        page = (await odile.get(f"{url}/annexes")).text
        assert "attend votre accord" in page
        assert "Planning été.pdf" in page
        (annex,) = await annexes(odile, samples[1], url)
        one = f"{url}/annexes/{annex['annex_id']}"

        got = await odile.get(f"{one}/fichier")
        assert got.content == PDF
        assert got.headers["content-type"] == "application/pdf"
        assert got.headers["content-disposition"] == (
            "attachment; filename=\"Planning _t_.pdf\"; filename*=UTF-8''Planning%20%C3%A9t%C3%A9.pdf"
        )
        assert got.headers["content-length"] == str(len(PDF))
        assert "sandbox" in got.headers["content-security-policy"]
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["cache-control"] == "no-store"

        accepted = await odile.post(f"{one}/accepter", revision="2")
        assert accepted.status_code == 303, accepted.text
        assert "acceptée par tous" in (await claire.get(f"{url}/annexes")).text

        # Another file, by the other side; the first one stays in the history.
        changed = await odile.client.post(
            f"{one}/fichier", data={"revision": "2"}, files={"file": ("planning.docx", DOCX)}
        )
        assert changed.status_code == 303, changed.text
        assert (await claire.get(f"{one}/fichier")).content == DOCX
        assert (await claire.get(f"{one}/fichier?version=2")).content == PDF
        assert (await claire.get(f"{one}/fichier?version=1")).status_code == 404
        stale = await claire.client.post(
            f"{one}/fichier", data={"revision": "2"}, files={"file": ("planning.pdf", PDF)}
        )
        assert stale.status_code == 422
        assert "Quelqu’un a changé cette annexe" in stale.text
        asked = await claire.post(f"{one}/retirer", revision="3")
        assert asked.status_code == 303
        assert "retrait à accepter" in (await odile.get(f"{url}/annexes")).text


async def test_what_is_refused_is_told_and_what_was_typed_is_kept(house: House, samples: Samples) -> None:
    async with house.visitor() as claire:
        await claire.sign_in(samples[0])
        url = await draft(claire, samples[1])
        for name, content, told in (
            ("planning.pdf", b"", "Ce fichier est vide"),
            ("planning.pdf", b"<html>", "Choisissez un fichier PDF"),
            ("planning.docx", PDF, "sous son vrai type"),
            ("fdp.\u202eexe.pdf", PDF, "Renommez ce fichier"),
            ("planning.pdf", PDF + b"/JavaScript (x)", "Ce fichier contient un programme"),
        ):
            refused = await add(claire, url, name, content, title="Planning de l’année")
            assert refused.status_code == 422, told
            assert told in refused.text
            assert "Planning de l’année" in refused.text
        assert await annexes(claire, samples[0], url) == []

        announced = await claire.client.post(
            f"{url}/annexes", files={"title": (None, "Lieux"), "file": ("", b"")}
        )
        assert announced.status_code == 303, announced.text
        sealing = (await claire.get(f"{url}/sceller")).text
        assert "L’annexe 1 n’a pas encore de fichier." in sealing
        assert re.search(rf'href="{url}/annexes/[0-9a-f-]+"', sealing)

        nothing = await claire.client.post(
            f"{url}/annexes", content=b"x", headers={"content-type": "text/plain"}
        )
        assert nothing.status_code == 415
        broken = await claire.client.post(
            f"{url}/annexes",
            content=b"--x\r\nnonsense",
            headers={"content-type": "multipart/form-data; boundary=x"},
        )
        assert broken.status_code == 400


async def test_too_large_a_file_is_refused_after_it_was_sent(house: House, samples: Samples) -> None:
    async with house.visitor() as claire:
        await claire.sign_in(samples[0])
        url = await draft(claire, samples[1])
        refused = await add(claire, url, "planning.pdf", PDF + bytes(51_000_000))
        assert refused.status_code == 422, refused.text
        assert "Ce fichier dépasse 50\u00a0Mo." in refused.text
        assert await annexes(claire, samples[0], url) == []


async def test_a_500_page_document_passes_in_pieces_through_the_api(house: House, samples: Samples) -> None:
    pages = [
        b"%d 0 obj\n<< /Type /Page >>\nstream\n" % it + bytes(60_000) + b"\nendstream\n" for it in range(500)
    ]
    whole = PDF + b"".join(pages)

    async def pieces() -> AsyncIterator[bytes]:
        yield PDF
        for page in pages:
            yield page

    async with house.visitor() as claire:
        await claire.sign_in(samples[0])
        url = f"/api/v1{await draft(claire, samples[1])}"
        made = await claire.client.post(
            f"{url}/annexes", json={"title": "Rapport"}, headers=samples[0].bearer
        )
        assert made.status_code == 201, made.text
        one = f"{url}/annexes/{made.json()['annex_id']}"
        put = await claire.client.put(
            f"{one}/file?revision=1&name=rapport.pdf", content=pieces(), headers=samples[0].bearer, timeout=60
        )
        assert put.status_code == 200, put.text
        history = (await claire.client.get(f"{one}/history", headers=samples[0].bearer)).json()
        assert history["revisions"][0]["file"] == {
            "sha256": hashlib.sha256(whole).hexdigest(),
            "size": len(whole),
            "media_type": "application/pdf",
            "name": "rapport.pdf",
        }
        got = await claire.client.get(f"{one}/file", headers=samples[0].bearer)
        assert got.content == whole


async def test_nobody_else_reads_or_gives_a_file(house: House, samples: Samples) -> None:
    async with house.visitor() as claire, house.visitor() as odile, house.visitor() as nobody:
        await claire.sign_in(samples[0])
        url = await draft(claire, samples[1])
        assert (await add(claire, url, "planning.pdf", PDF)).status_code == 303
        (annex,) = await annexes(claire, samples[0], url)
        one = f"{url}/annexes/{annex['annex_id']}"
        # The draft is not shared yet: to Odile it does not exist.
        await odile.sign_in(samples[1])
        for path in (f"{url}/annexes", one, f"{one}/fichier"):
            assert (await odile.get(path)).status_code == 404
            assert (await nobody.get(path)).status_code == 303
        assert (await add(odile, url, "planning.pdf", PDF)).status_code == 404
        claimed = await odile.client.put(
            f"/api/v1{one}/file?revision=2&name=a.pdf&file={{}}", content=PDF, headers=samples[1].bearer
        )
        assert claimed.status_code == 404
