"""What operators ask of every service that keeps projections: make one again from the owners' logs."""

from typing import ClassVar

from shared.contracts.messages import Audience, Command, Query, View
from shared.contracts.refusals import Refusal, RefusalKind


class ProjectionRebuilt(View):
    """What a rebuild found. Where the hashes differ, the rebuilt rows have replaced the live ones."""

    live_hash: str
    """SHA-256 of the sorted rows, as they were."""
    rebuilt_hash: str
    """The same, of what the owners' logs give."""
    events: int
    seconds: float


class Projections(View):
    """The names of a service's projections."""

    names: tuple[str, ...]


class ListProjections(Query[Projections]):
    """What the service can make again."""

    audience: ClassVar[Audience] = Audience.OPERATORS


class RebuildProjection(Command[ProjectionRebuilt]):
    """Make a projection again, while the service runs."""

    audience: ClassVar[Audience] = Audience.OPERATORS

    projection: str


class UnknownProjection(Refusal):
    """The service has no projection of that name; `known` lists those that it has."""

    code = "unknown_projection"
    kind = RefusalKind.NOT_FOUND

    def __init__(self, known: list[str]) -> None:
        super().__init__(known=known)
