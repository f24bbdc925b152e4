"""The few facts of a convention that are decided on once it is signed, without its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Terms
from shared.contracts.refusals import Defect
from shared.contracts.values import Side
from shared.kit.database import Transaction

# The lock comes first, alone: what is read beside it in one statement would be as old as the wait for it.
_LOCK = """
SELECT convention_id FROM conventions AS convention
WHERE convention_id = $1 AND convention.amends IS NULL
  AND ($4 OR EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $2 OR access.person_id = $3)
  ))
FOR UPDATE
"""

_READ = """
SELECT convention.convention_id, convention.version, convention.title, convention.state, convention.starts_on,
       convention.ends_on, convention.activated_at, convention.ended_at, convention.closed_at,
       (SELECT jsonb_agg(jsonb_build_array(party.organization_id, party.side) ORDER BY party.side DESC, party.name)
        FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties,
       to_jsonb(terms) AS terms
FROM conventions AS convention
JOIN convention_terms AS terms ON terms.convention_id = convention.convention_id
     AND terms.revision = convention.terms_revision
WHERE convention.convention_id = $1 AND convention.amends IS NULL
  AND ($4 OR EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $2 OR access.person_id = $3)
  ))
"""

_MOVE = """
UPDATE conventions SET version = $3, state = $4, ended_at = $5, closed_at = $6, changed_at = $7, ends_on = $8
WHERE convention_id = $1 AND version = $2
"""


@dataclass(frozen=True, slots=True)
class ConventionStanding:
    """A convention without its text."""

    convention_id: ConventionId
    version: int
    title: str
    state: ConventionState
    sides: Mapping[OrganizationId, Side]
    """Of the parties, without those that have left: the establishments first, then by name."""
    starts_on: date
    ends_on: date
    """The last day of the present term: later than the terms say, once it was renewed."""
    terms: Terms
    activated_at: datetime | None
    ended_at: datetime | None
    closed_at: datetime | None

    @property
    def parties(self) -> tuple[OrganizationId, ...]:
        """Who it binds."""
        return tuple(self.sides)


async def find_standing(
    tx: Transaction,
    convention_id: ConventionId,
    *,
    organization: OrganizationId | None,
    person: PersonId | None,
    as_service: bool = False,
    to_decide: bool = False,
) -> ConventionStanding | None:
    """Where a convention stands; None when it does not exist, may not be seen, or only amends one. `to_decide` locks it."""
    reader = (convention_id, organization, person, as_service)
    if to_decide and await tx.fetchval(_LOCK, *reader) is None:
        return None
    row = await tx.fetchrow(_READ, *reader)
    if row is None:
        return None
    return ConventionStanding(
        convention_id=row["convention_id"],
        version=row["version"],
        title=row["title"],
        state=ConventionState(row["state"]),
        sides={OrganizationId(UUID(it)): Side(side) for it, side in row["parties"]},
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        terms=Terms.model_validate(row["terms"]),
        activated_at=row["activated_at"],
        ended_at=row["ended_at"],
        closed_at=row["closed_at"],
    )


async def move_standing(
    tx: Transaction,
    convention_id: ConventionId,
    *,
    from_version: int,
    to_version: int,
    state: ConventionState,
    ends_on: date,
    ended_at: datetime | None,
    closed_at: datetime | None,
    now: datetime,
) -> None:
    """Write where a locked convention stands now."""
    moved = await tx.execute(
        _MOVE, convention_id, from_version, to_version, state, ended_at, closed_at, now, ends_on
    )
    if moved != "UPDATE 1":
        raise Defect(f"the convention {convention_id} was locked, yet it changed")
