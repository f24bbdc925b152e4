"""What operators ask of every service alike: each answers under its own name (`entente.<service>.operate.…`).

About the quarantine: messages that a service could not apply wait there, with the reason, until they are applied in the
end or an operator discards them.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.messages import Audience, Command, Query, View
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import Limit

QuarantineId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Resolution(StrEnum):
    """How the wait of a message has ended."""

    APPLIED = "applied"
    DISCARDED = "discarded"


class QuarantinedView(View):
    """A message that could not be applied."""

    quarantine_id: QuarantineId
    source: str
    """The service that announced it."""
    type: str
    """The subject that it came on."""
    aggregate_id: UUID | None
    """None, and so is the version, when not even that could be read."""
    version: int | None
    reason: str
    quarantined_at: datetime
    resolution: Resolution | None = None
    """None while it waits."""
    resolved_at: datetime | None = None


class Quarantine(View):
    """One page of a service's quarantine, the oldest first."""

    messages: tuple[QuarantinedView, ...]
    waiting: int
    """How many wait in all."""
    next_after: QuarantineId | None = None
    """Asks for the next page; None on the last one."""


class QuarantinedContent(View):
    """A message in quarantine with all that it says, and what its wait holds back."""

    message: QuarantinedView
    headers: dict[str, str]
    data: str
    """Its body, as far as it is text."""
    head: int
    """The last version of its aggregate that is applied here."""
    parked: int
    """How many later events of the aggregate wait behind it."""


class Replayed(View):
    """What became of a message that was tried again, or discarded."""

    resolution: Resolution | None
    """None: it still waits."""
    reason: str
    """Why it still waits; empty when it does not."""
    released: int
    """How many events that were parked behind it are now applied."""


class ListQuarantine(Query[Quarantine]):
    """What waits in a service's quarantine; with `resolved`, what no longer does too."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    resolved: bool = False
    after: Annotated[int, Field(ge=0)] = 0
    limit: Limit = 50


class InspectQuarantined(Query[QuarantinedContent]):
    """One message of a service's quarantine, with its headers and its body."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    quarantine_id: QuarantineId


class ReplayQuarantined(Command[Replayed]):
    """Apply a message once more, through the service's own reactions. When it fails again, it waits on with that reason."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    quarantine_id: QuarantineId


class DiscardQuarantined(Command[Replayed]):
    """Give a message up. If it is the next of its aggregate, those that wait behind it are applied without it."""

    audience: ClassVar[Audience] = Audience.OPERATORS
    quarantine_id: QuarantineId


class QuarantinedNotFound(Refusal):
    """The service has no such message in its quarantine."""

    code = "quarantined_not_found"
    kind = RefusalKind.NOT_FOUND


class QuarantinedResolved(Refusal):
    """The message no longer waits: it is applied or discarded; `resolution` says which."""

    code = "quarantined_resolved"

    def __init__(self, resolution: str) -> None:
        super().__init__(resolution=resolution)
