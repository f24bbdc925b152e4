"""One's own account, and the way in for whoever is invited."""

import re
from datetime import timedelta

import httpx

from services.web.accounts import invitations
from shared.contracts.identifiers import MandateId, PersonId, new_id
from shared.contracts.web.commands import CreateAccount, InvitationLink, IssueInvitationLink
from shared.kit.clock import now
from shared.kit.database import connected, transaction
from tests.support.eventually import eventually
from tests.support.servers import PostgresForTests
from tests.web.service.conftest import House
from tests.web.service.test_journey import draft
from tests.web.service.visitor import Sample, Visitor

NEW_PASSWORD = "quatre canards jaunes au soleil"


async def invite_newcomer(house: House, hers: Visitor, odile: Sample) -> tuple[str, str]:
    """Claire invites somebody of the other side whom nobody knows; returns the convention's and the link's paths."""
    return await invite(house, hers, odile, f"nadia.{new_id().hex[-8:]}@exemple.fr")


async def invite(house: House, hers: Visitor, odile: Sample, email: str) -> tuple[str, str]:
    """Claire invites whoever reads that address."""
    url = await draft(hers, odile)
    invited = await hers.post(
        f"{url}/referents/inviter",
        organization_id=str(odile.organization_id),
        given_name="Nadia",
        family_name="Belkacem",
        email=email,
    )
    assert invited.status_code == 303, invited.text

    async def mandate() -> tuple[str, str] | None:
        page = await hers.client.get(f"/api/v1{url}/mandates")
        theirs = str(odile.organization_id)
        found = [it for it in page.json()["mandates"] if it["organization_id"] == theirs]
        return (found[0]["mandate_id"], found[0]["person_id"]) if found else None

    known = await eventually(mandate)
    assert known
    mandate_id, person_id = known
    link: InvitationLink = await house.asker.ask(
        IssueInvitationLink.model_validate({"person_id": person_id, "mandate_id": mandate_id}),
        timeout_seconds=10,
    )
    assert link.url.startswith(house.url)
    assert timedelta(days=13) < link.expires_at - now() < timedelta(days=15)
    return url, link.url.removeprefix(house.url)


async def test_a_newcomer_follows_the_link_chooses_a_password_and_can_act(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as newcomer:
        await hers.sign_in(claire)
        url, link = await invite_newcomer(house, hers, odile)
        for _ in range(2):
            page = await newcomer.get(link)
            assert page.status_code == 200, "looking uses nothing"
            assert "Hôpital de Bellerive vous invite" in page.text
            assert "Écoute en oncologie" in page.text

        weak = await newcomer.post(
            link, given_name="Nadia", family_name="Belkacem-Roy", function="", password="trop bref"
        )
        assert weak.status_code == 422
        assert "Belkacem-Roy" in weak.text
        assert "trop bref" not in weak.text
        assert "Dites votre fonction" in weak.text

        accepted = await newcomer.post(
            link, given_name="Nadia", family_name="Belkacem-Roy", function="Trésorière", password=NEW_PASSWORD
        )
        assert accepted.headers["location"] == url, accepted.text
        page = await newcomer.get(url)
        assert "Nadia Belkacem-Roy" in page.text
        assert "Main tendue" in page.text
        again = await newcomer.get(link)
        assert again.status_code == 404
        assert "Ce lien ne fonctionne plus" in again.text


async def test_whoever_is_invited_may_decline_without_an_account(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as newcomer:
        await hers.sign_in(claire)
        url, link = await invite_newcomer(house, hers, odile)
        declined = await newcomer.post(f"{link}/refuser")
        assert declined.status_code == 200
        assert "Votre refus est enregistré" in declined.text
        assert (await newcomer.get(link)).status_code == 404
        assert "a décliné" in (await hers.get(f"{url}/referents")).text


async def test_an_invitation_for_somebody_else_asks_her_to_sign_in(
    house: House, claire: Sample, odile: Sample
) -> None:
    """On a shared computer, somebody else may still be in: the way to sign in must not lead back to the link."""
    async with house.visitor() as shared:
        await shared.sign_in(claire)
        _, link = await invite(house, shared, odile, odile.email)
        sent = await shared.get(link)
        assert sent.headers["location"] == f"/connexion?suite={link}"
        page = await shared.get(sent.headers["location"])
        assert page.status_code == 200
        assert "Cet appareil est connecté au nom de Claire Vasseur" in page.text
        entered = await shared.post("/connexion", email=odile.email, password=odile.password, suite=link)
        assert entered.headers["location"] == link
        assert (await shared.get(link)).status_code == 200


async def test_another_site_cannot_bring_a_reader_in_by_its_own_invitation(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as hers, house.visitor() as victim:
        await hers.sign_in(claire)
        _, link = await invite_newcomer(house, hers, odile)
        victim.client.headers["sec-fetch-site"] = "cross-site"
        for path in (link, f"{link}/refuser"):
            refused = await victim.post(path, function="Trésorière", password=NEW_PASSWORD)
            assert refused.status_code == 403
            assert not refused.cookies
        victim.client.headers["sec-fetch-site"] = "same-origin"
        assert (await victim.get(link)).status_code == 200


async def test_accepting_ends_the_session_that_the_browser_had(
    house: House, claire: Sample, odile: Sample
) -> None:
    async with house.visitor() as shared, house.visitor() as before:
        await shared.sign_in(claire)
        _, link = await invite_newcomer(house, shared, odile)
        before.client.cookies = httpx.Cookies(shared.client.cookies)
        accepted = await shared.post(
            link, given_name="Nadia", family_name="Belkacem", function="Trésorière", password=NEW_PASSWORD
        )
        assert accepted.status_code == 303, accepted.text
        assert (await before.get("/compte")).headers["location"].startswith("/connexion")


async def test_unknown_links_open_nothing(house: House) -> None:
    async with house.visitor() as visitor:
        for token in ("x", "A" * 43, "%00", "é"):
            answer = await visitor.get(f"/invitation/{token}")
            assert answer.status_code == 404, token


async def test_an_expired_link_opens_nothing(postgres: PostgresForTests) -> None:
    database = postgres.create("web")
    try:
        async with connected(database.url) as db, transaction(db, actor=None) as tx:
            secret, expires_at = await invitations.issue_invitation(
                tx, PersonId(new_id()), MandateId(new_id()), now()
            )
            assert await invitations.find_invitation(tx, secret, now())
            assert await invitations.find_invitation(tx, secret, expires_at + timedelta(seconds=1)) is None
            assert secret.encode() not in await tx.fetchval("SELECT secret_hash FROM invitations")
    finally:
        postgres.drop(database)


async def test_a_new_password_ends_every_other_session(house: House, claire: Sample) -> None:
    async with house.visitor() as first, house.visitor() as second:
        await first.sign_in(claire)
        await second.sign_in(claire)
        weak = await first.post(
            "/compte/mot-de-passe", current_password=claire.password, new_password=claire.email
        )
        assert weak.status_code == 422
        assert "votre adresse électronique" in weak.text
        wrong = await first.post(
            "/compte/mot-de-passe", current_password="pas le bon", new_password=NEW_PASSWORD
        )
        assert wrong.status_code == 422
        changed = await first.post(
            "/compte/mot-de-passe", current_password=claire.password, new_password=NEW_PASSWORD
        )
        assert changed.status_code == 303
        assert "Votre mot de passe est changé" in (await first.get("/compte")).text
        assert (await second.get("/compte")).status_code == 303


async def test_one_sees_and_ends_ones_own_sessions_only(house: House, claire: Sample, odile: Sample) -> None:
    async with house.visitor() as first, house.visitor() as second, house.visitor() as stranger:
        await first.sign_in(claire)
        await second.sign_in(claire)
        await stranger.sign_in(odile)
        found = re.search(r"/compte/sessions/([0-9a-f-]{36})/terminer", (await first.get("/compte")).text)
        assert found
        path = f"/compte/sessions/{found.group(1)}/terminer"
        assert (await stranger.post(path)).status_code == 404
        assert (await second.get("/compte")).status_code == 200
        assert (await first.post(path)).status_code == 303
        assert (await second.get("/compte")).status_code == 303


async def test_creating_an_account_twice_changes_nothing(house: House, claire: Sample) -> None:
    again = CreateAccount(person_id=claire.person_id, email=claire.email, password=NEW_PASSWORD)
    await house.asker.ask(again, timeout_seconds=10)
    async with house.visitor() as visitor:
        await visitor.sign_in(claire)
