"""Where each convention of an actor stands: what lists and the home page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.projects.authority.public import Sides, sides_of
from services.projects.conventions.domain.rights import Situation
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.projects.queries import ConventionState
from shared.kit.database import Transaction

# More than any organisation has; a bound, not a page.
MOST = 500


@dataclass(frozen=True, slots=True)
class ToAccept:
    """What a side has not accepted yet: clauses, or the terms, or both."""

    clauses: int
    """Zero when only the terms are left."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A convention in short, with what it waits for."""

    convention_id: ConventionId
    title: str
    parties: tuple[OrganizationId, ...]
    starts_on: date
    ends_on: date
    sign_before: date | None
    drafted_at: datetime
    agreed_at: datetime | None
    sealed_at: datetime | None
    changed_at: datetime
    to_accept: Mapping[OrganizationId, ToAccept]
    situation: Situation
    sides: Sides


# What a signed convention needs no more is not computed for it.
_STANDINGS = """
SELECT convention.convention_id, convention.title, convention.state, convention.drafted_by,
       convention.drafted_by_person, convention.drafted_at, convention.starts_on, convention.ends_on,
       convention.changed_at, seal.sign_before, seal.sign_order, seal.sealed_at,
       (SELECT array_agg(party.organization_id ORDER BY party.side DESC) FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id) AS parties,
       signed.by_organization, waiting.by_organization AS to_accept, agreed.agreed_at
FROM conventions AS convention
LEFT JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(signature.organization_id, signature.person_id) AS by_organization
    FROM convention_signatures AS signature
    WHERE signature.convention_id = convention.convention_id
      AND signature.sealed_at_version = convention.sealed_at_version
) AS signed ON true
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(side.organization_id, jsonb_build_array(side.clauses, side.since)) AS by_organization
    FROM (
        SELECT party.organization_id, count(*) FILTER (WHERE of_clause) AS clauses, min(text.proposed_at) AS since
        FROM convention_parties AS party
        JOIN (
            SELECT clause.accepted_by, current.proposed_at, true AS of_clause
            FROM clauses AS clause JOIN clause_revisions AS current USING (clause_id, revision)
            WHERE clause.convention_id = convention.convention_id AND clause.withdrawn_at IS NULL
            UNION ALL
            SELECT convention.terms_accepted_by, terms.proposed_at, false
            FROM convention_terms AS terms
            WHERE terms.convention_id = convention.convention_id AND terms.revision = convention.terms_revision
        ) AS text ON NOT party.organization_id = ANY(text.accepted_by)
        WHERE party.convention_id = convention.convention_id
        GROUP BY party.organization_id
    ) AS side
) AS waiting ON convention.state IN ('draft', 'negotiating')
LEFT JOIN LATERAL (
    SELECT greatest(max(clause.agreed_at), convention.terms_agreed_at) AS agreed_at FROM clauses AS clause
    WHERE clause.convention_id = convention.convention_id
) AS agreed ON convention.state = 'negotiating'
WHERE (convention.state IN ('draft', 'negotiating', 'ready', 'partly_signed') OR NOT $3)
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $1 OR access.person_id = $2)
  )
ORDER BY convention.changed_at DESC
LIMIT $4
"""


async def standings_of(
    tx: Transaction, actor: Actor, *, unfinished_only: bool = False
) -> tuple[Standing, ...]:
    """The conventions that the actor may read, last changed first."""
    rows = await tx.fetch(_STANDINGS, actor.organization_id, actor.person_id, unfinished_only, MOST)
    sides = await sides_of(tx, [row["convention_id"] for row in rows])
    return tuple(_standing(row, sides[row["convention_id"]]) for row in rows)


def _standing(row: Any, sides: Sides) -> Standing:
    signed: dict[str, str] = row["by_organization"] or {}
    waiting: dict[str, tuple[int, str]] = row["to_accept"] or {}
    to_accept = {
        OrganizationId(UUID(organization)): ToAccept(clauses, datetime.fromisoformat(since))
        for organization, (clauses, since) in waiting.items()
    }
    return Standing(
        convention_id=row["convention_id"],
        title=row["title"],
        parties=tuple(row["parties"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        sign_before=row["sign_before"],
        drafted_at=row["drafted_at"],
        agreed_at=row["agreed_at"],
        sealed_at=row["sealed_at"],
        changed_at=row["changed_at"],
        to_accept=to_accept,
        situation=Situation(
            state=ConventionState(row["state"]),
            drafted_by=row["drafted_by"],
            drafted_by_person=row["drafted_by_person"],
            parties=frozenset(row["parties"]),
            signed_by={OrganizationId(UUID(it)): PersonId(UUID(by)) for it, by in signed.items()},
            still_to_accept=frozenset(to_accept),
            sign_order=tuple(row["sign_order"] or ()),
        ),
        sides=sides,
    )
