"""What operators do with messages that nobody could apply: look at them, try them again, give them up."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from shared.backbone import waiting
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.operations import (
    DiscardQuarantined,
    InspectQuarantined,
    ListQuarantine,
    QuarantinedNotFound,
    QuarantinedResolved,
    ReplayQuarantined,
    Resolution,
)
from shared.contracts.refusals import Defect, Trouble
from shared.kit import metrics
from shared.kit.asking import Asker
from shared.kit.database import Database
from shared.kit.service import in_background
from tests.backbone.conftest import Counted, registered
from tests.backbone.quarantined import Reader, only_one, quarantining, versions_waiting
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import NatsForTests


@pytest.fixture
async def service(
    reader: Database, nats_server: NatsForTests, foreign: ForeignService
) -> AsyncGenerator[Reader]:
    async with quarantining(reader, nats_server, foreign) as it:
        yield it


async def test_what_waits_is_listed_oldest_first_page_by_page(service: Reader, operator: Asker) -> None:
    for _ in range(3):
        broken = Counted()
        service.breaks_on(broken, 1)
        await service.receive(broken, 1)
    first = await operator.ask(ListQuarantine(limit=2), at="projects")
    assert [it.reason for it in first.messages] == ["poison", "poison"]
    assert first.waiting == 3
    assert first.next_after == first.messages[-1].quarantine_id
    rest = await operator.ask(ListQuarantine(limit=2, after=first.next_after or 0), at="projects")
    assert len(rest.messages) == 1
    assert rest.next_after is None


async def test_a_message_is_shown_with_all_that_it_says_and_holds_back(
    service: Reader, operator: Asker
) -> None:
    broken = Counted()
    service.breaks_on(broken, 2)
    for version in (1, 2, 3, 4):
        await service.receive(broken, version)
    shown = await operator.ask(InspectQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (shown.message.source, shown.message.version, shown.message.aggregate_id) == (
        "contacts",
        2,
        broken.id,
    )
    assert shown.headers["ce-type"] == OrganizationRegistered.subject
    assert str(broken.id) in shown.data
    assert (shown.head, shown.parked) == (1, 2)


async def test_what_cannot_even_be_read_is_shown(service: Reader, operator: Asker) -> None:
    await service.put_aside({"odd": "x" * 5_000}, b"\xff" * 500_000, "unreadable envelope")
    shown = await operator.ask(InspectQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (shown.message.aggregate_id, shown.message.version) == (None, None)
    assert (shown.head, shown.parked) == (0, 0)
    assert set(shown.data) == {"\N{REPLACEMENT CHARACTER}"}


async def test_replayed_once_the_cause_is_gone_it_is_applied_and_what_waited_behind_follows(
    service: Reader, operator: Asker
) -> None:
    broken = Counted()
    service.breaks_on(broken, 2)
    for version in (1, 2, 3, 4):
        await service.receive(broken, version)
    service.is_mended()
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (replayed.resolution, replayed.reason, replayed.released) == (Resolution.APPLIED, "", 2)
    assert await service.applied(broken) == [1, 2, 3, 4]
    assert await versions_waiting(operator) == []
    assert await service.parked() == 0
    (kept,) = (await operator.ask(ListQuarantine(resolved=True), at="projects")).messages
    assert kept.resolution is Resolution.APPLIED
    assert kept.resolved_at is not None


async def test_replayed_too_soon_it_waits_on_with_the_new_reason_and_nothing_has_changed(
    service: Reader, operator: Asker
) -> None:
    broken = Counted()
    service.breaks_on(broken, 1)
    for version in (1, 2):
        await service.receive(broken, version)
    service.breaks_on(broken, 1, Defect("another reason"))
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (replayed.resolution, replayed.reason) == (None, "Defect: another reason")
    (message,) = (await operator.ask(ListQuarantine(), at="projects")).messages
    assert message.reason == "Defect: another reason"
    assert await service.applied(broken) == []
    assert await service.parked() == 1


async def test_what_fails_behind_it_is_put_aside_in_its_turn(service: Reader, operator: Asker) -> None:
    broken = Counted()
    service.breaks_on(broken, 1)
    for version in (1, 2, 3, 4):
        await service.receive(broken, version)
    service.is_mended()
    service.breaks_on(broken, 3)
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert (replayed.resolution, replayed.released) == (Resolution.APPLIED, 1)
    assert await service.applied(broken) == [1, 2]
    assert await versions_waiting(operator) == [3]
    assert await service.parked() == 1
    service.is_mended()
    await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert await service.applied(broken) == [1, 2, 3, 4]


async def test_one_whose_turn_has_not_come_says_what_it_waits_for(service: Reader, operator: Asker) -> None:
    late = Counted()
    envelope = service.foreign.envelope(registered(late.id), version=3)
    await service.put_aside(envelope.headers(), envelope.data, "poison", envelope)
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert replayed.resolution is None
    assert replayed.reason == "version 1 of its aggregate has to be applied before"


async def test_one_that_was_applied_another_way_is_closed_and_not_applied_twice(
    service: Reader, operator: Asker
) -> None:
    told = Counted()
    envelope = service.foreign.envelope(registered(told.id), version=1)
    await service.put_aside(envelope.headers(), envelope.data, "poison", envelope)
    await service.receive(told, 1)
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    assert replayed.resolution is Resolution.APPLIED
    assert await service.applied(told) == [1]


async def test_what_stays_unreadable_or_says_another_type_than_its_subject_is_not_applied(
    service: Reader, operator: Asker
) -> None:
    told = Counted()
    envelope = service.foreign.envelope(registered(told.id), version=1)
    await service.put_aside({}, b"?", "unreadable")
    await service.put_aside(
        envelope.headers(), envelope.data, "wrong subject", subject="entente.contacts.person.added.v1"
    )
    for message in (await operator.ask(ListQuarantine(), at="projects")).messages:
        replayed = await operator.ask(ReplayQuarantined(quarantine_id=message.quarantine_id), at="projects")
        assert replayed.resolution is None
        assert "unreadable envelope" in replayed.reason or "says that it is" in replayed.reason
    assert await service.applied(told) == []


async def test_one_of_before_its_producer_was_restored_is_not_applied_and_moves_nothing(
    service: Reader, operator: Asker
) -> None:
    undone = Counted()
    envelope = service.foreign.envelope(registered(undone.id), version=1)
    again = replace(envelope, epoch=2)
    await service.put_aside(envelope.headers(), envelope.data, "poison", envelope)
    await service.database.pool.execute("UPDATE inbox_source SET epoch = 2")
    await service.database.pool.execute(
        "INSERT INTO inbox_source VALUES ('contacts', 2) ON CONFLICT DO NOTHING"
    )
    quarantine_id = await only_one(operator)
    replayed = await operator.ask(ReplayQuarantined(quarantine_id=quarantine_id), at="projects")
    assert replayed.reason == "contacts was restored since: what it has kept it announces again"
    await operator.ask(DiscardQuarantined(quarantine_id=quarantine_id), at="projects")
    assert await service.applied(undone) == []
    assert not await service.database.pool.fetchval("SELECT max(version) FROM inbox_head")
    # What the producer has kept comes again, with the same words: another message, which waits when it fails too.
    await service.put_aside(again.headers(), again.data, "poison", again)
    assert await versions_waiting(operator) == [1]


async def test_one_that_no_longer_waits_is_refused_and_an_unknown_one_is_not_found(
    service: Reader, operator: Asker
) -> None:
    await service.put_aside({}, b"?", "unreadable")
    quarantine_id = await only_one(operator)
    await operator.ask(DiscardQuarantined(quarantine_id=quarantine_id), at="projects")
    for again in (ReplayQuarantined, DiscardQuarantined):
        with pytest.raises(QuarantinedResolved) as refused:
            await operator.ask(again(quarantine_id=quarantine_id), at="projects")
        assert refused.value.fields == {"resolution": "discarded"}
        with pytest.raises(QuarantinedNotFound):
            await operator.ask(again(quarantine_id=quarantine_id + 1), at="projects")


async def test_trouble_decides_nothing(service: Reader, operator: Asker) -> None:
    broken = Counted()
    service.breaks_on(broken, 1)
    await service.receive(broken, 1)
    service.breaks_on(broken, 1, Trouble("away"))
    with pytest.raises(Trouble):
        await operator.ask(ReplayQuarantined(quarantine_id=await only_one(operator)), at="projects")
    (message,) = (await operator.ask(ListQuarantine(), at="projects")).messages
    assert message.reason == "poison"


async def test_a_gauge_says_how_many_wait(service: Reader) -> None:
    await service.put_aside({}, b"?", "unreadable")
    gauge = metrics.quarantine_waiting.labels("projects")
    gauge.set(0)
    async with in_background(waiting.measure(service.database, service="projects")):
        await eventually(lambda: gauge._value.get() == 1)
