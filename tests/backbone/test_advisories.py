"""What JetStream gives up, because somebody limited the deliveries, is kept, and comes back from the owner's log."""

from typing import Any

from nats.js.api import ConsumerConfig

from shared.backbone.advisories import Advisories
from shared.backbone.streams import Stream
from shared.contracts.refusals import Trouble
from shared.kit.database import Database
from shared.kit.service import connected_client, in_background
from tests.backbone.conftest import Counted, log
from tests.backbone.recorder import Recorder, consuming, has_seen, owning, relaying
from tests.support.eventually import eventually
from tests.support.servers import NatsForTests


async def test_what_jetstream_gives_up_is_kept_and_comes_back(
    producer: Database, reader: Database, nats_server: NatsForTests
) -> None:
    aggregate, recorder = Counted(), Recorder()
    # Twice: in the batch and alone.
    recorder.failures = [Trouble("the world is failing"), Trouble("the world is failing")]

    async def kept() -> Any:
        return await reader.pool.fetchrow("SELECT aggregate_id, version, reason, resolution FROM quarantine")

    async def came_back() -> bool:
        return (await kept())["resolution"] == "applied"

    async with (
        connected_client(nats_server.url("projects"), service="projects") as client,
        in_background(Advisories(reader, client, source="contacts", reader="projects").run()),
        consuming(reader, nats_server, recorder),
    ):
        await _limit_deliveries(nats_server)
        async with relaying(producer, nats_server):
            await log(producer, aggregate)
            row = await eventually(kept)
        assert (row["aggregate_id"], row["version"]) == (aggregate.id, 1)
        assert "gave it up" in row["reason"]
        async with owning(producer, nats_server):
            await eventually(lambda: has_seen(reader, aggregate, 1))
            await eventually(came_back)


async def _limit_deliveries(server: NatsForTests) -> None:
    async with connected_client(server.operator_url, service="operator") as operator:
        limited = Stream("contacts").consumer_config("projects")
        await operator.jsm().add_consumer("CONTACTS", ConsumerConfig.evolve(limited, max_deliver=1))
