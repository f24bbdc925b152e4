"""The event log: versions follow, the chain seals, nothing is written twice, nothing oversized gets in."""

import asyncpg
import pytest

from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.refusals import Defect
from shared.contracts.values import Side
from shared.kit import outbox
from shared.kit.database import Database, transaction
from shared.kit.outbox import GENESIS, link
from tests.kit.conftest import Counted, log, registered


async def test_versions_follow_one_another(producer: Database) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 2)
    await log(producer, aggregate, 3)
    rows = await producer.pool.fetch("SELECT version FROM event_log ORDER BY seq")
    assert [row["version"] for row in rows] == [1, 2, 3, 4, 5]
    assert await producer.pool.fetchval("SELECT version FROM event_head") == 5


async def test_two_writers_of_one_version_cannot_both_win(producer: Database) -> None:
    aggregate = Counted()
    await log(producer, aggregate)
    stale = Counted(id=aggregate.id, version=0)
    with pytest.raises(asyncpg.UniqueViolationError):
        await log(producer, stale)
    assert await producer.pool.fetchval("SELECT count(*) FROM event_log") == 1


async def test_each_row_seals_the_one_before_it(producer: Database) -> None:
    aggregate = Counted()
    await log(producer, aggregate, 3)
    previous = GENESIS
    for row in await producer.pool.fetch("SELECT * FROM event_log ORDER BY seq"):
        assert row["previous_hash"] == previous
        previous = link(
            previous, row["event_id"], row["type"], row["aggregate_id"], row["version"], row["data"]
        )
        assert row["hash"] == previous
    assert await producer.pool.fetchval("SELECT hash FROM event_chain") == previous


async def test_a_rolled_back_transaction_leaves_no_event_and_wakes_nobody(producer: Database) -> None:
    aggregate = Counted()
    with pytest.raises(ZeroDivisionError):
        async with transaction(producer, actor=None) as tx:
            await outbox.announce(tx, [registered(aggregate.id)], of=aggregate)
            raise ZeroDivisionError
    assert await producer.pool.fetchval("SELECT count(*) FROM event_log") == 0
    assert not producer.announced.is_set()


async def test_an_event_of_another_aggregate_is_a_defect(producer: Database) -> None:
    with pytest.raises(Defect):
        async with transaction(producer, actor=None) as tx:
            await outbox.announce(tx, [registered(Counted().id)], of=Counted())


async def test_an_event_too_large_for_the_relay_never_gets_into_the_log(producer: Database) -> None:
    convention = Counted()
    parties = (
        PartyOfConvention(organization_id=OrganizationId(convention.id), side=Side.ASSOCIATION),
    ) * 1_000
    huge = ConventionDrafted(
        convention_id=ConventionId(convention.id),
        drafted_by=OrganizationId(convention.id),
        parties=parties,
    )
    with pytest.raises(Defect, match="65536"):
        async with transaction(producer, actor=None) as tx:
            await outbox.announce(tx, [huge], of=convention)


async def test_the_service_cannot_change_or_remove_what_it_logged(producer: Database) -> None:
    await log(producer, Counted())
    for statement in ("UPDATE event_log SET data = '{}'", "DELETE FROM event_log", "TRUNCATE event_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await producer.pool.execute(statement)
