"""What nothing names leaves the store; what somebody names, or is about to name, stays."""

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from services.web.sweeping import Sweeper, files_removed_total
from services.web.uploads.holding import held
from shared.contracts.actor import Actor
from shared.contracts.refusals import Trouble
from shared.kit.clock import now
from shared.kit.database import Database, connected
from shared.kit.files import FileStore, KeptFile
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase
from tests.web.domain.test_uploads import DOCX, PDF
from tests.web.service.conftest import House
from tests.web.service.test_room_files import give, links
from tests.web.service.test_rooms import Both, both

__all__ = ["both"]

AGO = timedelta(days=3)
YESTERDAY = timedelta(days=1)


class Asked:
    """The running projects, asked with the patience of a busy machine."""

    def __init__(self, house: House) -> None:
        self._asker = house.asker

    async def ask(
        self,
        request: Any,
        *,
        at: str | None = None,
        actor: Actor | None = None,
        timeout_seconds: float = 10.0,
    ) -> Any:
        return await self._asker.ask(request, at=at, actor=actor, timeout_seconds=timeout_seconds)


@pytest.fixture
async def locks(database: Callable[[str], FreshDatabase]) -> AsyncGenerator[Database]:
    async with connected(database("web").url) as it:
        yield it


@pytest.fixture
def store(house: House) -> FileStore:
    return FileStore.at(None, house.data)


@pytest.fixture
def sweeper(house: House, store: FileStore, locks: Database) -> Sweeper:
    return Sweeper(store, locks, Asked(house))


def place(house: House, content: bytes) -> Path:
    sha256 = hashlib.sha256(content).hexdigest()
    return house.data / "files" / "sha256" / sha256[:2] / sha256


def age(path: Path) -> None:
    at = (now() - AGO).timestamp()
    os.utime(path, (at, at))


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_bytes_of_a_refused_upload_are_removed_and_what_is_named_stays(
    house: House, both: Both, sweeper: Sweeper
) -> None:
    refused, given = PDF + b"refused", PDF + b"given"
    assert (await give(both.hers, both.shared, "a.docx", refused)).status_code == 422
    assert (await give(both.hers, both.private, "a.pdf", given)).status_code == 303
    assert place(house, refused).exists(), "until it is swept"
    for content in (refused, given):
        age(place(house, content))
    count = files_removed_total._value.get()

    await sweeper.sweep(now() - YESTERDAY)
    assert not place(house, refused).exists()
    assert files_removed_total._value.get() == count + 1
    (link,) = links((await both.hers.get(f"{both.private}/fichiers")).text, both.private)
    assert (await both.hers.get(link)).content == given


async def test_what_was_just_kept_stays_though_nothing_names_it_yet(
    house: House, store: FileStore, sweeper: Sweeper
) -> None:
    kept = await store.keep(pieces(b"old"), at_most=100)
    age(place(house, b"old"))
    # Somebody gives the very same bytes: they are about to be named.
    assert await store.keep(pieces(b"old"), at_most=100) == kept
    await sweeper.sweep(now() - YESTERDAY)
    assert place(house, b"old").exists()


class Dying(FileStore):
    """A store whose process dies when it comes to removing."""

    def __init__(self, store: FileStore) -> None:
        super().__init__(store._store, store._folder)

    @override
    async def remove(self, sha256: str, *, before: datetime) -> bool:
        raise Trouble("killed")


async def test_a_crash_between_forgetting_and_removing_loses_nothing(
    house: House, both: Both, store: FileStore, sweeper: Sweeper, locks: Database
) -> None:
    gone = DOCX + b"gone"
    assert (await give(both.hers, both.shared, "a.docx", gone)).status_code == 303
    (link,) = links((await both.hers.get(f"{both.shared}/fichiers")).text, both.shared)
    assert (await both.hers.post(f"{link}/retirer")).status_code == 303
    age(place(house, gone))
    await sweeper.sweep(now() - YESTERDAY)
    assert place(house, gone).exists(), "backups of today still name it"

    later = now() + YESTERDAY
    with pytest.raises(Trouble):
        await Sweeper(Dying(store), locks, Asked(house)).sweep(later)
    assert place(house, gone).exists()
    # Forgotten and still there. Given again, it is named again, and stays.
    assert (await give(both.theirs, both.private, "a.docx", gone)).status_code == 303
    age(place(house, gone))
    await sweeper.sweep(now() - YESTERDAY)
    (again,) = links((await both.theirs.get(f"{both.private}/fichiers")).text, both.private)
    assert (await both.theirs.get(again)).content == gone
    # Taken out for good, and the process does not die: it goes.
    assert (await both.theirs.post(f"{again}/retirer")).status_code == 303
    await sweeper.sweep(now() + YESTERDAY)
    assert not place(house, gone).exists()


async def test_an_upload_waits_for_the_removal_of_the_same_bytes_and_comes_after_it(
    house: House, store: FileStore, locks: Database
) -> None:
    kept = await store.keep(pieces(b"twice"), at_most=100)
    age(place(house, b"twice"))

    async def arrived() -> bool:
        return any((house.data / "files" / "arriving").iterdir())

    async with held(locks, kept.sha256, alone=True):
        upload = asyncio.create_task(
            store.keep(pieces(b"twice"), at_most=100, holding=lambda it: held(locks, it))
        )
        await eventually(arrived)
        assert await store.remove(kept.sha256, before=now() - YESTERDAY)
        assert not upload.done()
    assert await upload == KeptFile(kept.sha256, 5)
    assert place(house, b"twice").exists()
