"""Short answers about conventions for the other modules of projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.projects.authority.public import is_member, was_asked
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.projects.events import PartyOfConvention
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotActive, ConventionNotFound
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class ConventionBrief:
    """What another module needs to know of a convention."""

    convention_id: ConventionId
    amends: ConventionId | None
    """The convention that it changes, where it is an amendment."""
    title: str
    state: ConventionState
    drafted_by: OrganizationId
    parties: tuple[PartyOfConvention, ...]
    """The establishments first, then by name."""
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


_READABLE = """
EXISTS (
    SELECT FROM convention_access AS access
    WHERE access.convention_id = convention.convention_id AND (access.organization_id = $1 OR access.person_id = $2)
)
"""

_BRIEF = """
SELECT convention.convention_id, convention.amends, convention.title, convention.state, convention.drafted_by,
       convention.starts_on,
       convention.ends_on, seal.sign_before, convention.changed_at,
       (SELECT jsonb_agg(jsonb_build_object('organization_id', organization_id, 'side', side) ORDER BY side DESC, name)
        FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties
FROM conventions AS convention
LEFT JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
"""

_ONE_FOR_ACTOR = f"{_BRIEF} WHERE convention.convention_id = $3 AND {_READABLE}"
_ONE_LOCKED = f"{_ONE_FOR_ACTOR} FOR SHARE OF convention"
_MANY_FOR_ACTOR = (
    f"{_BRIEF} WHERE convention.amends IS NULL AND {_READABLE} ORDER BY convention.changed_at DESC LIMIT $3"
)
_ONE_FOR_SERVICE = f"{_BRIEF} WHERE convention.convention_id = $1"

_MAY_READ = """
SELECT
    EXISTS (SELECT FROM convention_access WHERE convention_id = $1 AND organization_id = $3)
    OR EXISTS (
        SELECT FROM convention_admissions WHERE convention_id = $1 AND organization_id = $3 AND observes
    ) AS as_organization,
    EXISTS (SELECT FROM convention_access WHERE convention_id = $1 AND person_id = $2) AS as_invited
"""

_WAS_TAKEN_BACK = """
SELECT EXISTS (
    SELECT FROM convention_parties AS party JOIN conventions AS convention USING (convention_id)
    WHERE party.convention_id = $1 AND party.organization_id = $2 AND party.left_on IS NOT NULL
      AND convention.activated_at IS NULL
)
"""

_TITLES = f"""
SELECT convention.convention_id AS id, convention.title FROM conventions AS convention
WHERE convention.convention_id = ANY($3::uuid[])
  AND ({_READABLE} OR EXISTS (
      SELECT FROM convention_admissions AS seen
      WHERE seen.convention_id = convention.convention_id AND seen.organization_id = $1 AND seen.observes
  ))
UNION ALL
SELECT convention.clause_id, convention.title FROM clauses AS convention
WHERE convention.clause_id = ANY($3::uuid[]) AND {_READABLE}
"""

_CLAUSES = """
SELECT clause_id, convention_id, number, title FROM clauses
WHERE convention_id = $1 AND clause_id = ANY($2::uuid[])
"""

_PARTIES = TypeAdapter(tuple[PartyOfConvention, ...])


async def get_brief(tx: Transaction, convention_id: ConventionId, actor: Actor) -> ConventionBrief:
    """A convention that the actor may read.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    return _found(await tx.fetchrow(_ONE_FOR_ACTOR, actor.organization_id, actor.person_id, convention_id))


async def require_active(tx: Transaction, convention_id: ConventionId, actor: Actor) -> ConventionBrief:
    """A convention that is active, and stays so until the end of this transaction.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        ConventionNotActive: not every party has signed.
    """
    brief = _found(await tx.fetchrow(_ONE_LOCKED, actor.organization_id, actor.person_id, convention_id))
    if brief.state is not ConventionState.ACTIVE:
        raise ConventionNotActive(state=brief.state)
    return brief


async def list_briefs(tx: Transaction, actor: Actor, limit: int = 200) -> tuple[ConventionBrief, ...]:
    """The conventions that the actor may read, last changed first."""
    rows = await tx.fetch(_MANY_FOR_ACTOR, actor.organization_id, actor.person_id, limit)
    return tuple(_brief(row) for row in rows)


async def describe_convention(tx: Transaction, convention_id: ConventionId) -> ConventionBrief | None:
    """Any convention, for the service itself; check `may_read` before telling somebody about it."""
    row = await tx.fetchrow(_ONE_FOR_SERVICE, convention_id)
    return _brief(row) if row else None


async def may_read(
    tx: Transaction, convention_id: ConventionId, person: PersonId, organization: OrganizationId
) -> bool:
    """Whether this person, speaking as this organisation, may read the convention now. For the service itself."""
    row = await tx.fetchrow(_MAY_READ, convention_id, person, organization)
    return row["as_invited"] or (row["as_organization"] and await is_member(tx, person, organization))


async def knew_of(
    tx: Transaction, convention_id: ConventionId, person: PersonId, organization: OrganizationId
) -> bool:
    """Whether this person was asked to be a référent, or her organisation was a party, until that was taken back: so she
    knows the title. For the service itself.
    """
    taken_back = await tx.fetchval(_WAS_TAKEN_BACK, convention_id, organization)
    return taken_back or await was_asked(tx, convention_id, person)


async def titles_of(tx: Transaction, ids: Iterable[UUID], actor: Actor) -> dict[UUID, str]:
    """The titles of those ids that are conventions or clauses, as far as the actor may read them."""
    rows = await tx.fetch(_TITLES, actor.organization_id, actor.person_id, list(ids))
    return {row["id"]: row["title"] for row in rows}


async def clauses_of(
    tx: Transaction, convention_id: ConventionId, clause_ids: Iterable[ClauseId]
) -> dict[ClauseId, ClauseBrief]:
    """What names some clauses of a convention that the caller has found readable."""
    wanted = list(clause_ids)
    rows = await tx.fetch(_CLAUSES, convention_id, wanted) if wanted else []
    return {row["clause_id"]: ClauseBrief(**row) for row in rows}


def _found(row: Any) -> ConventionBrief:
    if row is None:
        raise ConventionNotFound
    return _brief(row)


def _brief(row: Any) -> ConventionBrief:
    return ConventionBrief(
        convention_id=row["convention_id"],
        amends=row["amends"],
        title=row["title"],
        state=ConventionState(row["state"]),
        drafted_by=row["drafted_by"],
        parties=_PARTIES.validate_python(row["parties"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        sign_before=row["sign_before"],
        changed_at=row["changed_at"],
    )
