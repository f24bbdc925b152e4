"""From "let us work together" to a signed convention, through the pages, both sides side by side."""

import re
from datetime import timedelta

import httpx

from shared.contracts.identifiers import new_id
from shared.kit.clock import today_in_paris
from tests.support.eventually import eventually
from tests.web.service.conftest import House
from tests.web.service.visitor import Sample, Visitor

_CLAUSE = re.compile(r'name="clause" value="([0-9a-f-]+:\d+)"')


async def draft(visitor: Visitor, other: Sample) -> str:
    """Begin a convention with the other side; returns its address."""
    answers = {
        "with": str(other.organization_id),
        "title": "Écoute en oncologie",
        "aim": "Tenir une permanence d’écoute.",
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "template": "volunteers_in_hospital",
    }
    check = await visitor.client.post("/conventions/nouvelle", data=answers | {"step": "check"})
    assert "Vérifiez vos réponses" in check.text
    made = await visitor.client.post("/conventions/nouvelle", data=answers | {"step": "create"})
    assert made.status_code == 303, made.text
    return made.headers["location"].removesuffix("/referents")


async def both_referents(claire: Visitor, odile: Visitor, url: str, samples: tuple[Sample, Sample]) -> None:
    """Claire names herself and invites Odile, who accepts."""
    named = await claire.post(f"{url}/referents/nommer", person_id=str(samples[0].person_id))
    assert named.status_code == 303, named.text
    invited = await claire.post(
        f"{url}/referents/inviter",
        organization_id=str(samples[1].organization_id),
        given_name="Odile",
        family_name="Marchand",
        email=samples[1].email,
    )
    assert invited.status_code == 303, invited.text

    async def mandate() -> str | None:
        page = await odile.get(f"{url}/referents")
        found = re.search(r'action="(/mandats/[0-9a-f-]+/accepter)"', page.text)
        return found.group(1) if found else None

    action = await eventually(mandate)
    assert action
    accepted = await odile.post(action)
    assert accepted.status_code == 303, accepted.text


async def complete(visitor: Visitor, sample: Sample, url: str) -> None:
    """Fill what the model leaves open, through the API; proposing accepts for oneself."""
    address = f"/api/v1{url}"
    convention = (await visitor.client.get(address, headers=sample.bearer)).json()
    for clause in convention["clauses"]:
        if "[à compléter]" in clause["text"]:
            proposed = await visitor.client.post(
                f"{address}/clauses/{clause['clause_id']}/proposals",
                json={
                    "revision": clause["revision"],
                    "text": clause["text"].replace("[à compléter]", "ceci"),
                },
                headers=sample.bearer,
            )
            assert proposed.status_code == 200, proposed.text


async def accept_all(visitor: Visitor, url: str) -> None:
    """Accept every clause that the page lists, and the terms."""

    async def listed() -> list[str]:
        return _CLAUSE.findall((await visitor.get(url)).text)

    clauses = await eventually(listed)
    terms = re.search(r'name="terms_revision" value="(\d+)"', (await visitor.get(url)).text)
    fields = {"clause": clauses} | ({"terms_revision": terms.group(1)} if terms else {})
    answer = await visitor.client.post(f"{url}/accepter-tout", data=fields)
    assert answer.status_code == 303, answer.text


async def seal(visitor: Visitor, url: str, *order: Sample) -> None:
    async def version() -> str | None:
        page = await visitor.get(f"{url}/sceller")
        found = re.search(r'name="version" value="(\d+)"', page.text)
        return found.group(1) if found else None

    soon = today_in_paris() + timedelta(days=21)
    sealed = await visitor.post(
        f"{url}/sceller",
        version=await eventually(version),
        sign_before=soon.isoformat(),
        sign_order=" ".join(str(it.organization_id) for it in order),
    )
    assert sealed.status_code == 303, sealed.text


async def sign(visitor: Visitor, url: str, sample: Sample) -> httpx.Response:
    page = await visitor.get(f"{url}/signer")
    found = re.search(r'name="sealed_hash" value="([0-9a-f]{64})"', page.text)
    assert found, page.text
    return await visitor.post(
        f"{url}/signer",
        sealed_hash=found.group(1),
        capacity="Présidente",
        read="oui",
        password=sample.password,
    )


async def test_two_sides_go_from_a_draft_to_a_signed_convention(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        assert (await theirs.get(url)).status_code == 404
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url)

        wrong = await hers.post(
            f"{url}/signer", sealed_hash="0" * 64, capacity="Directrice", password=claire.password, read="oui"
        )
        assert wrong.status_code == 422
        assert "Rien n’est signé" in wrong.text

        assert (await sign(hers, url, claire)).headers["location"].endswith("/recu?signe=oui")
        assert (await sign(theirs, url, odile)).status_code == 303
        for visitor in (hers, theirs):
            page = await visitor.get(url)
            assert "Signée par toutes les parties" in page.text
            listed = await visitor.get("/conventions")
            assert "en vigueur" in listed.text
            assert "Avant <time" not in listed.text, "what is signed has no date by which to sign"
            receipt = await visitor.get(f"{url}/recu")
            assert "Claire Vasseur" in receipt.text
            assert "Odile Marchand" in receipt.text
            record = await visitor.get(f"{url}/preuves")
            assert "Pouvoir de signer donné le" in record.text
            assert "Texte qui vaut aujourd’hui" in record.text
            document = await visitor.get(f"{url}/convention.pdf")
            assert document.content.startswith(b"%PDF")
        through_api = await theirs.client.get(f"/api/v1{url}/document", headers=odile.bearer)
        assert through_api.headers["content-type"] == "application/pdf"
        timelines = [(await visitor.get(f"{url}/historique")).text for visitor in (hers, theirs)]
        assert all("a scellé" in it or "avez scellé" in it for it in timelines)


async def test_every_page_shows_for_both_sides(house: House, claire: Sample, odile: Sample) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        found = re.search(rf'{url}/articles/([0-9a-f-]+)"', (await hers.get(f"{url}?vue=texte")).text)
        assert found
        pages = [
            "/", "/boite", "/boite?tiroir=a-lire", "/boite?tiroir=classe", "/annuaire", "/annuaire?q=tendue",
            f"/annuaire/{odile.organization_id}", "/conventions", f"/conventions/nouvelle?avec={odile.organization_id}",
            url, f"{url}?vue=texte", f"{url}/articles/{found.group(1)}", f"{url}/referents", f"{url}/sceller",
            f"{url}/historique", f"{url}/convention.pdf", f"{url}/preuves", "/projets", "/indicateurs", "/compte", "/mon-organisation",
            "/aide", "/accessibilite", "/donnees", "/api", "/api/openapi.json",
        ]  # fmt: skip
        for visitor in (hers, theirs):
            for page in pages:
                answer = await visitor.get(page)
                assert answer.status_code == 200, (page, answer.status_code, answer.text[-1500:])


async def test_a_last_day_that_means_no_end_is_refused_beside_its_field(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers:
        await hers.sign_in(claire)
        answer = await hers.post(
            "/conventions/nouvelle",
            **{
                "with": str(odile.organization_id),
                "title": "Écoute en oncologie",
                "aim": "Tenir une permanence d’écoute.",
                "starts_on": "2027-01-01",
                "ends_on": "9999-12-31",
                "template": "volunteers_in_hospital",
                "step": "check",
            },
        )
    assert answer.status_code == 422
    assert "Indiquez une date jusqu’au 31\N{NO-BREAK SPACE}décembre 2199." in answer.text
    assert "Tenir une permanence d’écoute." in answer.text


async def test_a_proposal_is_shown_word_by_word_and_a_late_one_keeps_what_was_typed(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        page = (await theirs.get(f"{url}?vue=texte")).text
        found = re.search(rf"{url}/articles/([0-9a-f-]+)", page)
        assert found, "whoever has just accepted sees at once what she can do"
        clause = f"{url}/articles/{found.group(1)}"
        revision = re.search(r'name="revision" value="(\d+)"', (await hers.get(clause)).text)
        assert revision
        await theirs.get(url)

        proposed = await hers.post(
            f"{clause}/proposer", revision=revision.group(1), text="Un texte tout neuf."
        )
        assert proposed.status_code == 303, proposed.text
        shown = await theirs.get(url)
        assert "Ce qui a changé depuis votre dernière lecture" in shown.text
        assert re.search(r"\[ajouté\s: </span>Un texte tout neuf\.", shown.text)

        late = await theirs.post(f"{clause}/proposer", revision=revision.group(1), text="Mon texte à moi.")
        assert late.status_code == 422
        assert "Une version plus récente existe" in late.text
        assert "Mon texte à moi." in late.text


async def test_what_was_written_about_an_article_that_is_gone_is_shown_again(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        made_id = str(new_id())
        added = await theirs.post(
            f"{url}/articles/nouveau", made_id=made_id, title="Stationnement", text="Une place."
        )
        assert added.status_code == 303, added.text
        article = f"{url}/articles/{made_id}"
        assert "Stationnement" in (await hers.get(article)).text
        taken_back = await theirs.post(f"{article}/retirer", revision="1")
        assert taken_back.status_code == 303, taken_back.text

        late = await hers.post(f"{article}/proposer", revision="1", text="Deux places, le mardi.\nOu trois.")
        assert late.status_code == 422
        assert re.search(r"Deux places, le mardi\.\s+Ou trois\.", late.text)
        elsewhere = await hers.client.post(
            f"{article}/proposer",
            data={"text": "Un mot d’ailleurs."},
            headers={"sec-fetch-site": "cross-site"},
        )
        assert "Un mot d’ailleurs." not in elsewhere.text


async def test_in_a_fixed_order_each_signs_when_her_turn_comes(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as theirs:
        await hers.sign_in(claire)
        await theirs.sign_in(odile)
        url = await draft(hers, odile)
        await both_referents(hers, theirs, url, (claire, odile))
        await complete(hers, claire, url)
        await accept_all(theirs, url)
        await seal(hers, url, odile, claire)
        early = await hers.get(f"{url}/signer")
        assert early.status_code == 409
        assert "Vous serez prévenu quand ce sera votre tour" in early.text
        assert "Ordre des signatures" in (await hers.get(url)).text
        assert (await sign(theirs, url, odile)).status_code == 303
        assert (await sign(hers, url, claire)).status_code == 303
        assert "Signée par toutes les parties" in (await hers.get(url)).text
