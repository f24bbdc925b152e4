"""JetStream that loses things: its whole store, its last minutes, a bit, a stream, a consumer, the room to write."""

import asyncio
import contextlib
import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
from nats.js.api import DiscardPolicy
from nats.js.errors import NotFoundError

from deploy.topology import READERS, STREAMS
from shared.backbone.streams import Stream
from tests.chaos.chaos import Chaos
from tests.chaos.faults.fault import Fault
from tests.support import small_disk
from tests.support.eventually import eventually

# Seconds of the load.
_ROOM_BYTES = 1 << 18
_FULL_WITHIN_SECONDS = 30.0


async def _wipe(chaos: Chaos) -> str:
    before = await chaos.held()
    async with AsyncExitStack() as stack:
        # Of a cluster all nodes at once: one alone is filled again by the others.
        for node in chaos.system.node_names:
            shutil.rmtree(await stack.enter_async_context(chaos.system.down(node)))
    return f"{chaos.count_lost(before, {})} messages lost"


async def _wipe_node(chaos: Chaos) -> str:
    node = chaos.node()
    async with chaos.system.down(node) as store:
        shutil.rmtree(store)
    return node


async def _roll_back(chaos: Chaos) -> str:
    with tempfile.TemporaryDirectory(dir=chaos.system.data.parent, prefix="entente-copy-") as folder:
        copy = Path(folder) / "store"
        # Stopped, so that the copy is of one moment, as a snapshot of a disk is.
        node = chaos.node()
        server = psutil.Process(await chaos.system.living(node))
        server.suspend()
        shutil.copytree(chaos.system.store(node), copy)
        server.resume()
        await chaos.pause(20)
        before = await chaos.held()
        async with chaos.system.down(node) as store:
            shutil.rmtree(store)
            shutil.move(copy, store)
        return f"{chaos.count_lost(before, await _once_up(chaos))} messages lost"


async def _flip(chaos: Chaos) -> str:
    before = await chaos.held()
    async with chaos.system.down(chaos.node()) as store:
        anything = sorted(it for it in store.rglob("*") if it.is_file() and it.stat().st_size)
        blocks = [it for it in anything if it.suffix == ".blk"]
        if not anything:
            return "there was nothing to flip"
        chosen = chaos.random.choice(anything if not blocks or chaos.random.random() < 0.3 else blocks)
        content = bytearray(chosen.read_bytes())
        content[chaos.random.randrange(len(content))] ^= 1 << chaos.random.randrange(8)
        chosen.write_bytes(content)
    lost = chaos.count_lost(before, await _once_up(chaos))
    return f"{chosen.relative_to(store / 'jetstream')}, {lost} messages lost"


async def _once_up(chaos: Chaos) -> dict[str, int]:
    """What the streams hold as soon as somebody can ask."""
    while True:
        with contextlib.suppress(Exception):
            return await chaos.held()
        await asyncio.sleep(0.02)


async def _delete_stream(chaos: Chaos) -> str:
    stream = chaos.random.choice(STREAMS)
    before = await chaos.held()
    with contextlib.suppress(NotFoundError):
        await chaos.operator.jsm().delete_stream(stream.name)
    chaos.lost[stream.name] += before[stream.name]
    return stream.name


async def _purge_stream(chaos: Chaos) -> str:
    """The stream stays and goes on counting, so nothing shows that it is empty."""
    stream = chaos.random.choice(STREAMS)
    before = await chaos.held()
    with contextlib.suppress(NotFoundError):
        await chaos.operator.jsm().purge_stream(stream.name)
    chaos.lost[stream.name] += before[stream.name]
    return stream.name


async def _delete_consumer(chaos: Chaos) -> str:
    source = chaos.random.choice([it for it in READERS if READERS[it]])
    reader = chaos.random.choice(READERS[source])
    with contextlib.suppress(NotFoundError):
        await chaos.operator.jsm().delete_consumer(Stream(source).name, reader)
    return f"{reader} of {source}"


async def _fill_disk(chaos: Chaos) -> str:
    """ENOSPC: the server lives on a small file system of its own until it is full, then there is room again."""
    if not small_disk.possible():
        return "this machine gives no server a disk of its own"
    name = chaos.node()
    node, store = chaos.system.node(name), chaos.system.store(name)
    with small_disk.small_disk(store, _ROOM_BYTES):
        async with chaos.system.down(name):
            pass
    pid = await chaos.system.living(name)
    try:
        await eventually(lambda: asyncio.to_thread(node.is_stuck), deadline=_FULL_WITHIN_SECONDS)
        await chaos.pause(10)
        note = ""
    except AssertionError:
        note = "it did not fill"
    small_disk.make_room(pid, store)
    server = psutil.Process(pid)
    server.suspend()
    kept = store.with_name("kept")
    shutil.copytree(small_disk.as_seen_by(pid, store), kept)
    # Room alone does not help: it is stuck, and the supervisor would end it and start it again as this does.
    async with chaos.system.down(name):
        shutil.rmtree(store)
        shutil.move(kept, store)
    return note


async def _refuse_more(chaos: Chaos) -> str:
    """No room for another message: the streams are told to refuse what does not fit any more."""
    manager = chaos.operator.jsm()
    for stream in STREAMS:
        with contextlib.suppress(NotFoundError):
            info = await manager.stream_info(stream.name)
            full = stream.config()
            full.discard = DiscardPolicy.NEW
            full.max_bytes = max(1, info.state.bytes)
            await manager.update_stream(full)
    await chaos.pause(20)
    for stream in STREAMS:
        with contextlib.suppress(NotFoundError):
            await manager.update_stream(stream.config())
    return ""


def faults() -> list[Fault]:
    """All of this module."""
    return [
        Fault("wipe", "NATS store wiped", _wipe, weight=4),
        Fault("wipe", "store of one NATS server wiped", _wipe_node),
        Fault("rollback", "NATS store rolled back", _roll_back, weight=5),
        Fault("flip", "a bit flipped in the NATS store", _flip, weight=3),
        Fault("stream", "stream deleted", _delete_stream),
        Fault("purge", "stream purged", _purge_stream),
        Fault("durable", "durable consumer deleted", _delete_consumer),
        Fault("full", "disk full for JetStream", _fill_disk),
        Fault("full", "streams full", _refuse_more),
    ]
