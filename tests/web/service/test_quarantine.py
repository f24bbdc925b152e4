"""The pages of operation: an operator treats what waits in quarantine; to everybody else they do not exist."""

import re
from collections.abc import AsyncGenerator

import httpx
import pytest
from nats.js import JetStreamContext

from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.operations import DiscardQuarantined, ListQuarantine, QuarantinedView
from shared.contracts.values import Side
from shared.contracts.web.commands import AddOperator, RemoveOperator
from shared.contracts.web.queries import ListOperators
from shared.contracts.web.refusals import AccountNotFound
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.web.service.conftest import House
from tests.web.service.visitor import Sample, Visitor

HOME = "/exploitation/quarantaine"
SERVICE = "notifications"


async def waiting(house: House) -> list[QuarantinedView]:
    return list((await house.asker.ask(ListQuarantine(limit=200), at=SERVICE, timeout_seconds=10)).messages)


@pytest.fixture
async def message(house: House) -> AsyncGenerator[QuarantinedView]:
    """A message of contacts that notifications and projects cannot read, and what holds it back."""
    before = {it.quarantine_id for it in await waiting(house)}
    jetstream: JetStreamContext = house.operator.jetstream()
    envelope = ForeignService(house.operator).envelope(
        OrganizationRegistered(organization_id=OrganizationId(new_id()), side=Side.ASSOCIATION)
    )
    headers = envelope.headers() | {"ce-specversion": "9.9"}
    await jetstream.publish(envelope.type, envelope.data, headers=headers, timeout=5)

    async def arrived() -> QuarantinedView | None:
        found = [it for it in await waiting(house) if it.quarantine_id not in before]
        return found[0] if found else None

    quarantined = await eventually(arrived)
    assert quarantined
    yield quarantined
    for service in ("notifications", "projects"):
        left = await house.asker.ask(ListQuarantine(limit=200), at=service, timeout_seconds=10)
        for it in left.messages:
            await house.asker.ask(
                DiscardQuarantined(quarantine_id=it.quarantine_id), at=service, timeout_seconds=10
            )


@pytest.fixture
async def operator(house: House, claire: Sample) -> AsyncGenerator[Visitor]:
    """Claire's browser; her account is an operator's for now."""
    await house.asker.ask(AddOperator(email=claire.email), timeout_seconds=10)
    async with house.visitor() as hers:
        await hers.sign_in(claire)
        yield hers
    await house.asker.ask(RemoveOperator(email=claire.email), timeout_seconds=10)


def address(message: QuarantinedView, act: str = "") -> str:
    return f"{HOME}/{SERVICE}/{message.quarantine_id}{act}"


async def test_an_operator_sees_what_waits_and_all_that_it_says(
    operator: Visitor, message: QuarantinedView
) -> None:
    listed = await operator.get(HOME)
    assert listed.status_code == 200
    assert address(message) in listed.text
    assert "unreadable envelope" in listed.text
    assert "Il ne respecte pas le contrat de son producteur." in listed.text
    shown = await operator.get(address(message))
    assert shown.status_code == 200
    assert "9.9" in shown.text
    assert message.type in shown.text
    assert "Rejouer" in shown.text


async def test_a_replay_that_fails_again_says_so(operator: Visitor, message: QuarantinedView) -> None:
    answer = await operator.post(address(message, "/rejouer"))
    assert answer.status_code == 409
    assert "Le message attend toujours" in answer.text
    assert "unreadable envelope" in answer.text


async def test_discarding_asks_first_and_says_what_became_of_it(
    operator: Visitor, message: QuarantinedView, house: House
) -> None:
    asked = await operator.get(address(message, "/ecarter"))
    assert "Son effet manquera pour toujours" in asked.text
    assert message.quarantine_id in {it.quarantine_id for it in await waiting(house)}
    done = await operator.post(address(message, "/ecarter"))
    assert (done.status_code, done.headers["location"]) == (303, HOME)
    listed = await operator.get(HOME)
    assert "Le message est écarté." in listed.text
    assert address(message) not in listed.text
    # Its own page stays, and offers nothing any more; a second click changes nothing.
    shown = await operator.get(address(message))
    assert "Ce message n’attend plus." in shown.text
    assert "Rejouer" not in shown.text
    again = await operator.post(address(message, "/rejouer"))
    assert again.status_code == 303
    assert "n’attendait plus" in (await operator.get(HOME)).text


async def test_what_does_not_exist_is_not_found(operator: Visitor) -> None:
    for path in (f"{HOME}/notifications/999999", f"{HOME}/notifications/0", f"{HOME}/web/1", f"{HOME}/x/1"):
        for answer in (await operator.get(path), await operator.post(f"{path}/rejouer")):
            assert answer.status_code == 404


async def test_to_everybody_else_the_pages_do_not_exist(
    house: House, odile: Sample, message: QuarantinedView
) -> None:
    gets = [HOME, address(message), address(message, "/ecarter")]
    posts = [address(message, "/rejouer"), address(message, "/ecarter")]
    async with house.visitor() as hers, house.visitor() as nobody:
        await hers.sign_in(odile)
        for visitor in (hers, nobody):
            nowhere = await visitor.get("/nulle-part")
            answers = [await visitor.get(it) for it in gets] + [await visitor.post(it) for it in posts]
            for answer in answers:
                assert answer.status_code == 404
                assert _same(answer) == _same(nowhere)
        assert "/exploitation" not in (await hers.get("/")).text
    (kept,) = [it for it in await waiting(house) if it.quarantine_id == message.quarantine_id]
    assert kept == message


def _same(answer: httpx.Response) -> str:
    """The page, but for the number that is given to support."""
    return re.sub(r"<code>[0-9a-f]{32}</code>", "", answer.text)


async def test_a_token_opens_no_page(house: House, claire: Sample, operator: Visitor) -> None:
    async with httpx.AsyncClient(base_url=house.url, headers=claire.bearer) as program:
        assert (await program.get(HOME)).status_code == 404


async def test_another_site_cannot_act_for_an_operator(operator: Visitor, message: QuarantinedView) -> None:
    answer = await operator.client.post(
        address(message, "/ecarter"),
        headers={"sec-fetch-site": "cross-site", "origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403


async def test_who_is_no_longer_an_operator_is_out_at_once(
    house: House, claire: Sample, operator: Visitor
) -> None:
    assert (await operator.get(HOME)).status_code == 200
    assert "/exploitation/quarantaine" in (await operator.get("/")).text
    assert claire.email in {it.email for it in (await house.asker.ask(ListOperators())).operators}
    await house.asker.ask(RemoveOperator(email=claire.email))
    assert (await operator.get(HOME)).status_code == 404
    assert claire.email not in {it.email for it in (await house.asker.ask(ListOperators())).operators}


async def test_an_account_that_does_not_exist_cannot_become_an_operators(house: House) -> None:
    for command in (AddOperator, RemoveOperator):
        with pytest.raises(AccountNotFound):
            await house.asker.ask(command(email="nobody@exemple.fr"))
