"""What becomes of a signed convention, through the pages and the API, both sides side by side."""

import hashlib
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from shared.kit.clock import today_in_paris
from tests.web.service.conftest import House
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal, sign
from tests.web.service.visitor import Sample, Visitor


@asynccontextmanager
async def signed(house: House, claire: Sample, odile: Sample) -> AsyncGenerator[tuple[Visitor, Visitor, str]]:
    """A convention that both have signed."""
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url)
        await sign(hers, url, claire)
        await sign(theirs, url, odile)
        yield hers, theirs, url


async def test_a_side_suspends_with_a_reason_and_lifts_it_the_other_one_reads_it(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        life = f"{url}/vie"
        form = await hers.get(f"{life}/suspendre")
        found = re.search(r'name="made_id" value="([0-9a-f-]+)"', form.text)
        assert found
        answers = {"made_id": found.group(1), "reason": "Le service est en travaux.", "resumes_on": ""}
        empty = await hers.post(f"{life}/suspendre", **(answers | {"reason": ""}))
        assert empty.status_code == 422
        late = await hers.post(f"{life}/suspendre", **(answers | {"resumes_on": "demain"}))
        assert late.status_code == 422
        assert "Le service est en travaux." in late.text, "nothing typed is lost"
        check = await hers.post(f"{life}/suspendre", **answers)
        assert "Vérifiez vos réponses" in check.text
        wrong = await hers.post(f"{life}/suspendre", **answers, step="confirm", password="autre chose")
        assert wrong.status_code == 422
        assert "Le service est en travaux." in wrong.text
        edit = await hers.post(f"{life}/suspendre", **answers, step="edit")
        assert edit.status_code == 200
        assert "Le service est en travaux.</textarea>" in edit.text
        for _ in range(2):
            done = await hers.post(f"{life}/suspendre", **answers, step="confirm", password=claire.password)
            assert done.status_code == 303, "sent twice, it is done once"
        read = await theirs.get(life)
        assert "La convention est suspendue" in read.text
        assert "Le service est en travaux." in read.text
        assert "Lever la suspension" not in read.text
        assert "Suspendue" in (await theirs.get(url)).text
        closed = await hers.client.post(
            f"{url}/annexes", data={"title": "Planning"}, files={"file": ("planning.pdf", b"%PDF-1.7")}
        )
        assert "la convention est suspendue" in closed.text, "her role is not the reason"
        suspension = re.search(r'name="suspension_id" value="([0-9a-f-]+)"', (await hers.get(life)).text)
        assert suspension
        refused = await theirs.post(f"{life}/lever", suspension_id=suspension.group(1))
        assert refused.status_code == 422
        lifted = await hers.post(f"{life}/lever", suspension_id=suspension.group(1))
        assert lifted.status_code == 303
        assert "en vigueur" in (await theirs.get(life)).text


async def test_a_side_gives_notice_and_both_finish_together(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        life = f"{url}/vie"
        soon = (today_in_paris() + timedelta(days=2)).isoformat()
        answers = {"reason": "Nous cessons nos permanences.", "effective_on": soon}
        short = await theirs.post(f"{life}/mettre-fin", **answers, step="confirm", password=odile.password)
        assert short.status_code == 422
        assert "Avec le préavis, elle tient jusqu’à la veille du" in short.text
        assert "Nous cessons nos permanences." in short.text
        later = (today_in_paris() + timedelta(days=120)).isoformat()
        done = await theirs.post(
            f"{life}/mettre-fin",
            **(answers | {"effective_on": later}),
            step="confirm",
            password=odile.password,
        )
        assert done.status_code == 303
        page = await hers.get(life)
        assert "Finir ensemble" in page.text
        assert "Nous cessons nos permanences." in page.text
        ticked = await hers.post(f"{life}/clore", step="return_access")
        assert ticked.status_code == 303
        assert (await hers.post(f"{life}/clore", step="autre")).status_code == 422
        through_api = await theirs.client.get(f"/api/v1{url}/life", headers=odile.bearer)
        closing = {it["step"]: it["done_by"] for it in through_api.json()["closing"]}
        assert closing["return_access"] == [str(claire.organization_id)]
        again = await hers.get(f"{life}/mettre-fin")
        assert again.status_code == 409


async def test_a_side_takes_its_notice_back(house: House, claire: Sample, odile: Sample) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        life = f"{url}/vie"
        later = (today_in_paris() + timedelta(days=120)).isoformat()
        answers = {"reason": "Nous cessons.", "effective_on": later, "step": "confirm"}
        given = await theirs.post(f"{life}/mettre-fin", **answers, password=odile.password)
        assert given.status_code == 303
        assert "Retirer cette annonce" not in (await hers.get(life)).text
        assert "pas d’annonce que vous puissiez retirer" in (await hers.get(f"{life}/retirer-annonce")).text
        form = await theirs.get(f"{life}/retirer-annonce")
        found = re.search(r'name="termination_id" value="([0-9a-f-]+)"', form.text)
        assert found
        of = {"termination_id": found.group(1)}
        assert (await theirs.post(f"{life}/retirer-annonce", **of)).status_code == 422
        wrong = await theirs.post(f"{life}/retirer-annonce", **of, password="pas le bon")
        assert wrong.status_code == 422
        foreign = await hers.post(f"{life}/retirer-annonce", **of, password=claire.password)
        assert foreign.status_code == 422
        done = await theirs.post(f"{life}/retirer-annonce", **of, password=odile.password)
        assert done.status_code == 303
        page = (await hers.get(life)).text
        assert "Fin annoncée" not in page
        assert "en vigueur jusqu’au" in page


async def test_a_side_objects_to_the_renewal(house: House, claire: Sample, odile: Sample) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        life = f"{url}/vie"
        assert "Elle se reconduit d’elle-même" in (await hers.get(life)).text
        form = await hers.get(f"{life}/reconduire")
        found = re.search(r'name="ends_on" value="([0-9-]+)"', form.text)
        assert found
        answers = {"ends_on": found.group(1), "agrees": "non"}
        assert (await hers.post(f"{life}/reconduire", ends_on=found.group(1))).status_code == 422
        assert "Vérifiez votre réponse" in (await hers.post(f"{life}/reconduire", **answers)).text
        late = answers | {"ends_on": "2020-01-01"}
        refused = await hers.post(f"{life}/reconduire", **late, step="confirm", password=claire.password)
        assert refused.status_code == 422
        assert "Son dernier jour est maintenant le" in refused.text
        done = await hers.post(f"{life}/reconduire", **answers, step="confirm", password=claire.password)
        assert done.status_code == 303
        assert "Elle s’arrête à son terme" in (await theirs.get(life)).text


async def test_each_side_keeps_an_archive_of_what_it_may_read(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        answer = await hers.get(f"{url}/archive.zip")
        assert answer.headers["content-type"] == "application/zip"
        assert "archive-ecoute-en-oncologie.zip" in answer.headers["content-disposition"]
        with ZipFile(BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            files = {name: archive.read(name) for name in archive.namelist()}
        assert files["convention.pdf"].startswith(b"%PDF")
        convention = json.loads(files["convention.json"])
        assert hashlib.sha256(files["texte-scelle.json"]).hexdigest() == convention["sealed_hash"]
        types = [it["type"].split(".")[3] for it in json.loads(files["evenements.json"])]
        assert types[0] == "drafted"
        assert types[-1] == "activated"
        assert "Odile Marchand" in json.loads(files["noms.json"]).values()
        through_api = await theirs.client.get(f"/api/v1{url}/archive", headers=odile.bearer)
        assert through_api.content.startswith(b"PK")
    async with house.visitor() as nobody:
        assert (await nobody.get(f"{url}/archive.zip")).status_code == 303
