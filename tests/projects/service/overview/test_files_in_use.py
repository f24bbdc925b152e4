"""Which files projects names: those that anything refers to, and those that something is about to refer to."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import new_id
from shared.contracts.projects.kept_files import ForgetUnusedFiles
from shared.contracts.projects.room_files import RemoveRoomFile
from shared.kit.asking import Asker
from shared.kit.clock import now
from shared.kit.database import Database, connected, transaction
from shared.kit.files import name_file
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.rooms.rooming import PRIVATE, SHARED, Rooming, a_file
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase

LATER = timedelta(days=2)

_REFER = """
INSERT INTO room_files (room_id, file_id, convention_id, room_version, organization_id, person_id, given_at, sha256, size,
                        media_type, name, words)
VALUES ($1, $2, $3, 99, $4, $5, now(), $6, 1, 'application/pdf', 'a.pdf', 'a.pdf')
"""


@pytest.fixture
async def rooms(together: Collaboration) -> Rooming:
    await together.negotiate()
    return Rooming(together)


@pytest.fixture
async def database_of_projects(projects: FreshDatabase) -> AsyncGenerator[Database]:
    async with connected(projects.url) as it:
        yield it


async def in_use(asker: Asker, *files: GivenFile, before: datetime | None = None) -> list[bool]:
    sha256s = tuple(it.sha256 for it in files)
    command = ForgetUnusedFiles(sha256s=sha256s, before=before or now() + LATER)
    told = (await asker.ask(command, timeout_seconds=10)).in_use
    return [it in told for it in sha256s]


async def test_what_is_referred_to_stays_whoever_may_read_it(rooms: Rooming, asker: Asker) -> None:
    world, (shared, private, unknown) = rooms.world, [a_file() for _ in range(3)]
    await world.ask(rooms.to_give(SHARED, file=shared), world.claire)
    await world.ask(rooms.to_give(PRIVATE, file=private), world.odile)
    assert await in_use(asker, shared, private, unknown) == [True, True, False]


async def test_what_was_taken_out_is_forgotten_once_backups_of_that_time_are_done(
    rooms: Rooming, asker: Asker, look: Any
) -> None:
    world, file = rooms.world, a_file()
    in_both = [rooms.to_give(room, file=file) for room in (SHARED, PRIVATE)]
    for it in in_both:
        await world.ask(it, world.claire)
    started = now()

    async def take_out(index: int) -> None:
        there = in_both[index]
        await world.ask(
            RemoveRoomFile(convention_id=there.convention_id, room=there.room, file_id=there.file_id),
            world.claire,
        )

    await take_out(0)
    assert await in_use(asker, file) == [True], "the other room has it"
    await take_out(1)
    assert await in_use(asker, file, before=started) == [True], "it was named a moment ago"
    assert await in_use(asker, file) == [False]
    assert await look.fetchval("SELECT count(*) FROM stored_files WHERE sha256 = $1", file.sha256) == 0
    await world.ask(rooms.to_give(SHARED, file=file), world.odile)
    assert await in_use(asker, file) == [True], "given again, it is named again"


async def test_what_somebody_is_about_to_refer_to_is_waited_for(
    rooms: Rooming, asker: Asker, database_of_projects: Database, look: Any
) -> None:
    """The name is there, nothing refers to it yet, and whoever is about to has not committed."""
    world, file = rooms.world, a_file()
    command = rooms.to_give(SHARED, file=file)
    await world.ask(command, world.claire)
    await world.ask(
        RemoveRoomFile(convention_id=command.convention_id, room=SHARED, file_id=command.file_id),
        world.claire,
    )
    blocked = (
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%file_in_use%'"
    )

    async def waits() -> bool:
        return bool(await look.fetchval(blocked))

    room = (await rooms.room(SHARED, world.claire)).room_id
    async with transaction(database_of_projects, actor=world.claire.actor) as tx:
        await name_file(tx, file.sha256, file.size)
        assert await in_use(asker, file, before=now() - LATER) == [True], "nobody waits for what is young"
        asked = asyncio.create_task(in_use(asker, file))
        await eventually(waits)
        about = (new_id(), command.convention_id, world.hospital, world.claire.person_id, file.sha256)
        await tx.execute(_REFER, room, *about)
    assert await asked == [True]


async def test_every_table_that_refers_to_a_file_says_so(projects: FreshDatabase, look: Any) -> None:
    """Without its foreign key, the files of a table would be removed under it."""
    rows = await look.fetch(
        """
        SELECT column_of.table_name FROM information_schema.columns AS column_of
        WHERE column_of.column_name = 'sha256' AND column_of.table_schema = 'public'
          AND column_of.table_name <> 'stored_files'
          AND NOT EXISTS (
              SELECT FROM pg_constraint AS it
              WHERE it.contype = 'f' AND it.confrelid = 'stored_files'::regclass
                AND it.conrelid = format('%I', column_of.table_name)::regclass
          )
        """
    )
    assert [row["table_name"] for row in rows] == []
