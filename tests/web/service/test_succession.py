"""Absence, hand-over, departure and the pack, through the pages and the API."""

import re
from datetime import timedelta

import httpx

from shared.kit.clock import today_in_paris
from tests.support.eventually import eventually
from tests.web.service.conftest import House, enroll_colleague
from tests.web.service.test_journey import both_referents, draft
from tests.web.service.visitor import Sample, Visitor


def link(page: httpx.Response, words: str) -> str:
    """The address that a page gives under some words."""
    found = re.search(rf'href="([^"]+)"[^>]*>{words}', page.text)
    assert found, page.text
    return found.group(1)


async def test_a_referent_is_absent_hands_over_and_leaves(
    house: House, claire: Sample, odile: Sample
) -> None:
    lea = await enroll_colleague(house, claire, "Léa", "Roux")
    async with house.visitor() as first, house.visitor() as second, house.visitor() as third:
        await first.sign_in(claire)
        await second.sign_in(odile)
        await third.sign_in(lea)
        url = await draft(first, odile)
        await both_referents(first, second, url, (claire, odile))
        await _absence(first, second, third, url, lea)
        await _handover(first, second, third, url, lea)
        await _pack(third, second, url, lea)
        await _departure(first, third, second, url, lea)


async def _absence(claire: Visitor, odile: Visitor, lea: Visitor, url: str, deputy: Sample) -> None:
    page = link(await claire.get(f"{url}/referents"), "Prévoir une absence")
    today = today_in_paris()
    answers = {"deputy_id": str(deputy.person_id), "starts_on": today.isoformat()}
    refused = await claire.post(page, **answers, ends_on=(today - timedelta(days=1)).isoformat())
    assert refused.status_code == 422
    assert "Choisissez un dernier jour" in refused.text
    # Nothing typed is lost.
    assert f'value="{today.isoformat()}"' in refused.text
    noted = await claire.post(page, **answers, ends_on=(today + timedelta(days=7)).isoformat())
    assert noted.status_code == 303, noted.text
    assert "Léa Roux supplée" in (await odile.get(f"{url}/referents")).text

    async def negotiates() -> bool:
        convention = (await lea.client.get(f"/api/v1{url}", headers=deputy.bearer)).json()
        return "propose" in convention["may"]

    await eventually(negotiates)
    end = re.search(
        r'action="(/mandats/[0-9a-f-]+/suppleances/[0-9a-f-]+/terminer)"',
        (await lea.get(f"{url}/referents")).text,
    )
    assert end
    assert (await lea.post(end.group(1))).status_code == 303

    async def stopped() -> bool:
        return not await negotiates()

    await eventually(stopped)


async def _handover(claire: Visitor, odile: Visitor, lea: Visitor, url: str, successor: Sample) -> None:
    page = link(await claire.get(f"{url}/referents"), "Passer le relais")
    assert "Léa Roux" in (await claire.get(page)).text
    assert (await odile.get(page)).status_code == 404
    asked = await claire.post(page, person_id=str(successor.person_id))
    assert asked.status_code == 303, asked.text
    assert "relève proposée" in (await claire.get(f"{url}/referents")).text
    accept = re.search(r'action="(/mandats/[0-9a-f-]+/accepter)"', (await lea.get(f"{url}/referents")).text)
    assert accept
    accepted = await lea.post(accept.group(1))
    assert accepted.headers["location"] == f"{url}/releve"
    assert "mandat terminé" in (await odile.get(f"{url}/referents")).text


async def _pack(lea: Visitor, odile: Visitor, url: str, newcomer: Sample) -> None:
    page = await lea.get(f"{url}/releve")
    for words in (
        "Ce qui est en vigueur",
        "Écoute en oncologie",
        "Léa Roux",
        "Odile Marchand",
        "Qui est qui",
    ):
        assert words in page.text

    async def told() -> bool:
        return "pris le relais" in (await lea.get(f"{url}/releve")).text

    await eventually(told)
    document = await odile.get(f"{url}/releve.pdf")
    assert document.headers["content-type"] == "application/pdf"
    assert document.content.startswith(b"%PDF")
    by_program = await lea.client.get(f"/api/v1{url}/handover-pack", headers=newcomer.bearer)
    assert by_program.content.startswith(b"%PDF")


async def _departure(claire: Visitor, lea: Visitor, odile: Visitor, url: str, leaving: Sample) -> None:
    check = f"/mon-organisation/{leaving.person_id}/depart"
    shown = await claire.get(check)
    assert "Vérifiez ce qui change" in shown.text
    assert "plus de référent" in shown.text
    assert (await claire.post(check)).status_code == 303

    async def gone() -> bool:
        page = await lea.client.get(f"/api/v1{url}", headers=leaving.bearer)
        return page.status_code in {403, 404}

    await eventually(gone)
    # Claire may sign for the hospital, so she stands in; both sides see it.
    assert "Ses signataires répondent" in (await odile.get(f"{url}/referents")).text
    assert "Ses signataires répondent" in (await odile.get(url)).text
