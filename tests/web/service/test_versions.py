"""Versions side by side, and two people who write at once: through the pages, without JavaScript."""

import re
from typing import Any

import pytest

from shared.contracts.identifiers import new_id
from tests.web.service.conftest import House
from tests.web.service.test_journey import both_referents, draft
from tests.web.service.visitor import Sample, Visitor

Samples = tuple[Sample, Sample]


@pytest.fixture
def samples(claire: Sample, odile: Sample) -> Samples:
    """One person of each side."""
    return claire, odile


async def shown(visitor: Visitor, sample: Sample, url: str) -> Any:
    return (await visitor.client.get(f"/api/v1{url}", headers=sample.bearer)).json()


async def clause(visitor: Visitor, sample: Sample, url: str, number: int) -> dict[str, Any]:
    return next(it for it in (await shown(visitor, sample, url))["clauses"] if it["number"] == number)


async def begin(claire: Visitor, odile: Visitor, samples: Samples) -> str:
    await claire.sign_in(samples[0])
    await odile.sign_in(samples[1])
    url = await draft(claire, samples[1])
    await both_referents(claire, odile, url, samples)
    return url


async def test_any_two_versions_are_read_side_by_side(house: House, samples: Samples) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        url = await begin(claire, odile, samples)
        article = await clause(claire, samples[0], url, 4)
        page = f"{url}/articles/{article['clause_id']}"
        # One version yet: nothing to compare, and the page says so.
        assert "n’a qu’une version" in (await claire.get(f"{page}/versions")).text
        for visitor, revision, text in (
            (claire, "1", "Ils viennent le mardi.\nUn calendrier est affiché."),
            (odile, "2", "Ils viennent le jeudi.\nUn calendrier est affiché."),
        ):
            proposed = await visitor.post(f"{page}/proposer", revision=revision, text=text)
            assert proposed.status_code == 303, proposed.text
        assert f'href="{page}/versions"' in (await claire.get(page)).text
        versions = (await claire.get(f"{page}/versions")).text
        assert "1\N{NO-BREAK SPACE}mot ajouté, 1\N{NO-BREAK SPACE}supprimé" in versions
        assert re.search(r'<del class="cote-a">.*?par Main tendue.*?mardi', versions)
        assert re.search(r'<ins class="cote-a">.*?par Main tendue.*?jeudi', versions)
        # What both say alike is said once.
        assert versions.count("Un calendrier est affiché.") == 1
        chosen = (await claire.get(f"{page}/versions?avant=1&apres=2")).text
        assert re.search(r'<ins class="cote-e">.*?par Hôpital de Bellerive', chosen)
        assert '<option value="2" selected>' in chosen
        for odd in ("avant=x&apres=y", "avant=-1", "avant=9999999999999999"):
            assert (await claire.get(f"{page}/versions?{odd}")).status_code == 200, odd
        assert (await claire.get(f"{page}/versions?apres=9")).status_code == 404

        whole = (await odile.get(f"{url}/versions?avant=1")).text
        assert "1\N{NO-BREAK SPACE}article modifié, 11\N{NO-BREAK SPACE}inchangés" in whole
        assert "Écrit par" in whole
        assert "Voir qui a écrit chaque mot" in whole
        assert "Ces conditions n’ont qu’une version" in (await odile.get(f"{url}/conditions/versions")).text
        async with house.visitor() as nobody:
            for path in (f"{url}/versions", f"{page}/versions", f"{url}/conditions/versions"):
                assert (await nobody.get(path)).status_code == 303, path
        told = await claire.client.get(
            f"/api/v1{url}/clauses/{article['clause_id']}/comparison?before=2&after=3",
            headers=samples[0].bearer,
        )
        kinds = [(it["kind"], it["text"]) for it in told.json()["pieces"]]
        assert ("removed", "mardi") in kinds
        assert ("added", "jeudi") in kinds


async def test_two_people_who_write_at_once_lose_no_word(house: House, samples: Samples) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        url = await begin(claire, odile, samples)
        article = await clause(claire, samples[0], url, 4)
        page = f"{url}/articles/{article['clause_id']}"
        first = await odile.post(f"{page}/proposer", revision="1", text="Le mardi, de 14 h à 17 h.")
        assert first.status_code == 303, first.text
        mine = "Le mardi et le samedi, de 14 h à 17 h.\r\nEn binôme."
        late = await claire.post(f"{page}/proposer", revision="1", text=mine)
        assert late.status_code == 422
        # The newer text beside mine, word by word, each in the colour of its side; mine is in the form, ready to be sent.
        assert "Une version plus récente existe" in late.text
        assert re.search(r"Texte récent.*Votre texte", late.text, re.DOTALL)
        assert re.search(r'<ins class="cote-e">.*?et le samedi', late.text)
        assert re.search(
            r"<textarea[^>]*>\s*Le mardi et le samedi, de 14 h à 17 h\.\s+En binôme\.</textarea>", late.text
        )
        assert 'name="revision" value="2"' in late.text
        again = await claire.post(f"{page}/proposer", revision="2", text=mine)
        assert again.status_code == 303, again.text

        # The terms, the same way.
        terms = {
            "starts_on": "2027-01-01", "ends_on": "2029-12-31", "renewal": "never", "notice_months": "3",
            "meetings_per_year": "2", "reviews_per_year": "1",
        }  # fmt: skip
        assert (await odile.post(f"{url}/conditions/proposer", revision="1", **terms)).status_code == 303
        late = await claire.post(
            f"{url}/conditions/proposer", revision="1", **terms | {"meetings_per_year": "6"}
        )
        assert late.status_code == 422
        assert "Ce que les vôtres changeraient" in late.text
        assert re.search(r"<ins>.*?6\N{NO-BREAK SPACE}fois par an", late.text)
        assert 'name="meetings_per_year" type="text" value="6"' in late.text

        # A day that nothing is promised for is not dropped in silence: the reader is told, and the day is still there.
        day = await claire.post(
            f"{url}/conditions/proposer",
            revision="2",
            **terms | {"means_text_7": " ", "means_by_7": "all", "means_due_7": "2027-06-30"},
        )
        assert day.status_code == 422
        assert "Dites ce qui est promis pour ce jour" in day.text
        assert re.search(r'name="means_due_7"[^>]*value="2027-06-30"', day.text)


async def test_what_was_typed_for_an_article_that_went_is_kept(house: House, samples: Samples) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        url = await begin(claire, odile, samples)
        made = str(new_id())
        added = await odile.post(
            f"{url}/articles/nouveau", made_id=made, title="Stationnement", text="Une place."
        )
        assert added.status_code == 303, added.text
        page = f"{url}/articles/{made}"
        assert (await odile.post(f"{page}/retirer", revision="1")).status_code == 303
        late = await claire.post(f"{page}/proposer", revision="1", text="Deux places, le mardi et le jeudi.")
        assert late.status_code == 422
        assert "Votre texte est gardé" in late.text
        assert "Deux places, le mardi et le jeudi." in late.text
        assert "Proposer comme nouvel article" in late.text
        # What was said about it is kept as well, and so is the article for whoever follows a link to it.
        said = await claire.post(f"{page}/commenter", comment="Pourquoi pas deux ?")
        assert "Pourquoi pas deux ?" in said.text
        assert (await claire.post(f"{page}/accepter", revision="1")).status_code == 422
        gone = await claire.get(page)
        assert (gone.status_code, gone.headers["location"]) == (303, f"{page}/versions")
        kept = await claire.get(f"{page}/versions")
        assert "Main tendue a retiré cet article" in kept.text
        assert "Une place." in kept.text
        assert f'href="{page}"' in (await claire.get(f"{url}/historique")).text
        never = await claire.client.get(f"{url}/articles/{new_id()}", follow_redirects=True)
        assert never.status_code == 404


async def test_what_changed_since_the_last_reading_is_shown_until_it_is_read(
    house: House, samples: Samples
) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        url = await begin(claire, odile, samples)
        assert "Le texte de la convention" in (await claire.get(url)).text
        article = await clause(claire, samples[0], url, 4)
        made = str(new_id())
        await odile.post(f"{url}/articles/nouveau", made_id=made, title="Parking", text="Une place.")
        await odile.post(f"{url}/articles/{article['clause_id']}/proposer", revision="1", text="Le mardi.")
        changed = (await claire.get(url)).text
        assert "Ce qui a changé depuis votre dernière lecture" in changed
        assert "nouveau</span>" in changed
        assert re.search(r"<ins>.*?Une place\.", changed)
        version = (await shown(claire, samples[0], url))["version"]
        read = await claire.post(f"{url}/lu", version=str(version))
        assert read.status_code == 303, read.text
        assert "Le texte de la convention" in (await claire.get(url)).text
        await odile.post(f"{url}/articles/{made}/retirer", revision="1")
        assert re.search(r"Article retiré.*Parking", (await claire.get(url)).text)


async def test_a_clause_of_a_million_characters_is_refused_and_given_back(
    house: House, samples: Samples
) -> None:
    async with house.visitor() as claire, house.visitor() as odile:
        url = await begin(claire, odile, samples)
        article = await clause(claire, samples[0], url, 4)
        page = f"{url}/articles/{article['clause_id']}"
        long = "été " * 262_144
        refused = await claire.post(f"{page}/proposer", revision="1", text=long)
        assert refused.status_code == 422
        assert "20\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}caractères au plus" in refused.text
        assert long.rstrip() in refused.text
        added = await claire.post(f"{url}/articles/nouveau", title="Tout", text=long)
        assert added.status_code == 422
        assert long.rstrip() in added.text
        # What fills no form that a person fills in is refused before it is read, in words.
        flood = await claire.post(f"{page}/proposer", revision="1", text="é" * 2_000_000)
        assert flood.status_code == 413
        assert "votre saisie est encore dans le formulaire" in flood.text
        told = await claire.client.post(
            f"/api/v1{url}/clauses/{article['clause_id']}/proposals",
            json={"revision": 1, "text": "x" * 1_000_000},
            headers=samples[0].bearer,
        )
        assert told.status_code == 422, told.text
        assert told.json()["problems"][0]["field"] == "text"
