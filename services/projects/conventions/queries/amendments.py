"""The amendments of a convention, and what each changes."""

from typing import Any

from pydantic import TypeAdapter

from services.projects.authority.public import member_or_invited
from services.projects.conventions.queries.briefs import get_brief
from shared.contracts.actor import Actor
from shared.contracts.projects.amendments import (
    AmendedFrom,
    AmendmentLine,
    Amendments,
    ClauseBefore,
    CompareAmendment,
    ListAmendments,
)
from shared.contracts.projects.amends import Amends
from shared.contracts.projects.refusals import NotAnAmendment
from shared.contracts.projects.terms import Terms
from shared.kit.database import Transaction

# For statements about `convention`: whether it is an amendment in which nobody has proposed anything yet.
UNCHANGED = """(
    convention.amends IS NOT NULL AND convention.terms_revision = 1
    AND NOT EXISTS (
        SELECT FROM clauses AS clause
        WHERE clause.convention_id = convention.convention_id AND clause.withdrawn_at IS NULL
          AND (clause.origin IS NULL OR clause.revision > 1)
    )
    AND NOT EXISTS (
        SELECT FROM convention_annexes AS annex
        WHERE annex.convention_id = convention.convention_id AND (annex.revision > 1 OR annex.agreed_at IS NULL)
    )
)"""

# The same: whether it is a convention of which an amendment is not over.
AMENDMENT_OPEN = """EXISTS (
    SELECT FROM conventions AS amendment
    WHERE amendment.amends = convention.convention_id
      AND amendment.state IN ('negotiating', 'ready', 'partly_signed', 'signed')
)"""

_LIST = """
SELECT base.convention_id, base.title,
       CASE WHEN base.activated_at IS NOT NULL THEN seal.sealed_hash END AS own_hash,
       (
           SELECT coalesce(jsonb_agg(to_jsonb(latest) ORDER BY latest.proposed_at DESC), '[]')::text
           FROM (
               SELECT amendment.convention_id AS amendment_id, amendment.amendment_number AS number, amendment.title,
                      amendment.aim AS reason, amendment.state, amendment.drafted_by AS proposed_by,
                      amendment.drafted_at AS proposed_at, amendment.effective_on, sealed.sealed_hash,
                      amendment.activated_at AS signed_at, amendment.entered_at AS entered_into_force_at,
                      given_up.organization_id AS abandoned_by, given_up.person_id AS abandoned_by_person,
                      given_up.abandoned_at, coalesce(given_up.reason, '') AS why_abandoned
               FROM conventions AS amendment
               LEFT JOIN convention_seals AS sealed USING (convention_id, sealed_at_version)
               LEFT JOIN amendment_abandonments AS given_up USING (convention_id)
               WHERE amendment.amends = base.convention_id
               ORDER BY amendment.drafted_at DESC
               LIMIT 200
           ) AS latest
       ) AS amendments
FROM conventions AS base LEFT JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
WHERE base.convention_id = partnership_of($1)
"""

# What it began with came with its first version.
_BEFORE = """
SELECT (
           SELECT coalesce(jsonb_agg(jsonb_build_object('clause_id', clause.clause_id, 'text', first.text)
                                     ORDER BY clause.number), '[]')::text
           FROM clauses AS clause
           JOIN clause_revisions AS first ON first.clause_id = clause.clause_id AND first.revision = 1
           JOIN clause_revisions AS current ON current.clause_id = clause.clause_id
            AND current.revision = clause.revision
           WHERE clause.convention_id = $1 AND clause.origin IS NOT NULL
             AND (first.text <> current.text OR current.withdrawn)
       ) AS clauses,
       ARRAY(SELECT clause.clause_id FROM clauses AS clause
             WHERE clause.convention_id = $1 AND clause.origin IS NULL AND clause.withdrawn_at IS NULL
             ORDER BY clause.number) AS added,
       ARRAY(SELECT clause.clause_id FROM clauses AS clause JOIN clause_revisions AS current USING (clause_id, revision)
             WHERE clause.convention_id = $1 AND current.withdrawn
             ORDER BY clause.number) AS withdrawn,
       (SELECT to_jsonb(first) FROM convention_terms AS first
        JOIN conventions AS convention USING (convention_id)
        WHERE convention.convention_id = $1 AND first.revision = 1 AND convention.terms_revision > 1) AS terms,
       ARRAY(SELECT annex.number FROM convention_annexes AS annex
             WHERE annex.convention_id = $1 AND (annex.revision > 1 OR annex.agreed_at IS NULL)
             ORDER BY annex.number) AS annexes
"""

_LINES = TypeAdapter(tuple[AmendmentLine, ...])
_CLAUSES = TypeAdapter(tuple[ClauseBefore, ...])


def amends_of(row: Any) -> Amends | None:
    """From a convention's row."""
    if row["amends"] is None:
        return None
    return Amends(
        convention_id=row["amends"],
        number=row["amendment_number"],
        base_hash=row["base_hash"],
        effective_on=row["effective_on"],
    )


async def list_amendments(query: ListAmendments, actor: Actor, tx: Transaction) -> Amendments:
    """All of them, for whoever may read the convention.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    await member_or_invited(tx, actor, query.convention_id)
    await get_brief(tx, query.convention_id, actor)
    row = await tx.fetchrow(_LIST, query.convention_id)
    amendments = _LINES.validate_json(row["amendments"])
    in_force = [it.sealed_hash for it in amendments if it.entered_into_force_at]
    return Amendments(
        convention_id=row["convention_id"],
        title=row["title"],
        text_in_force=in_force[0] if in_force else row["own_hash"],
        amendments=amendments,
    )


async def compare_amendment(query: CompareAmendment, actor: Actor, tx: Transaction) -> AmendedFrom:
    """What an amendment says otherwise than the text that was in force when it began.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
        NotAnAmendment: it is a convention.
    """
    await member_or_invited(tx, actor, query.convention_id)
    brief = await get_brief(tx, query.convention_id, actor)
    if brief.amends is None:
        raise NotAnAmendment
    row = await tx.fetchrow(_BEFORE, query.convention_id)
    return AmendedFrom(
        clauses=_CLAUSES.validate_json(row["clauses"]),
        added=tuple(row["added"]),
        withdrawn=tuple(row["withdrawn"]),
        terms=Terms.model_validate(row["terms"]) if row["terms"] else None,
        annexes=tuple(row["annexes"]),
    )
