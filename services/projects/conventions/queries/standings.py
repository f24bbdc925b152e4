"""Where each convention of an actor stands: what lists and the home page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.projects.authority.public import Sides, sides_of
from services.projects.conventions.domain.rights import Situation
from services.projects.conventions.queries.amendments import UNCHANGED
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId
from shared.contracts.projects.queries import ConventionState
from shared.kit.database import Transaction
from shared.kit.patterns import containing

# More than any organisation has; a bound, not a page.
MOST = 500


@dataclass(frozen=True, slots=True)
class ToAccept:
    """What a side has not accepted yet: clauses, or the terms, or both."""

    clauses: int
    """Annexes count like clauses. Zero when only the terms are left."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A convention in short, with what it waits for."""

    convention_id: ConventionId
    partnership_id: ConventionId
    """The convention itself, or the one that it amends."""
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the readable conventions."""

    unfinished_only: bool = False
    amendments: bool = False
    """Amendments too, which no list of conventions shows."""
    words: tuple[str, ...] = ()
    """Folded: each is in the title, the aim or the name of a party."""
    party: OrganizationId | None = None
    state: ConventionState | None = None
    before: ConventionId | None = None
    """Only those that changed before this one."""
    without: tuple[ConventionId, ...] = ()
    limit: int = MOST


_WANTED = """
FROM conventions AS convention
WHERE (convention.state IN ('draft', 'negotiating', 'ready', 'partly_signed') OR NOT $3)
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $1 OR access.person_id = $2)
  )
  AND convention.search_words LIKE ALL ($4::text[])
  AND ($5::uuid IS NULL OR EXISTS (
      SELECT FROM convention_parties AS party
      WHERE party.convention_id = convention.convention_id AND party.organization_id = $5
  ))
  AND ($6::text IS NULL OR convention.state = $6)
  AND (convention.amends IS NULL OR $7)
"""

_COUNT = f"SELECT count(*) {_WANTED}"

# The page first: what is told of each convention is read for those on it only. What a signed convention needs no more is
# not computed for it.
_STANDINGS = f"""
WITH page AS (
    SELECT convention.* {_WANTED}
      AND ($8::uuid IS NULL OR (convention.changed_at, convention.convention_id) < (
          SELECT last.changed_at, last.convention_id FROM conventions AS last WHERE last.convention_id = $8))
      AND NOT convention.convention_id = ANY($9::uuid[])
    ORDER BY convention.changed_at DESC, convention.convention_id DESC
    LIMIT $10
)
SELECT convention.convention_id, convention.amends, convention.title, convention.state, convention.drafted_by,
       convention.drafted_by_person, convention.drafted_at, convention.starts_on, convention.ends_on,
       convention.changed_at, seal.sign_before, seal.sign_order, seal.sealed_at,
       (SELECT array_agg(party.organization_id ORDER BY party.side DESC, party.name) FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties,
       signed.by_organization, waiting.by_organization AS to_accept, agreed.agreed_at, {UNCHANGED} AS unchanged
FROM page AS convention
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
            UNION ALL
            SELECT annex.accepted_by, current.proposed_at, true
            FROM convention_annexes AS annex JOIN annex_revisions AS current USING (convention_id, annex_id, revision)
            WHERE annex.convention_id = convention.convention_id AND (current.withdrawn OR current.sha256 IS NOT NULL)
              -- One that is gone awaits nobody, not even a party that joined since.
              AND NOT (current.withdrawn AND annex.agreed_at IS NOT NULL)
        ) AS text ON NOT party.organization_id = ANY(text.accepted_by)
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL
        GROUP BY party.organization_id
    ) AS side
) AS waiting ON convention.state IN ('draft', 'negotiating')
LEFT JOIN LATERAL (
    SELECT greatest(max(clause.agreed_at), convention.terms_agreed_at) AS agreed_at FROM clauses AS clause
    WHERE clause.convention_id = convention.convention_id
) AS agreed ON convention.state = 'negotiating'
ORDER BY convention.changed_at DESC, convention.convention_id DESC
"""

ALL = Wanted()


async def standings_of(tx: Transaction, actor: Actor, wanted: Wanted = ALL) -> tuple[Standing, ...]:
    """The conventions that the actor may read, last changed first."""
    rows = await tx.fetch(
        _STANDINGS, *_conditions(actor, wanted), wanted.before, list(wanted.without), wanted.limit
    )
    sides = await sides_of(tx, [row["amends"] or row["convention_id"] for row in rows])
    return tuple(_standing(row, sides[row["amends"] or row["convention_id"]]) for row in rows)


async def count_of(tx: Transaction, actor: Actor, wanted: Wanted) -> int:
    """How many the actor may read, of all pages."""
    return await tx.fetchval(_COUNT, *_conditions(actor, wanted))


async def folded_words(tx: Transaction, written: str) -> tuple[str, ...]:
    """The words of a question, as the conventions' own are kept."""
    if not written.strip():
        return ()
    return tuple((await tx.fetchval("SELECT folded($1)", written)).split())


def _conditions(actor: Actor, wanted: Wanted) -> tuple[Any, ...]:
    return (
        actor.organization_id,
        actor.person_id,
        wanted.unfinished_only,
        [containing(it) for it in wanted.words],
        wanted.party,
        wanted.state,
        wanted.amendments,
    )


def _standing(row: Any, sides: Sides) -> Standing:
    signed: dict[str, str] = row["by_organization"] or {}
    waiting: dict[str, tuple[int, str]] = row["to_accept"] or {}
    to_accept = {
        OrganizationId(UUID(organization)): ToAccept(clauses, datetime.fromisoformat(since))
        for organization, (clauses, since) in waiting.items()
    }
    return Standing(
        convention_id=row["convention_id"],
        partnership_id=row["amends"] or row["convention_id"],
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
            amendment=row["amends"] is not None,
            unchanged=row["unchanged"],
        ),
        sides=sides,
    )
