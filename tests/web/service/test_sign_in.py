"""Coming in, staying in, leaving."""

import html
import re

import httpx

from tests.web.service.conftest import House
from tests.web.service.visitor import Sample


async def test_the_right_password_opens_a_session_that_scripts_cannot_read(
    house: House, claire: Sample
) -> None:
    async with house.visitor() as visitor:
        answer = await visitor.post("/connexion", email=claire.email.upper(), password=claire.password)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("entente=")
        for word in ("HttpOnly", "SameSite=lax", "Path=/"):
            assert word.lower() in cookie.lower()
        page = await visitor.get("/compte")
        assert page.status_code == 200
        assert "Claire Vasseur" in page.text
        assert "Firefox sur Linux" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_wrong_password_and_an_unknown_account_read_the_same(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        wrong = await visitor.post("/connexion", email=claire.email, password="pas le bon du tout")
        unknown = await visitor.post("/connexion", email="personne@exemple.fr", password="pas le bon du tout")
    assert wrong.status_code == unknown.status_code == 401
    assert "est incorrect" in wrong.text
    assert wrong.text.replace(claire.email, "") == unknown.text.replace("personne@exemple.fr", "")


async def test_guessing_is_slowed_down_and_the_right_password_waits_too(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        for _ in range(9):
            guess = await visitor.post("/connexion", email=claire.email, password="pas le bon du tout")
            if guess.status_code == 429:
                break
        slowed = await visitor.post("/connexion", email=claire.email, password=claire.password)
    assert slowed.status_code == 429
    assert "Trop d’essais" in slowed.text


async def test_leaving_ends_the_session_on_the_server(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        secret = visitor.client.cookies["entente"]
        assert (await visitor.post("/deconnexion")).headers["location"] == "/connexion"
        visitor.client.cookies.clear()
        kept = await visitor.get("/compte", headers={"cookie": f"entente={secret}"})
    assert kept.status_code == 303
    assert kept.headers["location"] == "/connexion?suite=%2Fcompte"


async def test_signing_in_changes_the_secret(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        first = visitor.client.cookies["entente"]
        await visitor.sign_in(claire)
        assert visitor.client.cookies["entente"] != first
        visitor.client.cookies.clear()
        old = await visitor.get("/compte", headers={"cookie": f"entente={first}"})
    assert old.status_code == 303


async def test_another_site_cannot_send_a_form_for_somebody(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        cookie = {"cookie": f"entente={visitor.client.cookies['entente']}"}
    async with httpx.AsyncClient(base_url=house.url, headers=cookie) as other:
        silent = await other.post("/deconnexion")
        foreign = await other.post("/deconnexion", headers={"origin": "https://ailleurs.example"})
        cross = await other.post("/deconnexion", headers={"sec-fetch-site": "cross-site"})
        assert [it.status_code for it in (silent, foreign, cross)] == [403, 403, 403]
        assert (await other.get("/compte")).status_code == 200


async def test_after_signing_in_one_goes_where_one_wanted_but_never_elsewhere(
    house: House, claire: Sample
) -> None:
    async with house.visitor() as visitor:
        there = await visitor.post(
            "/connexion", email=claire.email, password=claire.password, suite="/compte"
        )
        away = await visitor.post(
            "/connexion", email=claire.email, password=claire.password, suite="//ailleurs.fr"
        )
    assert (there.headers["location"], away.headers["location"]) == ("/compte", "/")


async def test_unprintable_words_are_a_wrong_account_like_any_other(house: House) -> None:
    async with house.visitor() as visitor:
        for email in (
            "\x00",
            "a\x00@exemple.fr",
            "\ud800@exemple.fr".encode("utf-8", "replace").decode(),
            "é" * 10_000,
        ):
            answer = await visitor.post("/connexion", email=email, password="pas le bon du tout")
            assert answer.status_code in {401, 429}


async def test_what_was_typed_stays_and_the_password_does_not(house: House) -> None:
    async with house.visitor() as visitor:
        answer = await visitor.post("/connexion", email="claire@exemple.fr", password="")
    assert answer.status_code == 422
    assert "claire@exemple.fr" in answer.text
    assert "Remplissez ce champ" in answer.text


async def test_what_was_typed_after_the_session_had_ended_is_carried_through_sign_in(
    house: House, claire: Sample
) -> None:
    typed = "Les bénévoles passent le mardi,\r\nà quatorze heures."
    async with house.visitor() as visitor:
        late = await visitor.post("/compte/jetons", remarque=typed, password="mon secret")
        assert late.status_code == 401
        assert "Votre session avait pris fin" in late.text
        carried = hidden_fields(late.text)
        assert "mon secret" not in late.text
        wrong = await visitor.client.post(
            "/connexion", data=carried | {"email": claire.email, "password": "pas le bon du tout"}
        )
        assert hidden_fields(wrong.text) == carried
        back = await visitor.client.post(
            "/connexion", data=carried | {"email": claire.email, "password": claire.password}
        )
        assert back.status_code == 200
        assert 'action="/compte/jetons"' in back.text
        assert hidden_fields(back.text) == {"remarque": typed}
        assert (await visitor.get("/compte")).status_code == 200


async def test_another_site_cannot_plant_a_form_into_sign_in(house: House) -> None:
    async with house.visitor() as visitor:
        planted = await visitor.client.post(
            "/compte/jetons", data={"remarque": "planted"}, headers={"sec-fetch-site": "cross-site"}
        )
        assert planted.status_code in {303, 403}
        assert "planted" not in planted.text


async def test_a_form_that_leads_elsewhere_is_not_carried(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        back = await visitor.post(
            "/connexion",
            email=claire.email,
            password=claire.password,
            kept_address="//elsewhere.example",
            kept_field_a="b",
        )
    assert (back.status_code, back.headers["location"]) == (303, "/")


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "suite"}
