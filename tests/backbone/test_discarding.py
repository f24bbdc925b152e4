"""Giving up what waits in quarantine: only what its owner has takes its place in a history with it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest

from shared.backbone.owners_log import LogReader
from shared.contracts.operations import DiscardQuarantined, ListQuarantine, ReplayQuarantined, Resolution
from shared.kit.asking import Asker
from shared.kit.database import Database
from shared.kit.service import connected_client
from tests.backbone.conftest import Counted, log, registered
from tests.backbone.quarantined import Reader, only_one, quarantining, versions_waiting
from tests.support.foreign import ForeignService
from tests.support.servers import NatsForTests


@pytest.fixture
async def service(
    reader: Database, nats_server: NatsForTests, foreign: ForeignService
) -> AsyncGenerator[Reader]:
    async with quarantining(reader, nats_server, foreign) as it:
        yield it


@pytest.fixture
async def owner(producer: Database, nats_server: NatsForTests) -> AsyncGenerator[Database]:
    """The producer, which reads out its log."""
    async with (
        connected_client(nats_server.url("contacts"), service="contacts") as client,
        AsyncExitStack() as stack,
    ):
        await LogReader(producer, client, service="contacts").answering(stack)
        await client.flush()
        yield producer


async def test_discarded_it_lets_pass_what_waits_behind_it(
    service: Reader, owner: Database, operator: Asker
) -> None:
    broken = Counted()
    service.breaks_on(broken, 2)
    await log(owner, broken, 4)
    await service.receive_logged(owner, broken)
    discarded = await operator.ask(DiscardQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (discarded.resolution, discarded.released) == (Resolution.DISCARDED, 2)
    assert await service.applied(broken) == [1, 3, 4]
    assert await versions_waiting(operator) == []
    # It may come again, from the stream or from its owner's log.
    await service.receive_logged(owner, broken)
    assert await versions_waiting(operator) == []


@pytest.mark.parametrize("version", [1, 2, 9])
async def test_what_its_owner_does_not_have_is_discarded_without_passing_over_the_true_event_of_its_version(
    service: Reader, owner: Database, operator: Asker, version: int
) -> None:
    told = Counted()
    await log(owner, told)
    await service.receive_logged(owner, told)
    forged = service.foreign.envelope(registered(told.id), version=version)
    await service.put_aside(forged.headers(), forged.data, "poison", forged)
    discarded = await operator.ask(DiscardQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert discarded.resolution is Resolution.DISCARDED
    assert await versions_waiting(operator) == []
    await log(owner, told, 2)
    await service.receive_logged(owner, told, after=1)
    assert await service.applied(told) == [1, 2, 3]


async def test_while_its_owner_is_silent_nothing_is_discarded(service: Reader, operator: Asker) -> None:
    broken = Counted()
    service.breaks_on(broken, 1)
    for version in (1, 2):
        await service.receive(broken, version)
    outcome = await operator.ask(
        DiscardQuarantined(quarantine_id=await only_one(operator)), at="projects", timeout_seconds=10
    )
    assert outcome.resolution is None
    assert outcome.reason.startswith("contacts does not answer, and only it knows")
    (message,) = (await operator.ask(ListQuarantine(), at="projects")).messages
    assert message.reason == "poison"
    assert await service.parked() == 1


async def test_what_says_that_it_is_anothers_has_no_place_in_the_history_of_whom_it_came_from(
    service: Reader, owner: Database, operator: Asker
) -> None:
    told = Counted()
    await log(owner, told)
    forged = service.foreign.envelope(registered(told.id), version=1, source="urn:entente:projects")
    await service.put_aside(forged.headers(), forged.data, "forged")
    quarantine_id = await only_one(operator)
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=quarantine_id), at="projects")
    assert replayed.reason == f"says that it is {forged.type} of urn:entente:projects"
    await operator.ask(DiscardQuarantined(quarantine_id=quarantine_id), at="projects")
    await service.receive_logged(owner, told)
    assert await service.applied(told) == [1]


async def test_what_has_no_place_in_a_history_is_discarded_alone(service: Reader, operator: Asker) -> None:
    await service.put_aside({}, b"?", "unreadable")
    discarded = await operator.ask(DiscardQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (discarded.resolution, discarded.released) == (Resolution.DISCARDED, 0)
    assert await versions_waiting(operator) == []
