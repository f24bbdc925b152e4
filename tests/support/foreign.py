"""Play another service: publish its events, with the envelope that its relay would give them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from nats.aio.client import Client

from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import EventId, new_id
from shared.contracts.messages import Event
from shared.kit import clock


class ForeignService:
    """A producer as its consumers see it. `client` is connected as the operator, who may publish anything."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._versions: dict[UUID, int] = defaultdict(int)

    def envelope(self, event: Event, *, version: int | None = None, **given: Any) -> Envelope:
        """The next event of its aggregate, or the one with the given version."""
        if version is None:
            self._versions[event.aggregate_id] += 1
            version = self._versions[event.aggregate_id]
        attributes: dict[str, Any] = {
            "event_id": EventId(new_id()),
            "source": f"urn:entente:{event.subject.split('.')[1]}",
            "type": event.subject,
            "occurred_at": clock.now(),
            "aggregate_id": event.aggregate_id,
            "version": version,
            "epoch": 1,
            "partnership_id": getattr(event, "convention_id", None),
            "actor_person": None,
            "actor_organization": getattr(event, "organization_id", None),
            "traceparent": None,
            "data": event.model_dump_json().encode(),
        }
        return Envelope(**(attributes | given))

    async def publish(self, event: Event, *, version: int | None = None, **given: Any) -> Envelope:
        """Publish one event; other envelope attributes (`actor_person=…`) as keywords."""
        envelope = self.envelope(event, version=version, **given)
        await self.send(envelope)
        return envelope

    async def send(self, envelope: Envelope) -> None:
        """Publish an envelope as it is: again, late, or out of order."""
        await self._client.jetstream().publish(
            envelope.type, envelope.data, headers=envelope.headers(), timeout=5
        )
