"""Keep what JetStream gives up. Our consumers deliver without limit, but a limit that somebody sets on the server makes
JetStream forget a message and report no lag; then only its advisory tells.
"""

import json
from typing import Any

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from shared.backbone import inbox
from shared.backbone.streams import Stream
from shared.contracts.envelope import Envelope
from shared.contracts.refusals import Defect, Trouble
from shared.kit import metrics
from shared.kit.database import Database, transaction

logger = structlog.get_logger()


class Advisories:
    """JetStream's word that it will not deliver a message of `source` to `reader` any more."""

    def __init__(self, database: Database, client: Client, *, source: str, reader: str) -> None:
        self._database = database
        self._client = client
        self._source = source
        self._reader = reader
        self._stream = Stream(source)
        metrics.events_given_up_total.labels(reader, source)

    async def run(self) -> None:
        """Keep each of these messages in quarantine until cancelled; the digest of heads brings its event back."""
        subscription = await self._client.subscribe(
            f"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.{self._stream.name}.{self._reader}",
            queue=self._reader,
        )
        try:
            async for message in subscription.messages:
                metrics.events_given_up_total.labels(self._reader, self._source).inc()
                try:
                    await self._keep(json.loads(message.data))
                except (Trouble, NatsError, TimeoutError, ValueError, KeyError) as error:
                    logger.exception("advisory_not_kept", source=self._source, reason=type(error).__name__)
        finally:
            await subscription.unsubscribe()

    async def _keep(self, advisory: dict[str, Any]) -> None:
        sequence = int(advisory["stream_seq"])
        logger.error("event_given_up", source=self._source, stream_seq=sequence)
        try:
            message = await self._client.jetstream().get_msg(self._stream.name, sequence)
        except NotFoundError:
            # Gone from the stream as well: its owner still has it, and tells so.
            return
        headers, data = dict(message.headers or {}), message.data or b""
        try:
            envelope = Envelope.read(headers, data)
        except Defect:
            envelope = None
        async with transaction(self._database, actor=None) as tx:
            await inbox.quarantine(
                tx,
                self._source,
                subject=message.subject or "",
                stream_seq=sequence,
                headers=headers,
                data=data,
                reason=f"JetStream gave it up after {advisory['deliveries']} deliveries",
                envelope=envelope,
            )
