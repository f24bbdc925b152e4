"""What one event needs has not come yet: it waits, and holds back neither what came before it nor anybody else."""

import pytest

from shared.backbone import heads
from shared.kit.database import Database
from tests.backbone.conftest import Counted, log, registered
from tests.backbone.recorder import Recorder, consuming, has_seen, owning, versions
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import NatsForTests


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


async def test_what_is_parked_follows_up_to_the_one_that_is_too_early(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    aggregate = Counted()
    recorder.too_early = {(aggregate.id, 3)}

    async def parked() -> list[int]:
        rows = await reader.pool.fetch("SELECT version FROM inbox_parked ORDER BY version")
        return [row["version"] for row in rows]

    async with consuming(reader, nats_server, recorder):
        for version in (4, 3, 2):
            await foreign.publish(registered(aggregate.id), version=version)

        async def waiting() -> bool:
            return await parked() == [2, 3, 4]

        await eventually(waiting)
        await foreign.publish(registered(aggregate.id), version=1)
        await eventually(lambda: has_seen(reader, aggregate, 2))
        assert await versions(reader, aggregate) == [1, 2]
        assert await parked() == [3, 4]


async def test_what_is_too_early_passes_once_what_it_needs_has_come(
    producer: Database,
    reader: Database,
    nats_server: NatsForTests,
    recorder: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(heads, "DIGEST_SECONDS", 0.2)
    # More than may be in trouble in a row before the database is thought to be.
    waiting, others = [Counted() for _ in range(8)], [Counted() for _ in range(8)]
    recorder.too_early = {(it.id, 2) for it in waiting}
    for aggregate in (*waiting, *others):
        await log(producer, aggregate, 4)
    async with consuming(reader, nats_server, recorder), owning(producer, nats_server):
        for aggregate in others:
            await eventually(lambda it=aggregate: has_seen(reader, it, 4))
        for aggregate in waiting:
            await eventually(lambda it=aggregate: has_seen(reader, it, 1))
        recorder.too_early.clear()
        for aggregate in (*waiting, *others):
            await eventually(lambda it=aggregate: has_seen(reader, it, 4))
    for aggregate in (*waiting, *others):
        assert await versions(reader, aggregate) == [1, 2, 3, 4]
    assert await reader.pool.fetchval("SELECT count(*) FROM inbox_parked") == 0
    assert await reader.pool.fetchval("SELECT count(*) FROM quarantine") == 0


async def test_what_waits_here_is_not_read_again_from_its_owner(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    aggregate, other = Counted(), Counted()
    recorder.too_early = {(aggregate.id, 2)}
    told = [foreign.envelope(registered(aggregate.id), version=version) for version in (1, 2, 3)]
    heads = {aggregate.id: 3, other.id: 1}
    async with consuming(reader, nats_server, recorder) as consumer:
        await consumer.apply(told)
        assert await consumer.behind(heads) == {other.id: 0}
        await consumer.apply_early()
        assert await versions(reader, aggregate) == [1]
        recorder.too_early.clear()
        await consumer.apply_early()
        assert await versions(reader, aggregate) == [1, 2, 3]
        assert await consumer.behind(heads | {aggregate.id: 4}) == {aggregate.id: 3, other.id: 0}


async def test_what_is_read_from_the_log_holds_back_nobody_else(
    reader: Database, nats_server: NatsForTests, recorder: Recorder, foreign: ForeignService
) -> None:
    waiting, others = [Counted() for _ in range(8)], [Counted() for _ in range(8)]
    recorder.too_early = {(it.id, 2) for it in waiting}
    told = [
        foreign.envelope(registered(it.id), version=version)
        for it in (*waiting, *others)
        for version in (1, 2, 3)
    ]
    async with consuming(reader, nats_server, recorder) as consumer:
        await consumer.apply(told)
        assert [await versions(reader, it) for it in waiting] == [[1]] * 8
        assert [await versions(reader, it) for it in others] == [[1, 2, 3]] * 8
        recorder.too_early.clear()
        await consumer.apply(told)
        assert [await versions(reader, it) for it in waiting] == [[1, 2, 3]] * 8
