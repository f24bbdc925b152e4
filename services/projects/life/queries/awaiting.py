"""What the end of conventions waits for, and the last days to object: the parts of the home page that are theirs."""

from datetime import date
from typing import Any
from uuid import UUID

from services.projects.authority.public import Member
from services.projects.conventions.public import AwaitedActs
from services.projects.life.domain.awaiting import Ending, awaited_from, awaited_from_side
from services.projects.life.domain.renewal import Term
from services.projects.life.storage import speaker_of
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.queries import Awaited, ConventionState, Dated
from shared.contracts.projects.terms import Terms
from shared.kit.database import Transaction

# Those of which both sides were told that their term ends, and those that have ended and are not closed: few of all that
# are in force, and found without reading the others.
_ENDING = """
WITH own AS MATERIALIZED (
    SELECT convention.convention_id, convention.title, convention.state, convention.ends_on, convention.ended_at,
           convention.terms_revision, told.told_at
    FROM convention_renewals_told AS told
    JOIN conventions AS convention USING (convention_id, ends_on)
    JOIN convention_access AS access ON access.convention_id = told.convention_id AND access.organization_id = $1
    WHERE convention.state IN ('active', 'suspended')
    UNION ALL
    SELECT convention.convention_id, convention.title, convention.state, convention.ends_on, convention.ended_at,
           convention.terms_revision, NULL
    FROM conventions AS convention
    JOIN convention_access AS access
      ON access.convention_id = convention.convention_id AND access.organization_id = $1
    WHERE convention.ended_at IS NOT NULL AND convention.closed_at IS NULL AND convention.amends IS NULL
)
SELECT own.convention_id, own.title, own.state, own.ends_on, coalesce(own.ended_at, own.told_at) AS since,
       to_jsonb(terms) AS terms,
       EXISTS (
           SELECT FROM convention_terminations AS notice
           WHERE notice.convention_id = own.convention_id AND notice.withdrawn_at IS NULL
       ) AS noticed,
       (SELECT array_agg(party.organization_id ORDER BY party.side DESC, party.name)
        FROM convention_parties AS party
        WHERE party.convention_id = own.convention_id AND party.left_on IS NULL) AS parties,
       ARRAY(SELECT decision.organization_id FROM convention_renewal_decisions AS decision
             WHERE decision.convention_id = own.convention_id AND decision.ends_on = own.ends_on) AS decided,
       EXISTS (
           SELECT FROM convention_renewal_decisions AS decision
           WHERE decision.convention_id = own.convention_id AND decision.ends_on = own.ends_on AND NOT decision.agrees
       ) AS objected,
       (SELECT jsonb_object_agg(side.organization_id, side.steps) FROM (
            SELECT step.organization_id, count(*) AS steps FROM convention_closing_steps AS step
            WHERE step.convention_id = own.convention_id GROUP BY step.organization_id
        ) AS side) AS done
FROM own
JOIN convention_terms AS terms ON terms.convention_id = own.convention_id AND terms.revision = own.terms_revision
WHERE own.ended_at IS NOT NULL OR terms.renewal = 'express'
ORDER BY own.ends_on, own.convention_id
LIMIT $2
"""

# More than any organisation ends at once; a bound, not a page.
_MOST = 500

# What goes on by itself awaits nobody; once it was told, the last day on which a party can object is a day like others.
_TO_OBJECT = """
SELECT convention.convention_id, convention.title, last_day.on
FROM convention_renewals_told AS told
JOIN conventions AS convention USING (convention_id, ends_on)
JOIN convention_access AS access ON access.convention_id = told.convention_id AND access.organization_id = $1
JOIN convention_terms AS terms
  ON terms.convention_id = convention.convention_id AND terms.revision = convention.terms_revision
CROSS JOIN LATERAL (
    SELECT (convention.ends_on - make_interval(months => terms.notice_months))::date AS "on"
) AS last_day
WHERE convention.state IN ('active', 'suspended') AND terms.renewal = 'tacit' AND last_day.on >= $2
  AND NOT EXISTS (
      SELECT FROM convention_terminations AS notice
      WHERE notice.convention_id = convention.convention_id AND notice.withdrawn_at IS NULL
  )
  AND NOT EXISTS (
      SELECT FROM convention_renewal_decisions AS decision
      WHERE decision.convention_id = convention.convention_id AND decision.ends_on = convention.ends_on
        AND NOT decision.agrees
  )
ORDER BY last_day.on, convention.convention_id
LIMIT $3
"""


async def awaited_acts(tx: Transaction, member: Member, today: date, limit: int = 20) -> AwaitedActs:
    """The answers and last duties that await the member, and those that await the other parties."""
    from_actor: list[Awaited] = []
    from_others: list[Awaited] = []
    for row in await tx.fetch(_ENDING, member.organization_id, _MOST):
        ending = _ending(row)
        others = [OrganizationId(it) for it in row["parties"] if it != member.organization_id]
        if kind := awaited_from(ending, speaker_of(member, row["convention_id"]), today):
            other = others[0] if others else member.organization_id
            from_actor.append(_awaited(kind, row, ending, of=member.organization_id, other=other))
        from_others += [
            _awaited(kind, row, ending, of=side, other=side)
            for side in others
            if (kind := awaited_from_side(ending, side, today))
        ]
    return AwaitedActs(from_actor=tuple(from_actor[:limit]), from_others=tuple(from_others[:limit]))


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next last days to object to a renewal that comes by itself, today's included."""
    return tuple(
        Dated(
            kind=DatedKind.OBJECT_BEFORE,
            on=row["on"],
            convention_id=row["convention_id"],
            title=row["title"],
            context="",
        )
        for row in await tx.fetch(_TO_OBJECT, member.organization_id, today, limit)
    )


def _ending(row: Any) -> Ending:
    done = {OrganizationId(UUID(party)): steps for party, steps in (row["done"] or {}).items()}
    parties = frozenset(OrganizationId(it) for it in row["parties"])
    return Ending(
        state=ConventionState(row["state"]),
        term=Term(row["ends_on"], Terms.model_validate(row["terms"])),
        parties=parties,
        noticed=row["noticed"],
        decided=frozenset(OrganizationId(it) for it in row["decided"]),
        objected=row["objected"],
        duties_left={party: len(ClosingStep) - done.get(party, 0) for party in parties},
    )


def _awaited(
    kind: AwaitedKind, row: Any, ending: Ending, *, of: OrganizationId, other: OrganizationId
) -> Awaited:
    renews = kind is AwaitedKind.DECIDE_RENEWAL
    return Awaited(
        kind=kind,
        convention_id=row["convention_id"],
        title=row["title"],
        other_party=other,
        count=1 if renews else ending.duties_left[of],
        due_on=ending.term.decide_by if renews else None,
        since=row["since"],
    )
