"""The event log: versions follow, the chain seals, nothing is written twice, nothing oversized gets in."""

from typing import Any

import asyncpg
import pytest

from shared.backbone import outbox
from shared.backbone.chain import GENESIS, seal
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.refusals import Defect
from shared.contracts.values import Side
from shared.kit import clock, tracing
from shared.kit.database import Database, transaction
from tests.backbone.conftest import Counted, log, registered


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
    partnership_id = new_id()
    first, second = Counted(partnership_id=partnership_id), Counted(partnership_id=partnership_id)
    actor = Actor(PersonId(new_id()), OrganizationId(new_id()))
    await log(producer, first, 2)
    async with transaction(producer, actor=actor) as tx:
        tracing.begin()
        await outbox.announce(tx, [registered(second.id)], of=second)
    previous = GENESIS
    rows = await producer.pool.fetch("SELECT * FROM event_log ORDER BY seq")
    for row in rows:
        assert row["previous_hash"] == previous
        previous = seal(previous, row)
        assert row["hash"] == previous
    assert rows[-1]["actor_person"] == actor.person_id
    assert rows[-1]["actor_organization"] == actor.organization_id
    chain = await producer.pool.fetchrow("SELECT * FROM event_chain")
    assert (chain["chain_id"], chain["hash"], chain["length"]) == (partnership_id, previous, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"event_id": new_id()},
        {"type": "entente.contacts.organization.renamed.v1"},
        {"aggregate_id": new_id()},
        {"version": 2},
        {"partnership_id": None},
        {"occurred_at": clock.now()},
        {"actor_person": new_id()},
        {"actor_organization": new_id()},
        {"data": "{}"},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_the_seal_covers_who_did_what_and_when(producer: Database, change: dict[str, Any]) -> None:
    await log(producer, Counted(partnership_id=new_id()))
    row = dict(await producer.pool.fetchrow("SELECT * FROM event_log"))
    assert seal(GENESIS, row) == row["hash"]
    assert seal(GENESIS, row | change) != row["hash"]


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
