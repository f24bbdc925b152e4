"""Files by their content: whole or not at all, kept once, and never shown damaged."""

import hashlib
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from shared.contracts.refusals import Defect, FileTooLarge, Trouble
from shared.kit.clock import now
from shared.kit.files import FileStore, KeptFile

MEGABYTE = bytes(range(256)) * 4096
LIMIT = 64 << 20


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore.at(None, tmp_path)


async def arriving(*pieces: bytes) -> AsyncGenerator[bytes]:
    for piece in pieces:
        yield piece


async def bytes_of(store: FileStore, kept: KeptFile) -> bytes:
    return b"".join([piece async for piece in store.read(kept)])


def on_disk(tmp_path: Path) -> list[Path]:
    return sorted(it for it in (tmp_path / "files").rglob("*") if it.is_file())


@pytest.mark.parametrize("pieces", [[], [b"a"], [b"", b"a", b"", b"b"], [MEGABYTE] * 17, [MEGABYTE * 12]])
async def test_what_is_kept_is_read_back(store: FileStore, pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    kept = await store.keep(arriving(*pieces), at_most=LIMIT)
    assert kept == KeptFile(hashlib.sha256(whole).hexdigest(), len(whole))
    assert await bytes_of(store, kept) == whole
    assert store.open(kept).readall() == whole


async def test_the_same_bytes_are_kept_once(store: FileStore, tmp_path: Path) -> None:
    first = await store.keep(arriving(b"one ", b"text"), at_most=LIMIT)
    assert await store.keep(arriving(b"one text"), at_most=LIMIT) == first
    assert list(store.list()) == [first]
    assert len(on_disk(tmp_path)) == 1


async def test_others_on_the_machine_cannot_read_them(store: FileStore, tmp_path: Path) -> None:
    await store.keep(arriving(b"a"), at_most=LIMIT)
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


async def test_too_much_is_refused_before_it_has_all_come(store: FileStore, tmp_path: Path) -> None:
    asked = 0

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield MEGABYTE

    with pytest.raises(FileTooLarge) as refused:
        await store.keep(endless(), at_most=8 * len(MEGABYTE))
    assert refused.value.fields == {"at_most_bytes": 8 * len(MEGABYTE)}
    assert asked == 9
    assert on_disk(tmp_path) == []


async def test_who_goes_away_in_the_middle_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    async def cut() -> AsyncGenerator[bytes]:
        for _ in range(7):
            yield MEGABYTE
        raise ConnectionAbortedError

    with pytest.raises(Trouble):
        await store.keep(cut(), at_most=LIMIT)
    assert on_disk(tmp_path) == []


async def test_a_damaged_file_never_looks_whole(store: FileStore, tmp_path: Path) -> None:
    kept = await store.keep(arriving(MEGABYTE, b"the end"), at_most=LIMIT)
    (file,) = on_disk(tmp_path)
    content = bytearray(file.read_bytes())
    content[5] ^= 1
    file.write_bytes(content)
    given = b""
    with pytest.raises(Defect, match="damaged"):
        async for piece in store.read(kept):
            given += piece
    assert len(given) < kept.size
    # Giving it again heals it.
    await store.keep(arriving(MEGABYTE, b"the end"), at_most=LIMIT)
    assert await bytes_of(store, kept) == MEGABYTE + b"the end"


async def test_what_is_old_is_listed_and_removed_unless_it_was_kept_again(
    store: FileStore, tmp_path: Path
) -> None:
    old, again = [await store.keep(arriving(it), at_most=LIMIT) for it in (b"old", b"again")]
    for path in on_disk(tmp_path):
        os.utime(path, (1_000, 1_000))
    yesterday = now() - timedelta(days=1)
    (tmp_path / "files" / "sha256" / "NOTES.txt").write_text("somebody else's")
    await store.keep(arriving(b"again"), at_most=LIMIT)
    assert [it async for it in store.older_than(yesterday)] == [old]
    assert not await store.remove(again.sha256, before=yesterday), "it is young again"
    assert await store.remove(old.sha256, before=yesterday)
    assert not await store.remove(old.sha256, before=yesterday)
    assert await bytes_of(store, again) == b"again"


async def test_what_a_dead_process_had_begun_is_removed_once_it_is_old(
    store: FileStore, tmp_path: Path
) -> None:
    await store.keep(arriving(b"a"), at_most=LIMIT)
    begun = tmp_path / "files" / "arriving"
    for name, at in (("one#1", 1_000.0), ("two", 1_000.0), ("three#1", now().timestamp())):
        (begun / name).write_bytes(b"half of it")
        os.utime(begun / name, (at, at))
    await store.forget_abandoned(now() - timedelta(days=1))
    assert [it.name for it in begun.iterdir()] == ["three#1"]


async def test_a_file_is_held_while_it_is_put_into_its_place(store: FileStore) -> None:
    held: list[str] = []

    @asynccontextmanager
    async def holding(sha256: str) -> AsyncGenerator[None]:
        assert list(store.list()) == []
        yield
        held.append(sha256)

    kept = await store.keep(arriving(b"a"), at_most=LIMIT, holding=holding)
    assert held == [kept.sha256]


async def test_a_file_that_cannot_be_held_is_not_kept(store: FileStore, tmp_path: Path) -> None:
    @asynccontextmanager
    async def holding(_sha256: str) -> AsyncGenerator[None]:
        raise Trouble("the database is away")
        yield

    with pytest.raises(Trouble):
        await store.keep(arriving(b"a"), at_most=LIMIT, holding=holding)
    assert on_disk(tmp_path) == []


async def test_a_missing_file_is_our_fault(store: FileStore) -> None:
    with pytest.raises(Defect, match="missing"):
        await bytes_of(store, KeptFile("0" * 64, 1))


async def test_a_store_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore.at(None, tmp_path)
    assert await store.answers()
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    assert not await store.answers()
    # Port 9 discards: nothing listens there.
    for name, value in {
        "AWS_ENDPOINT": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setitem(os.environ, name, value)
    remote = FileStore.at("s3://entente/files", tmp_path)
    with pytest.raises(Trouble):
        await remote.keep(arriving(b"a"), at_most=LIMIT)
    with pytest.raises(Trouble):
        await bytes_of(remote, KeptFile("0" * 64, 1))
