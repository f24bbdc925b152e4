"""Makes the streams and durable consumers of the topology true on a NATS server. Running it again changes nothing."""

from collections.abc import Generator
from contextlib import contextmanager

import nats.errors
from nats.aio.client import Client
from nats.js.errors import APIError, NotFoundError

from deploy import topology
from deploy.errors import StartFailure
from shared.backbone.streams import Stream
from shared.backbone.usable import refused


async def connect(url: str, *, name: str) -> Client:
    """Connect once, without the endless reconnection of a service: a wrong address must be said at once."""
    reasons: list[str] = []

    async def remember(error: Exception) -> None:
        reasons.append(str(error) or type(error).__name__)

    client = Client()
    try:
        await client.connect(
            url.split(","),
            name=name,
            allow_reconnect=False,
            # Even so, the library tries an address this often before it gives up.
            max_reconnect_attempts=1,
            reconnect_time_wait=0,
            connect_timeout=5,
            error_cb=remember,
        )
    except (OSError, nats.errors.Error, TimeoutError) as error:
        await client.close()
        raise StartFailure(
            f"NATS could not be reached as user '{_user(url)}': {(reasons or [str(error)])[0]}"
        ) from error
    return client


async def provision_streams(operator_url: str, *, nodes: int = 1) -> None:
    """Create or correct every stream, kept by so many nodes of a cluster, and every durable consumer."""
    client = await connect(operator_url, name="entente-provision")
    try:
        for producer in topology.DOMAIN_SERVICES:
            stream = Stream(producer, replicas=nodes)
            await _ensure_stream(client, stream)
            for reader in topology.READERS[producer]:
                with _explained(f"the consumer {reader} of the stream {stream.name}"):
                    await stream.put_back_consumer(client.jetstream(), reader)
    except nats.errors.Error as error:
        raise StartFailure(f"NATS refused the preparation of the streams: {error}") from error
    finally:
        await client.close()


async def _ensure_stream(client: Client, stream: Stream) -> None:
    manager = client.jsm()
    wanted = stream.config()
    with _explained(f"the stream {stream.name}"):
        try:
            await manager.stream_info(stream.name)
        except NotFoundError:
            await manager.add_stream(wanted)
        else:
            await manager.update_stream(wanted)


@contextmanager
def _explained(what: str) -> Generator[None]:
    try:
        yield
    except APIError as error:
        raise StartFailure(str(refused(what, error))) from error


def _user(url: str) -> str:
    return url.partition("://")[2].partition(":")[0].rpartition("@")[2]
