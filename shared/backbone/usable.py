"""Refuse, in words, to start on a stream or durable consumer that cannot serve. What is missing is put back."""

from collections.abc import Iterable

from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import StreamConfig
from nats.js.errors import APIError, NotFoundError

from shared.backbone.streams import Stream
from shared.kit.service import Unusable

# What JetStream says of a configuration that will not pass later either, by the codes of NATS' own errors.json. A
# consumer or stream that exists and cannot become ours:
_IN_THE_WAY = {10012, 10052, 10058}
# Subjects that another stream has, replicas without a cluster:
_ELSEWHERE = {10065, 10074}

_REMEDY = "It is only a cache: delete it, and it is made and filled again from the log of its owner."


async def require_usable(client: Client, own: Stream, sources: Iterable[str]) -> None:
    """Look at a service's own stream, and at its consumers of the streams of `sources`.

    Raises:
        Unusable: the first one that is. A server that cannot tell now has not said so: the relay keeps asking.
    """
    jetstream = client.jetstream()
    try:
        await _require_stream(jetstream, own)
        for source in sources:
            await _require_consumer(jetstream, Stream(source), own.producer)
    except (NatsError, TimeoutError):
        return


def _flaw_of(found: StreamConfig, stream: Stream) -> str | None:
    """What makes a stream that was found unfit for the events of its producer; None when it is fit."""
    wanted = stream.config()
    if stream.subject not in (found.subjects or ()):
        return f"it takes the subjects {', '.join(found.subjects or ())} and not {stream.subject}"
    if found.storage != wanted.storage:
        return f"it keeps its messages in {found.storage} and not in a file"
    if found.retention != wanted.retention:
        return f"its retention is {found.retention}, which forgets what somebody has not read yet"
    return None


def refused(what: str, error: APIError) -> Unusable:
    """JetStream's refusal of a stream or consumer, in words."""
    told = f"NATS refuses {what}: {error.description}."
    return Unusable(f"{told} {_REMEDY}" if error.err_code in _IN_THE_WAY else told)


async def _require_stream(jetstream: JetStreamContext, stream: Stream) -> None:
    try:
        found = (await jetstream.stream_info(stream.name)).config
    except NotFoundError:
        found = stream.config()
        try:
            await stream.put_back(jetstream)
        except APIError as error:
            if error.err_code in _ELSEWHERE:
                raise refused(f"the stream {stream.name}", error) from error
            raise
    if flaw := _flaw_of(found, stream):
        raise Unusable(f"The stream {stream.name} cannot be used: {flaw}. {_REMEDY}")


async def _require_consumer(jetstream: JetStreamContext, stream: Stream, reader: str) -> None:
    try:
        await stream.put_back_consumer(jetstream, reader)
    except APIError as error:
        if error.err_code in _IN_THE_WAY:
            # A server that cannot write says it by the same code; then none is there, and this raises that.
            await jetstream.consumer_info(stream.name, reader)
            raise refused(f"the consumer {reader} of the stream {stream.name}", error) from error
        raise
