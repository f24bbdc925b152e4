"""Templates through the pages: written, changed by two at once, shared, copied, put aside, and begun from."""

import re
import secrets
from collections.abc import AsyncGenerator
from html import unescape

import pytest

from shared.contracts.values import Side
from tests.support.eventually import eventually
from tests.web.service.conftest import House, enroll
from tests.web.service.visitor import Sample, Visitor

_FIELDS = re.compile(
    r'<input[^>]*? name="([a-z_0-9]+)"[^>]*? value="([^"]*)"|'
    r'<textarea[^>]*? name="([a-z_0-9]+)"[^>]*>\n([^<]*)</textarea>',
    re.DOTALL,
)
_KEPT = ("rows", "revision", "made_id", "title", "use", "notice_months", "meetings_per_year")


@pytest.fixture
async def odile(house: House) -> Sample:
    """Of an association that a search finds by its name: many tests make one, and all of them are there."""
    name = f"Main tendue de {secrets.token_hex(4)}"
    return await enroll(house, Side.ASSOCIATION, name, "Odile", "Marchand", administrator=True)


@pytest.fixture
async def hospital(house: House, claire: Sample) -> AsyncGenerator[Visitor]:
    """Claire's browser, signed in."""
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        yield visitor


@pytest.fixture
async def association(house: House, odile: Sample) -> AsyncGenerator[Visitor]:
    """Odile's browser, signed in."""
    async with house.visitor() as visitor:
        await visitor.sign_in(odile)
        yield visitor


def filled(page: str) -> dict[str, str]:
    """What the form of a template holds, as a browser would send it."""
    found: dict[str, str] = {}
    for name, value, area, text in _FIELDS.findall(page):
        if (name or area) in _KEPT or re.match(r"(title|text|rank)_\d", name or area):
            found[name or area] = unescape(value or text)
    chosen = re.search(r'<option value="([a-z_]+)" selected', page)
    assert chosen
    return found | {"base": chosen.group(1), "renewal": "never"}


async def written(visitor: Visitor, start: str, **given: str) -> str:
    """A new template; returns its address."""
    page = await visitor.get(f"/modeles/nouveau?{start}")
    assert page.status_code == 200, page.text
    made = await visitor.post("/modeles/nouveau", **filled(page.text) | given, step="save")
    assert made.status_code == 303, made.text
    return made.headers["location"]


async def test_a_template_is_made_from_the_law_and_a_convention_begins_with_it(
    hospital: Visitor, odile: Sample
) -> None:
    start = await hospital.get("/modeles/nouveau")
    assert "De quoi partez-vous" in start.text
    url = await written(hospital, "depart=volunteers_in_hospital")
    page = await hospital.get(url)
    assert page.text.count("obligatoire</span>") == 11
    assert "Modifier" in page.text
    offered = await hospital.get(f"/conventions/nouvelle?avec={odile.organization_id}")
    chosen = f"{url.removeprefix('/modeles/')}:1"
    assert f'value="{chosen}"' in offered.text
    answers = {
        "with": str(odile.organization_id),
        "title": "Écoute en oncologie",
        "aim": "Tenir une permanence d’écoute.",
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "template": chosen,
    }
    check = await hospital.client.post("/conventions/nouvelle", data=answers | {"step": "check"})
    assert "Vérifiez vos réponses" in check.text
    made = await hospital.client.post("/conventions/nouvelle", data=answers | {"step": "create"})
    assert made.status_code == 303, made.text
    convention = made.headers["location"].removesuffix("/referents")
    assert "1 convention commencée" in re.sub(r"\s", " ", (await hospital.get(url)).text)
    again = await hospital.get(f"/modeles/nouveau?convention={convention.removeprefix('/conventions/')}")
    assert "Préparation du personnel" in again.text
    # It was changed meanwhile: the form comes back, with all that was typed.
    form = filled((await hospital.get(f"{url}/modifier")).text)
    changed = await hospital.post(f"{url}/modifier", **form | {"title": "Autre titre"}, step="save")
    assert changed.status_code == 303, changed.text
    late = await hospital.client.post("/conventions/nouvelle", data=answers | {"step": "create"})
    assert late.status_code == 422
    assert "Écoute en oncologie" in late.text


async def test_the_form_grows_and_always_holds_what_the_law_asks(hospital: Visitor) -> None:
    blank = filled((await hospital.get("/modeles/nouveau?depart=vide")).text)
    assert blank["rows"] == "1"
    more = await hospital.post("/modeles/nouveau", **blank, clause="insurance", step="add")
    grown = filled(more.text)
    assert grown["rows"] == "2"
    assert grown["title_1"] == "Assurance"
    legal = await hospital.post(
        "/modeles/nouveau", **grown | {"title": "Le mien", "base": "end_of_life"}, step="save"
    )
    assert legal.status_code == 422
    assert "cadre légal demande" in legal.text
    completed = filled(legal.text) | {"base": "end_of_life"}
    assert completed["rows"] == "15"
    kept = await hospital.post("/modeles/nouveau", **completed, step="save")
    assert kept.status_code == 303, kept.text
    page = (await hospital.get(kept.headers["location"])).text
    assert page.count("obligatoire</span>") == 13
    assert "Assurance" in page


async def test_two_people_who_change_one_template_lose_no_word(hospital: Visitor) -> None:
    url = await written(hospital, "depart=partnership")
    form = filled((await hospital.get(f"{url}/modifier")).text)
    first = form | {"text_0": "Le premier texte."}
    second = form | {"text_0": "Le second texte.", "text_1": ""}
    assert (await hospital.post(f"{url}/modifier", **first, step="save")).status_code == 303
    wrong = await hospital.post(f"{url}/modifier", **second, step="save")
    assert wrong.status_code == 422
    conflict = await hospital.post(f"{url}/modifier", **second | {"text_1": "Dit."}, step="save")
    assert "Une version plus récente existe" in conflict.text
    assert re.search(r"<ins>[^<]*<span[^>]*>[^<]*</span>[^<]*premier", conflict.text)
    mine = filled(conflict.text)
    assert mine["text_0"] == "Le second texte."
    assert (await hospital.post(f"{url}/modifier", **mine, step="save")).status_code == 303
    history = await hospital.get(f"{url}/versions")
    assert "Version 3" in history.text
    old = await hospital.get(f"{url}?version=2")
    assert "Le premier texte." in old.text
    assert "remplacée depuis" in old.text
    # Taken up again, out of order, without one of its articles.
    back = filled((await hospital.get(f"{url}/modifier?version=2")).text)
    assert back["revision"] == "3"
    await hospital.post(f"{url}/modifier", **back | {"rank_0": "90", "out_1": "oui"}, step="save")
    page = (await hospital.get(url)).text
    assert "Article 9. <bdi>Objet" in page
    assert "Rôle de chaque partie" not in page


async def test_a_template_is_shared_copied_and_put_aside(
    hospital: Visitor, association: Visitor, claire: Sample, odile: Sample
) -> None:
    url = await written(hospital, "depart=partnership", use="Pour nos projets.")
    assert (await association.get(url)).status_code == 404
    other = str(odile.organization_id)
    searched = await hospital.post(
        f"{url}/partage", revision="1", sharing="named", q=odile.organization, step="search"
    )
    assert f'value="{other}"' in searched.text
    nobody = await hospital.post(f"{url}/partage", revision="1", sharing="named", step="check")
    assert nobody.status_code == 422
    answers = {"revision": "1", "sharing": "named", "with": other}
    check = await hospital.post(f"{url}/partage", **answers, step="check")
    assert "Vérifiez vos réponses" in check.text
    assert odile.organization in check.text

    async def shared() -> bool:
        return (await hospital.post(f"{url}/partage", **answers, step="share")).status_code == 303

    await eventually(shared)
    theirs = await association.get(url)
    assert "Copier pour l’adapter" in theirs.text
    assert "Pour nos projets." in (await association.get("/modeles")).text

    async def told() -> bool:
        inbox = (await association.get("/boite?tiroir=a-lire")).text
        return f"{claire.organization} partage avec votre organisation le modèle «" in inbox and url in inbox

    await eventually(told)
    assert (await association.get(f"{url}/versions")).status_code == 404
    refused = await association.post(f"{url}/archiver")
    assert refused.status_code == 422
    copied = await association.post(f"{url}/copier", revision="1")
    assert copied.status_code == 303, copied.text
    mine = await association.get(copied.headers["location"].removesuffix("/modifier"))
    assert claire.organization in mine.text
    assert "version 1" in mine.text
    assert (await hospital.post(f"{url}/archiver")).status_code == 303
    assert (await association.get(url)).status_code == 404
    assert url in (await hospital.get("/modeles?archives=1")).text
    assert (await hospital.post(f"{url}/reprendre")).status_code == 303
    assert (await association.get(url)).status_code == 200


async def test_models_are_read_before_they_are_used(hospital: Visitor) -> None:
    page = await hospital.get("/modeles")
    assert "/modeles/maison/end_of_life" in page.text
    model = await hospital.get("/modeles/maison/end_of_life")
    assert "Charte de l’association" in model.text or "Charte de l&#39;association" in model.text
    assert (await hospital.get("/modeles/maison/inconnu")).status_code == 404
