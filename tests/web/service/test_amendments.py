"""Amend a convention in force, through the pages and the API, both sides side by side."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from shared.kit.clock import today_in_paris
from tests.web.documents.test_sealed_pdf import read_by
from tests.web.service.conftest import House
from tests.web.service.test_journey import accept_all, seal, sign
from tests.web.service.test_life import signed
from tests.web.service.visitor import Sample, Visitor

NEW_TEXT = "Les bénévoles viennent le jeudi, de 14 h à 17 h."


def text_of(document: bytes, folder: Path) -> str:
    """What poppler reads in a document, in one line."""
    read_by("pdftotext", document, folder)
    return " ".join((folder / "convention.txt").read_text(encoding="utf-8").split())


async def begin(visitor: Visitor, url: str, **given: str) -> str:
    """Begin an amendment; returns its page."""
    form = (await visitor.get(f"{url}/avenants/nouveau")).text
    made = re.search(r'name="made_id" value="([0-9a-f-]+)"', form)
    title = re.search(r'name="title" type="text" value="([^"]+)"', form)
    assert made, form
    assert title, form
    answers = {"made_id": made.group(1), "title": title.group(1), "reason": "Le service change de jour."}
    done = await visitor.post(f"{url}/avenants/nouveau", **(answers | {"effective_on": ""} | given))
    assert done.status_code == 303, done.text
    return done.headers["location"]


async def reword(visitor: Visitor, amendment: str) -> None:
    """Change article 1 of an amendment."""
    page = (await visitor.get(f"{amendment}?vue=texte")).text
    found = re.search(
        rf'href="({re.escape(amendment)}/articles/[0-9a-f-]+)">[^<]*<span class="lu"> \(l’article 1\)', page
    )
    assert found, page
    article = (await visitor.get(found.group(1))).text
    revision = re.search(r'name="revision" value="(\d+)"', article)
    assert revision
    done = await visitor.post(f"{found.group(1)}/proposer", revision=revision.group(1), text=NEW_TEXT)
    assert done.status_code == 303, done.text


async def test_the_text_in_force_stays_until_both_have_signed_the_amendment(
    house: House, claire: Sample, odile: Sample, tmp_path: Path
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        original = await hers.get(f"{url}/convention.pdf")
        assert "Proposer un avenant" in (await hers.get(url)).text
        amendment = await begin(hers, url)
        fresh = (await hers.get(amendment)).text
        assert "Rien ne change encore" in fresh
        assert "Sceller" not in fresh
        await reword(hers, amendment)
        changes = (await theirs.get(amendment)).text
        assert "Ce que change cet avenant" in changes
        assert changes.count('<article class="article') == 1
        assert "1 article attend votre accord" in changes.replace("\N{NO-BREAK SPACE}", " ")
        assert "en négociation" in (await theirs.get(url)).text
        assert NEW_TEXT not in (await theirs.get(url)).text
        await accept_all(theirs, amendment)
        await seal(hers, amendment)
        await sign(hers, amendment, claire)
        assert NEW_TEXT not in (await theirs.get(url)).text
        await sign(theirs, amendment, odile)
        for visitor, sample in ((hers, claire), (theirs, odile)):
            stands = await visitor.client.get(f"/api/v1{url}", headers=sample.bearer)
            assert NEW_TEXT in [it["text"] for it in stands.json()["clauses"]]
            assert "jeudi" in (await visitor.get(f"{url}?vue=texte")).text
            listed = (await visitor.get(f"{url}/avenants")).text
            assert "Celui de l’" in listed
            assert "Le service change de jour." in listed

        pdf = await theirs.get(f"{amendment}/convention.pdf")
        printed = text_of(pdf.content, tmp_path)
        assert NEW_TEXT in printed
        assert "Ce qui change" in printed
        checked = await theirs.client.post(
            "/api/v1/document-checks", content=pdf.content, headers={"content-type": "application/pdf"}
        )
        assert checked.json()["integrity"] == "intact", checked.text
        again = text_of((await hers.get(f"{url}/convention.pdf")).content, tmp_path)
        assert NEW_TEXT not in again, "the signed document of the convention says what was signed"
        assert "Changée depuis" in again
        assert "Changée depuis" not in text_of(original.content, tmp_path)

        archive = await theirs.get(f"{url}/archive.zip")
        with ZipFile(BytesIO(archive.content)) as files:
            sealed = files.read("avenants/01-avenant-1/texte-scelle.json")
            assert files.read("avenants/01-avenant-1/avenant.pdf").startswith(b"%PDF")
        assert hashlib.sha256(sealed).hexdigest() in (await theirs.get(f"{url}/avenants")).text
        assert "Avenant n°" in (await theirs.get(f"{url}/releve")).text
        assert "est entré en vigueur" in (await hers.get(f"{url}/historique")).text


async def test_bad_answers_keep_what_was_typed_and_one_is_open_at_a_time(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        answers = {"title": "Avenant du jeudi", "reason": "Le service change de jour."}
        yesterday = (today_in_paris() - timedelta(days=1)).isoformat()
        late = await hers.post(f"{url}/avenants/nouveau", **answers, effective_on=yesterday)
        assert late.status_code == 422
        assert "Le service change de jour." in late.text
        assert "à partir de demain" in late.text
        amendment = await begin(hers, url)
        assert (await theirs.get(f"{url}/avenants/nouveau")).status_code == 409
        second = await theirs.post(f"{url}/avenants/nouveau", **answers, effective_on="")
        assert second.status_code == 422
        assert "Avenant du jeudi" in second.text
        assert "Un avenant est déjà" in second.text

        empty = await theirs.post(f"{amendment}/abandonner", reason="")
        assert empty.status_code == 422
        check = await theirs.post(f"{amendment}/abandonner", reason="Plus besoin.")
        assert "Vérifiez vos réponses" in check.text
        edit = await theirs.post(f"{amendment}/abandonner", reason="Plus besoin.", step="edit")
        assert "Plus besoin.</textarea>" in edit.text
        done = await theirs.post(f"{amendment}/abandonner", reason="Plus besoin.", step="confirm")
        assert done.status_code == 303
        read = (await hers.get(amendment)).text
        assert "L’avenant est abandonné" in read
        assert "Plus besoin." in read
        assert (await hers.get(f"{amendment}/abandonner")).status_code == 409
        through_api = await theirs.client.get(f"/api/v1{url}/amendments", headers=odile.bearer)
        [line] = through_api.json()["amendments"]
        assert (line["state"], line["why_abandoned"]) == ("abandoned", "Plus besoin.")
        for path in ("avenants", "avenants/nouveau"):
            answer = await hers.get(f"/conventions/{claire.organization_id}/{path}")
            assert answer.status_code == 404
