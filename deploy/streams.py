"""Makes the streams and durable consumers of the topology true on a NATS server. Running it again changes nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import unquote, urlsplit

import nats.errors
from nats.aio.client import Client
from nats.js.errors import APIError, NotFoundError

from deploy import topology
from deploy.errors import StartFailure
from shared.backbone.streams import Stream
from shared.backbone.usable import refused

# As long as any other part of a start may take.
_ANSWERS_WITHIN_SECONDS = 60.0
_ASKED_AGAIN_AFTER_SECONDS = 0.25

# What a cluster says before its nodes have found one another and elected a leader, by the codes of NATS' own errors.json:
# no suitable peers, not available, not the leader.
_NOT_YET = {10005, 10008, 10009}


async def connect(url: str, *, name: str) -> Client:
    """Connect once, without the endless reconnection of a service: a wrong address must be said at once."""
    reasons: list[str] = []

    async def remember(error: Exception) -> None:
        reasons.append(str(error) or type(error).__name__)

    client = Client()
    parts = urlsplit(url.partition(",")[0])
    try:
        await client.connect(
            url.split(","),
            # The library would send them as they are encoded in the address.
            user=unquote(parts.username) if parts.username and parts.password else None,
            password=unquote(parts.password) if parts.password else None,
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


async def provision_streams(
    operator_url: str, *, nodes: int = 1, within_seconds: float = _ANSWERS_WITHIN_SECONDS
) -> None:
    """Create or correct every stream, kept by so many nodes of a cluster, and every durable consumer.

    Raises:
        StartFailure: NATS refuses one for good, or cannot take it in hand within that time.
    """
    deadline = time.monotonic() + within_seconds
    client = await connect(operator_url, name="entente-provision")
    try:
        for producer in topology.DOMAIN_SERVICES:
            stream = Stream(producer, replicas=nodes)
            await _answered(
                f"the stream {stream.name}", lambda it=stream: _ensure_stream(client, it), deadline
            )
            for reader in topology.READERS[producer]:
                await _answered(
                    f"the consumer {reader} of the stream {stream.name}",
                    lambda it=stream, by=reader: it.put_back_consumer(client.jetstream(), by),
                    deadline,
                )
    finally:
        await client.close()


async def _ensure_stream(client: Client, stream: Stream) -> None:
    manager = client.jsm()
    wanted = stream.config()
    try:
        await manager.stream_info(stream.name)
    except NotFoundError:
        await manager.add_stream(wanted)
    else:
        await manager.update_stream(wanted)


async def _answered(what: str, ask: Callable[[], Awaitable[None]], deadline: float) -> None:
    """Ask until it is so: a cluster that has just started answers, or keeps silent, before its leaders are elected."""
    while True:
        try:
            return await ask()
        except nats.errors.Error as error:
            if not _will_pass(error):
                told = str(refused(what, error)) if isinstance(error, APIError) else f"{what}: {error}"
                raise StartFailure(told) from error
            if time.monotonic() >= deadline:
                raise StartFailure(
                    f"NATS was not ready for {what} in time: {_reason(error)}. Of a cluster, two nodes of three must run, "
                    "and elect who leads each stream."
                ) from error
        await asyncio.sleep(_ASKED_AGAIN_AFTER_SECONDS)


def _will_pass(error: nats.errors.Error) -> bool:
    if isinstance(error, APIError):
        # Without a code of JetStream, nobody was there to answer.
        return error.err_code is None or error.err_code in _NOT_YET
    return isinstance(error, nats.errors.TimeoutError)


def _reason(error: nats.errors.Error) -> str:
    if isinstance(error, APIError):
        return error.description or "nobody answers for JetStream"
    return "no answer"


def _user(url: str) -> str:
    return url.partition("://")[2].partition(":")[0].rpartition("@")[2]
