"""The least that could be done by hand with the same parts, and nothing of the kit: what the kit is compared with.

State and event in one transaction, published as soon as it is committed, pulled, inbox and effect in one statement. It
promises little: a crash between commit and publish loses the event, and nothing keeps the order or heals a loss.
"""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import nats
from nats.js.api import ConsumerConfig

from tests.benchmarks.backbone import Addresses, Chain, Write

_SUBJECT = "floor.events"
_STREAM = "FLOOR"
_READER = "reader"
_BATCH = 256

_ACT = "INSERT INTO bench_acts (aggregate_id, version) VALUES ($1, $2)"
_LOG = "INSERT INTO floor_log (event_id, aggregate_id, version, data) VALUES ($1, $2, $3, $4)"
_EFFECTS = """
WITH fresh AS (INSERT INTO floor_inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING)
INSERT INTO bench_effects SELECT * FROM unnest($2::uuid[], $3::bigint[])
"""


@asynccontextmanager
async def writing(addresses: Addresses) -> AsyncGenerator[Write]:
    client = await nats.connect(addresses.operator_nats)
    jetstream = client.jetstream(publish_async_max_pending=100_000)
    pool: Any = await asyncpg.create_pool(
        addresses.producer_database, min_size=10, max_size=10, reset=_nothing
    )

    async def act(aggregate_id: UUID, version: int) -> None:
        event_id = uuid4()
        data = json.dumps({"aggregate_id": str(aggregate_id), "version": version, "side": "association"})
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(_ACT, aggregate_id, version)
            await connection.execute(_LOG, event_id, aggregate_id, version, data)
        await jetstream.publish_async(_SUBJECT, data.encode(), headers={"Nats-Msg-Id": str(event_id)})

    yield act
    await pool.close()
    await client.close()


@asynccontextmanager
async def reading(addresses: Addresses) -> AsyncGenerator[None]:
    client = await nats.connect(addresses.operator_nats)
    jetstream = client.jetstream()
    await jetstream.add_stream(name=_STREAM, subjects=[_SUBJECT])
    await jetstream.add_consumer(
        _STREAM, ConsumerConfig(durable_name=_READER, max_ack_pending=2048, ack_wait=30)
    )
    connection: Any = await asyncpg.connect(addresses.reader_database)
    arrived = await client.subscribe(client.new_inbox())

    async def pull() -> None:
        await client.publish(
            f"$JS.API.CONSUMER.MSG.NEXT.{_STREAM}.{_READER}",
            json.dumps({"batch": _BATCH, "expires": 30_000_000_000}).encode(),
            reply=arrived.subject,
        )

    async def consume() -> None:
        requested = 0
        while True:
            if requested <= _BATCH // 2:
                await pull()
                requested += _BATCH
            batch = [await arrived.next_msg(timeout=None)]
            while arrived.pending_msgs and len(batch) < _BATCH:
                batch.append(await arrived.next_msg(timeout=1))
            requested -= len(batch)
            events = [json.loads(message.data) for message in batch]
            await connection.execute(
                _EFFECTS,
                [message.headers["Nats-Msg-Id"] for message in batch if message.headers],
                [event["aggregate_id"] for event in events],
                [event["version"] for event in events],
            )
            for message in batch:
                await message.ack()

    task = asyncio.create_task(consume())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await jetstream.delete_stream(_STREAM)
    await connection.close()
    await client.close()


async def _nothing(_connection: Any) -> None:
    """Spare the round trip that resets a connection: the floor leaves nothing behind."""


FLOOR = Chain("floor", writing, reading)
