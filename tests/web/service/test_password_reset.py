"""A forgotten password: from the question to a new one, and everything that a link must not do."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from services.web.accounts.reset_links import find_reset, forget_expired, issue_reset_link
from services.web.accounts.reset_password import send_reset
from services.web.accounts.storage import Account, create_account
from services.web.gateway import Asking, Gateway
from shared.contracts.identifiers import PersonId, new_id
from shared.contracts.messages import Done
from shared.contracts.notifications.commands import SendPasswordReset
from shared.contracts.refusals import Trouble
from shared.contracts.web.commands import IssuePasswordResetLink
from shared.contracts.web.refusals import PasswordResetNotFound
from shared.kit.clock import now
from shared.kit.database import connected, transaction
from tests.journeys.mail import link_in, messages_to, wait_for_message
from tests.support.servers import PostgresForTests
from tests.web.service.conftest import House
from tests.web.service.visitor import Sample

ASK = "/mot-de-passe-oublie"
NEW_PASSWORD = "quatre canards jaunes au soleil"


async def link_of(house: House, sample: Sample) -> str:
    """A link's path, as notifications asks for it when the e-mail leaves."""
    link = await house.asker.ask(IssuePasswordResetLink(person_id=sample.person_id), timeout_seconds=10)
    assert timedelta(minutes=58) < link.expires_at - now() <= timedelta(hours=1)
    return urlsplit(link.url).path


async def test_from_the_question_to_a_new_password(house: House, claire: Sample) -> None:
    async with house.visitor() as elsewhere, house.visitor() as visitor:
        await elsewhere.sign_in(claire)
        assert f'href="{ASK}"' in (await visitor.get("/connexion")).text
        asked = await visitor.post(ASK, email=claire.email.upper())
        assert asked.status_code == 303
        assert "Regardez vos courriels" in (await visitor.get(asked.headers["location"])).text

        message = wait_for_message(house.data, claire.email, "nouveau mot de passe")
        path = urlsplit(link_in(message, f"{ASK}/")).path
        for _ in range(2):
            looked = await visitor.get(path)
            assert looked.status_code == 200
            assert claire.email in looked.text
        weak = await visitor.post(path, new_password="trop bref")
        assert weak.status_code == 422
        assert "Choisissez au moins 12" in weak.text
        assert "trop bref" not in weak.text
        assert (await elsewhere.get("/compte")).status_code == 200

        changed = await visitor.post(path, new_password=NEW_PASSWORD)
        assert (changed.status_code, changed.headers["location"]) == (303, "/")
        assert "Votre nouveau mot de passe est enregistré" in (await visitor.get("/")).text
        assert (await elsewhere.get("/compte")).status_code == 303
        assert (await elsewhere.get("/api/v1/me", headers=claire.bearer)).status_code == 401

        for again in (await visitor.get(path), await visitor.post(path, new_password=NEW_PASSWORD)):
            assert again.status_code == 404
            assert "Ce lien ne fonctionne plus" in again.text
        old = await elsewhere.post("/connexion", email=claire.email, password=claire.password)
        new = await elsewhere.post("/connexion", email=claire.email, password=NEW_PASSWORD)
        assert (old.status_code, new.status_code) == (401, 303)


async def test_the_answer_is_the_same_for_an_address_that_opens_nothing(house: House, claire: Sample) -> None:
    stranger = f"personne.{new_id().hex[-8:]}@exemple.fr"
    async with house.visitor() as visitor:
        answers = [await visitor.post(ASK, email=email) for email in (claire.email, stranger)]
    known, unknown = [(it.status_code, it.headers["location"], it.text) for it in answers]
    assert known == unknown
    # Hers has arrived; what would have been sent to the stranger was decided at the same moment.
    wait_for_message(house.data, claire.email, "nouveau mot de passe")
    assert messages_to(house.data, stranger) == []


async def test_asking_is_slowed_down_and_signing_in_is_not(house: House, claire: Sample) -> None:
    async with house.visitor() as visitor:
        answers = [await visitor.post(ASK, email=claire.email) for _ in range(6)]
        assert [it.status_code for it in answers] == [303] * 5 + [429]
        assert "Trop d’essais" in answers[-1].text
        assert claire.email in answers[-1].text
        await visitor.sign_in(claire)


@pytest.mark.parametrize("typed", ["", "claire", "claire@exemple"])
async def test_what_is_no_address_is_told_in_words_and_stays(house: House, typed: str) -> None:
    async with house.visitor() as visitor:
        answer = await visitor.post(ASK, email=typed)
    assert answer.status_code == 422
    assert "Indiquez une adresse électronique complète" in answer.text
    assert f'value="{typed}"' in answer.text


async def test_only_the_newest_link_works(house: House, claire: Sample) -> None:
    older, newer = await link_of(house, claire), await link_of(house, claire)
    async with house.visitor() as visitor:
        assert (await visitor.get(older)).status_code == 404
        assert (await visitor.post(older, new_password=NEW_PASSWORD)).status_code == 404
        assert (await visitor.get(newer)).status_code == 200


async def test_a_changed_password_ends_the_link_that_was_asked_for_before(
    house: House, claire: Sample
) -> None:
    path = await link_of(house, claire)
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
        fields = {"current_password": claire.password, "new_password": NEW_PASSWORD}
        assert (await visitor.post("/compte/mot-de-passe", **fields)).status_code == 303
        assert (await visitor.get(path)).status_code == 404


async def test_another_site_can_neither_ask_nor_choose(house: House, claire: Sample) -> None:
    path = await link_of(house, claire)
    headers = {"sec-fetch-site": "cross-site", "origin": "https://ailleurs.example"}
    async with httpx.AsyncClient(base_url=house.url, headers=headers) as other:
        asked = await other.post(ASK, data={"email": claire.email})
        chosen = await other.post(path, data={"new_password": NEW_PASSWORD})
    assert (asked.status_code, chosen.status_code) == (403, 403)


async def test_unknown_links_open_nothing(house: House) -> None:
    async with house.visitor() as visitor:
        for token in ("x", "A" * 43, "%00", "é"):
            assert (await visitor.get(f"{ASK}/{token}")).status_code == 404, token


async def test_there_is_no_link_without_an_account(house: House) -> None:
    with pytest.raises(PasswordResetNotFound):
        await house.asker.ask(IssuePasswordResetLink(person_id=PersonId(new_id())), timeout_seconds=10)


async def test_a_link_is_stored_hashed_and_ends_after_an_hour(postgres: PostgresForTests) -> None:
    database = postgres.create("web")
    account = Account(PersonId(new_id()), "claire@exemple.fr", "hash")
    try:
        async with connected(database.url) as db, transaction(db, actor=None) as tx:
            await create_account(tx, account, now())
            issued = await issue_reset_link(tx, account.person_id, now())
            assert issued
            secret, expires_at = issued
            assert await find_reset(tx, secret, now()) == account
            assert await find_reset(tx, secret, expires_at) is None
            assert secret.encode() not in await tx.fetchval("SELECT secret_hash FROM password_resets")
            await forget_expired(tx, expires_at + timedelta(seconds=1))
            assert await tx.fetchval("SELECT count(*) FROM password_resets") == 0
    finally:
        postgres.drop(database)


class Restarting(Asking):
    """Notifications, away the first time."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    async def ask(self, request: Any, **_: Any) -> Any:
        self.asked.append(request)
        if len(self.asked) == 1:
            raise Trouble("restarting")
        return Done()


async def test_a_service_that_restarts_is_asked_again(
    postgres: PostgresForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.web.accounts.reset_password._PAUSES_SECONDS", (0.0, 0.0))
    database, notifications = postgres.create("web"), Restarting()
    account = Account(PersonId(new_id()), "claire@exemple.fr", "hash")
    try:
        async with connected(database.url) as db:
            async with transaction(db, actor=None) as tx:
                await create_account(tx, account, now())
            await send_reset(db, Gateway(notifications), account.email)
            await send_reset(db, Gateway(notifications), "personne@exemple.fr")
    finally:
        postgres.drop(database)
    assert notifications.asked == [SendPasswordReset(person_id=account.person_id)] * 2
