"""The envelope of an event: CloudEvents 1.0 in binary mode of its NATS protocol binding.

Attributes travel as `ce-…` headers and the event's fields as a JSON body, so that routing, deduplication and tracing
never open the body. Extension attributes follow the CloudEvents naming rule (lower-case letters and digits).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.identifiers import EventId
from shared.contracts.refusals import Defect

SPEC_VERSION = "1.0"
CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who did what to which aggregate, and where the event stands in that aggregate's history."""

    event_id: EventId
    source: str
    """The producing service, as `urn:entente:projects`."""
    type: str
    """The subject that the event is published on, which is its type with its major version."""
    occurred_at: datetime
    aggregate_id: UUID
    version: int
    """1 for the first event of the aggregate, then one more each time."""
    epoch: int
    """Rises when the producer's database is restored to an earlier point, because versions then repeat."""
    partnership_id: UUID | None
    actor_person: UUID | None
    actor_organization: UUID | None
    traceparent: str | None
    data: bytes
    """The event's fields as JSON."""

    def headers(self) -> dict[str, str]:
        """The NATS headers of the message."""
        headers = {
            "ce-specversion": SPEC_VERSION,
            "ce-id": str(self.event_id),
            "ce-source": self.source,
            "ce-type": self.type,
            "ce-subject": str(self.aggregate_id),
            "ce-time": self.occurred_at.isoformat(),
            "ce-aggversion": str(self.version),
            "ce-epoch": str(self.epoch),
            "content-type": CONTENT_TYPE,
        }
        for name, value in (
            ("ce-partnershipid", self.partnership_id),
            ("ce-actorperson", self.actor_person),
            ("ce-actororganization", self.actor_organization),
            ("ce-traceparent", self.traceparent),
        ):
            if value is not None:
                headers[name] = str(value)
        return headers

    @staticmethod
    def read(headers: Mapping[str, str] | None, data: bytes) -> "Envelope":
        """The envelope of a received message.

        Raises:
            Defect: an attribute is missing or unreadable; trying again would not help.
        """
        given = {name.lower(): value for name, value in (headers or {}).items()}
        try:
            if any("\0" in value for value in given.values()):
                raise ValueError("a header holds NUL")
            if given["ce-specversion"] != SPEC_VERSION:
                raise ValueError(f"CloudEvents {given['ce-specversion']}")
            return Envelope(
                event_id=EventId(UUID(given["ce-id"])),
                source=given["ce-source"],
                type=given["ce-type"],
                occurred_at=datetime.fromisoformat(given["ce-time"]),
                aggregate_id=UUID(given["ce-subject"]),
                version=_count(given["ce-aggversion"]),
                epoch=_count(given["ce-epoch"]),
                partnership_id=_optional_id(given.get("ce-partnershipid")),
                actor_person=_optional_id(given.get("ce-actorperson")),
                actor_organization=_optional_id(given.get("ce-actororganization")),
                traceparent=given.get("ce-traceparent"),
                data=data,
            )
        except (KeyError, ValueError) as error:
            raise Defect(f"unreadable envelope: {error}") from error


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number < 2**63:
        raise ValueError(f"{number} is no version")
    return number


def _optional_id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
