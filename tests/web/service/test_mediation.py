"""A mediation through the pages and the API, both sides side by side."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

from shared.kit.clock import today_in_paris
from tests.web.service.conftest import House
from tests.web.service.test_life import signed
from tests.web.service.visitor import Sample, Visitor


async def hidden(visitor: Visitor, page: str, name: str) -> str:
    """What a form of the page carries."""
    found = re.search(rf'name="{name}" value="([^"]+)"', (await visitor.get(page)).text)
    assert found, name
    return found.group(1)


async def test_parties_that_disagree_find_a_mediator_a_day_and_an_agreement(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        page = f"{url}/mediation"
        assert "Demander une médiation" in (await hers.get(f"{url}/vie")).text
        asking = {
            "made_id": await hidden(hers, page, "made_id"),
            "reason": "Les formations n’ont pas lieu.",
            "mediator": "Anne Lebrun, médiatrice",
            "obligation_id": "",
        }
        empty = await hers.post(f"{page}/demander", **(asking | {"mediator": ""}))
        assert empty.status_code == 422
        assert "Les formations n’ont pas lieu.</textarea>" in empty.text, "nothing typed is lost"
        for _ in range(2):
            asked = await hers.post(f"{page}/demander", **asking)
            assert asked.status_code == 303, "sent twice, it is asked once"
        assert "Répondre sur la médiation" in (await theirs.get("/")).text
        one = {"mediation_id": await hidden(theirs, page, "mediation_id")}
        other = await theirs.post(
            f"{page}/proposer", **one, part="mediator", revision="1", mediator="Paul Roy, médiateur"
        )
        assert other.status_code == 303
        stale = await hers.post(
            f"{page}/proposer", **one, part="mediator", revision="1", mediator="Une troisième personne"
        )
        assert stale.status_code == 422
        assert "Une troisième personne</textarea>" in stale.text
        assert "Paul Roy" in stale.text, "the newer one beside mine"
        accepted = await hers.post(f"{page}/accepter", **one, part="mediator", revision="2")
        assert accepted.status_code == 303
        assert (await theirs.post(f"{page}/date", **one, meets_on="demain")).status_code == 422
        planned = await theirs.post(f"{page}/date", **one, meets_on=today_in_paris().isoformat())
        assert planned.status_code == 303
        assert "Une médiation est en cours, rendez-vous le" in (await hers.get(f"{url}/vie")).text
        address = f"/api/v1{url}/mediations/{one['mediation_id']}"
        written = await theirs.client.post(
            f"{address}/proposals",
            json={"part": "agreement", "revision": 0, "text": "Trois formations par an."},
            headers=odile.bearer,
        )
        assert written.status_code == 200, written.text
        agreed = await hers.post(f"{page}/accepter", **one, part="agreement", revision="1")
        assert agreed.status_code == 303
        over = await theirs.get(page)
        assert "La médiation a abouti à un accord" in over.text
        assert "Trois formations par an." in over.text
        late = await theirs.client.post(
            f"{address}/ending", json={"reason": "Trop tard."}, headers=odile.bearer
        )
        assert (late.status_code, late.json()["code"]) == (409, "mediation_over")
        listed = (await hers.client.get(f"/api/v1{url}/mediations", headers=claire.bearer)).json()
        assert [it["state"] for it in listed["mediations"]] == ["agreed"]
        assert "a demandé une médiation" in (await theirs.get(f"{url}/historique")).text
        answer = await hers.get(f"{url}/archive.zip")
        with ZipFile(BytesIO(answer.content)) as archive:
            kept = json.loads(archive.read("mediations.json"))
        assert kept["mediations"][0]["agreement"]["text"] == "Trois formations par an."
        assert not {"may_ask", "may_act"} & kept.keys()


async def test_a_party_leaves_with_a_reason_that_the_other_one_reads(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with signed(house, claire, odile) as (hers, theirs, url):
        page = f"{url}/mediation"
        asked = await hers.client.post(
            f"/api/v1{url}/mediations",
            json={"reason": "Désaccord.", "mediator": "Anne Lebrun"},
            headers=claire.bearer,
        )
        assert asked.status_code == 201, asked.text
        one = {"mediation_id": asked.json()["mediation_id"]}
        assert (await theirs.post(f"{page}/terminer", **one, end_reason="")).status_code == 422
        left = await theirs.post(f"{page}/terminer", **one, end_reason="Parlons-en directement.")
        assert left.status_code == 303
        read = await hers.get(page)
        assert "La médiation a pris fin sans accord" in read.text
        assert "Parlons-en directement." in read.text
        assert "Demander une médiation" in read.text, "another one may follow"
    async with house.visitor() as nobody:
        assert (await nobody.get(page)).status_code == 303
