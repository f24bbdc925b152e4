"""Who signs after whom, and what the last day to sign brings."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from services.projects.conventions.public import let_signing_days_pass
from services.projects.conventions.storage import due_for_signing
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.commands import SealConvention
from shared.contracts.projects.queries import Act, AwaitedKind, ConventionState, GetHome
from shared.contracts.projects.refusals import NotYourTurn, SigningOrderIncomplete
from shared.kit.database import connected, transaction
from tests.projects.service.world import SIGN_BEFORE, TODAY, Member, World
from tests.support.servers import FreshDatabase


async def seal_in_order(world: World, *order: Member) -> str:
    convention = await world.agree()
    command = SealConvention(
        convention_id=world.convention,
        version=convention.version,
        sign_before=SIGN_BEFORE,
        sign_order=tuple(it.organization_id for it in order),
    )
    return (await world.ask(command, world.claire)).sealed_hash


async def test_the_second_signs_after_the_first(world: World) -> None:
    sealed_hash = await seal_in_order(world, world.odile, world.hugo)
    assert (await world.get()).sign_order == (world.association, world.hospital)
    with pytest.raises(NotYourTurn) as caught:
        await world.sign(world.hugo, sealed_hash)
    assert caught.value.fields == {"organization_id": str(world.association)}
    awaiting = (await world.ask(GetHome(), world.hugo)).awaiting
    assert AwaitedKind.SIGN not in {it.kind for it in awaiting}

    await world.sign(world.odile, sealed_hash)
    awaiting = (await world.ask(GetHome(), world.hugo)).awaiting
    assert [it.kind for it in awaiting] == [AwaitedKind.SIGN]
    await world.sign(world.hugo, sealed_hash)
    convention = await world.get()
    assert convention.state is ConventionState.ACTIVE
    assert Act.SIGN not in convention.may


async def test_an_order_that_forgets_a_party_is_refused(world: World) -> None:
    with pytest.raises(SigningOrderIncomplete):
        await seal_in_order(world, world.odile)


async def pass_day(database: FreshDatabase, today: date) -> int:
    """What the clock does, in a process of its own."""
    async with connected(database.url) as db:
        return await let_signing_days_pass(db, today)


async def due(database: FreshDatabase, today: date) -> list[ConventionId]:
    """What the clock opens one by one."""
    async with connected(database.url) as db, transaction(db, actor=None) as tx:
        return await due_for_signing(tx, today)


async def test_a_convention_that_cannot_be_read_does_not_stop_the_clock(
    world: World, projects: FreshDatabase, look: Any
) -> None:
    await world.seal()
    near = SIGN_BEFORE - timedelta(days=6)
    await look.execute('UPDATE convention_terms SET means = \'[{"text": ""}]\'')
    assert await pass_day(projects, near) == 0
    await look.execute("UPDATE convention_terms SET means = '[]'")
    assert await pass_day(projects, near) == 1


async def test_reminders_come_once_and_the_last_day_opens_the_text_once(
    world: World, projects: FreshDatabase, look: Any
) -> None:
    sealed_hash = await world.seal()
    await world.sign(world.hugo, sealed_hash)
    assert await pass_day(projects, TODAY) == 0
    near = SIGN_BEFORE - timedelta(days=6)
    made = await asyncio.gather(*(pass_day(projects, near) for _ in range(3)))
    assert sorted(made) == [0, 0, 1]
    assert await due(projects, near) == [], "who was reminded is not looked at each minute"
    assert await due(projects, SIGN_BEFORE) == [world.convention]
    assert await pass_day(projects, SIGN_BEFORE) == 1
    assert await pass_day(projects, SIGN_BEFORE) == 0

    late = SIGN_BEFORE + timedelta(days=1)
    made = await asyncio.gather(*(pass_day(projects, late) for _ in range(3)))
    assert sorted(made) == [0, 0, 1]
    convention = await world.get()
    assert convention.state is ConventionState.NEGOTIATING
    assert all(it.signature is None for it in convention.parties)
    types = await look.fetch("SELECT type FROM event_log WHERE aggregate_id = $1", world.convention)
    names = [row["type"].split(".")[3] for row in types]
    assert (names.count("signature_due"), names.count("signatures_voided")) == (2, 1)
    assert await look.fetchval("SELECT count(*) FROM convention_signatures") == 1, "it stays as evidence"

    await world.sign(world.hugo, await world.seal_again(convention.version))
    assert (await world.get()).state is ConventionState.PARTLY_SIGNED
