"""What a producer's stream and a reader's durable consumer look like: one description for provisioning and repair.

JetStream is a cache of the event logs. Whoever finds its stream or consumer missing puts back the very same one.
"""

from dataclasses import dataclass

from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)

MAX_AGE_SECONDS = 30 * 24 * 3600
MAX_BYTES = 1 << 30

# Longer than any retry of a publish, so that a relay which lost an acknowledgement repeats without effect.
DUPLICATE_WINDOW_SECONDS = 120

ACK_WAIT_SECONDS = 30

# A message that fails is delivered again for ever; poison is put aside by the service, with its reason. With a limit,
# JetStream would forget the message and report no lag.
MAX_DELIVER = -1

MAX_ACK_PENDING = 2048


@dataclass(frozen=True)
class Stream:
    """The events of one producer."""

    producer: str
    replicas: int = 1
    """How many nodes of the cluster keep it. Its durable consumers follow it."""

    @property
    def name(self) -> str:
        """Upper case, as NATS' own tools show streams."""
        return self.producer.upper()

    @property
    def subject(self) -> str:
        """Aggregate, event and version vary; no identifier ever stands in a subject."""
        return f"entente.{self.producer}.*.*.*"

    def config(self) -> StreamConfig:
        """As JetStream is asked to keep it."""
        return StreamConfig(
            name=self.name,
            description=f"Events of {self.producer}",
            subjects=[self.subject],
            storage=StorageType.FILE,
            num_replicas=self.replicas,
            retention=RetentionPolicy.LIMITS,
            discard=DiscardPolicy.OLD,
            max_age=MAX_AGE_SECONDS,
            max_bytes=MAX_BYTES,
            duplicate_window=DUPLICATE_WINDOW_SECONDS,
            allow_atomic=True,
        )

    def consumer_config(self, reader: str) -> ConsumerConfig:
        """The durable pull consumer of one reader: it reads every event of the stream."""
        return ConsumerConfig(
            durable_name=reader,
            description=f"Read by {reader}",
            deliver_policy=DeliverPolicy.ALL,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WAIT_SECONDS,
            max_deliver=MAX_DELIVER,
            max_ack_pending=MAX_ACK_PENDING,
        )

    async def put_back(self, jetstream: JetStreamContext) -> None:
        """Create the stream that a wipe removed; an identical one is left as it is."""
        await jetstream.add_stream(self.config())

    async def put_back_consumer(self, jetstream: JetStreamContext, reader: str) -> None:
        """Create the durable consumer that a wipe removed; it starts again at the stream's beginning."""
        await jetstream.add_consumer(self.name, self.consumer_config(reader))
