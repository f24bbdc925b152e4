"""What a convention promises, through the pages and the API: both sides say what was kept, and read the other's word."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from shared.kit.clock import today_in_paris
from tests.support.eventually import eventually
from tests.web.service.conftest import House
from tests.web.service.test_journey import accept_all, both_referents, complete, draft, seal, sign
from tests.web.service.visitor import Sample, Visitor

TODAY = today_in_paris()


@asynccontextmanager
async def promising(
    house: House, claire: Sample, odile: Sample
) -> AsyncGenerator[tuple[Visitor, Visitor, str]]:
    """Signed by both, in force for a month already; it promises meetings, and a training that is due today."""
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        terms = {
            "starts_on": (TODAY - timedelta(days=30)).isoformat(),
            "ends_on": (TODAY + timedelta(days=700)).isoformat(),
            "meetings_per_year": 2,
            "means": [
                {
                    "text": "Deux formations à l’écoute",
                    "by": str(odile.organization_id),
                    "due_on": TODAY.isoformat(),
                }
            ],
        }
        proposed = await hers.client.post(
            f"/api/v1{url}/terms/proposals", json={"revision": 1, "terms": terms}, headers=claire.bearer
        )
        assert proposed.status_code == 200, proposed.text
        await accept_all(theirs, url)
        await seal(hers, url)
        await sign(hers, url, claire)
        await sign(theirs, url, odile)
        yield hers, theirs, url


async def obligations(visitor: Visitor, sample: Sample, url: str) -> list[dict[str, Any]]:
    answer = await visitor.client.get(f"/api/v1{url}/obligations", headers=sample.bearer)
    assert answer.status_code == 200, answer.text
    return answer.json()["obligations"]


async def dated(visitor: Visitor, sample: Sample, url: str) -> list[dict[str, Any]]:
    """The obligations, once the calendar has made them."""

    async def there() -> list[dict[str, Any]]:
        return await obligations(visitor, sample, url)

    return await eventually(there)


async def test_each_side_says_what_was_kept_on_pages_and_through_the_api(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with promising(house, claire, odile) as (hers, theirs, url):
        found = await dated(hers, claire, url)
        training = next(it for it in found if it["kind"] == "means")
        page = f"{url}/engagements/{training['obligation_id']}"
        convention = await hers.get(url)
        assert "Deux formations à l’écoute" in convention.text
        assert "bientôt dû" in (await theirs.get(f"{url}/engagements")).text
        assert "Dire où en est l’engagement" in (await theirs.get("/")).text
        tomorrow = (TODAY + timedelta(days=1)).isoformat()
        refused = await theirs.post(f"{page}/tenu", kept_on=tomorrow, remark="Avec six bénévoles.")
        assert refused.status_code == 422
        assert "Avec six bénévoles.</textarea>" in refused.text, "nothing typed is lost"
        assert (await theirs.post(f"{page}/tenu", kept_on="hier", remark="")).status_code == 422
        for _ in range(2):
            said = await theirs.post(f"{page}/tenu", kept_on=TODAY.isoformat(), remark="Avec six bénévoles.")
            assert said.status_code == 303, "sent twice, it is said once"
        assert "Avec six bénévoles." in (await hers.get(page)).text
        empty = await hers.post(f"{page}/non-tenu", missing=" ")
        assert empty.status_code == 422
        contested = await hers.post(f"{page}/non-tenu", missing="Une seule a eu lieu.")
        assert contested.status_code == 303
        read = await theirs.get(page)
        assert "Une seule a eu lieu." in read.text
        assert "en désaccord" in read.text
        keeping = f"/api/v1{url}/obligations/{training['obligation_id']}/keeping"
        agreed = await hers.client.post(keeping, json={"kept_on": TODAY.isoformat()}, headers=claire.bearer)
        assert agreed.status_code == 200, agreed.text
        [again] = [it for it in await obligations(theirs, odile, url) if it["kind"] == "means"]
        assert again["state"] == "kept"
        meeting = next(it for it in found if it["kind"] == "meeting")
        early = await hers.client.post(
            f"/api/v1{url}/obligations/{meeting['obligation_id']}/contesting",
            json={"remark": "Non."},
            headers=claire.bearer,
        )
        assert (early.status_code, early.json()["code"]) == (409, "obligation_not_due")
        assert (await hers.get(f"{url}/engagements/{claire.person_id}")).status_code == 404
        history = (await theirs.get(f"{url}/historique")).text
        assert "a dit non tenu l’engagement" in history
        assert page in history


async def test_they_stand_in_the_pack_and_in_the_archive(house: House, claire: Sample, odile: Sample) -> None:
    async with promising(house, claire, odile) as (hers, _theirs, url):
        await dated(hers, claire, url)
        pack = await hers.get(f"{url}/releve")
        assert "Ce que la convention promet" in pack.text
        assert "Deux formations à l’écoute" in pack.text
        answer = await hers.get(f"{url}/archive.zip")
        with ZipFile(BytesIO(answer.content)) as archive:
            kept = json.loads(archive.read("engagements.json"))
        assert "may_say" not in kept
        assert "Deux formations à l’écoute" in [it["title"] for it in kept["obligations"]]
    async with house.visitor() as nobody:
        assert (await nobody.get(f"{url}/engagements")).status_code == 303
