"""What the other modules of projects may ask about conventions, and nothing else.

Every function that takes an actor answers as if what she may not see did not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.projects.conventions import queries, storage
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.projects.events import PartyOfConvention
from shared.contracts.projects.queries import Awaited, ConventionState, Dated
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class ConventionBrief:
    """What another module needs to know of a convention."""

    convention_id: ConventionId
    title: str
    state: ConventionState
    drafted_by: OrganizationId
    parties: tuple[PartyOfConvention, ...]
    starts_on: date
    ends_on: date
    sign_before: date | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ClauseBrief:
    """What names a clause."""

    clause_id: ClauseId
    convention_id: ConventionId
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class AwaitedActs:
    """The acts that conventions wait for, oldest first: the actor's, and those of the other sides."""

    from_actor: tuple[Awaited, ...]
    from_others: tuple[Awaited, ...]
