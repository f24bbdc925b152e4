"""What conventions wait for, and the days that matter to them: the parts of the home page that are theirs."""

from dataclasses import dataclass
from datetime import date, datetime

from services.projects.authority.public import Member
from services.projects.conventions.domain.awaiting import awaited_from, awaited_from_side
from services.projects.conventions.queries.standings import Standing, Wanted, standings_of
from services.projects.conventions.storage import speaker_of
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind
from shared.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class AwaitedActs:
    """The acts that conventions wait for, the most urgent first: the actor's, and those of the other sides."""

    from_actor: tuple[Awaited, ...]
    from_others: tuple[Awaited, ...]


_COMING = """
SELECT convention.convention_id, convention.title, dated.kind, dated.on
FROM conventions AS convention
LEFT JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
LEFT JOIN LATERAL (
    -- A notice moves the last day, into the next term too, unless somebody objected to that one.
    SELECT notice.effective_on - 1 AS last_day FROM convention_terminations AS notice
    WHERE notice.convention_id = convention.convention_id AND notice.withdrawn_at IS NULL
      AND (notice.effective_on - 1 <= convention.ends_on OR NOT EXISTS (
          SELECT FROM convention_renewal_decisions AS decision
          WHERE decision.convention_id = convention.convention_id AND decision.ends_on = convention.ends_on
            AND NOT decision.agrees
      ))
) AS ending ON true
CROSS JOIN LATERAL (
    VALUES
        ('sign_before', CASE WHEN convention.state IN ('ready', 'partly_signed') THEN seal.sign_before END),
        ('convention_starts', CASE WHEN convention.state = 'active' THEN convention.starts_on END),
        ('convention_ends', CASE WHEN convention.state IN ('active', 'suspended')
                                 THEN coalesce(ending.last_day, convention.ends_on) END)
) AS dated (kind, "on")
WHERE dated.on >= $2
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id AND access.organization_id = $1
  )
ORDER BY dated.on, convention.convention_id
LIMIT $3
"""


async def coming_dates(tx: Transaction, member: Member, today: date, limit: int = 10) -> tuple[Dated, ...]:
    """The next days of the member's conventions, today included."""
    rows = await tx.fetch(_COMING, member.organization_id, today, limit)
    return tuple(
        Dated(
            kind=DatedKind(row["kind"]),
            on=row["on"],
            convention_id=row["convention_id"],
            title=row["title"],
            context="",
        )
        for row in rows
    )


async def awaited_acts(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """What awaits the member, and what awaits the other sides of her conventions, each at most `limit`."""
    actor = Actor(member.person_id, member.organization_id)
    from_actor: list[Awaited] = []
    from_others: list[Awaited] = []
    for standing in await standings_of(tx, actor, Wanted(unfinished_only=True, amendments=True)):
        speaker = speaker_of(member, standing.partnership_id)
        if kind := awaited_from(speaker, standing.situation, standing.sides):
            from_actor.append(_awaited(kind, standing, of=member.organization_id, seen_by=member))
        from_others += [
            _awaited(kind, standing, of=side, seen_by=member)
            for side in standing.parties
            if side != member.organization_id
            and (kind := awaited_from_side(side, standing.situation, standing.sides))
        ]
    return AwaitedActs(
        tuple(sorted(from_actor, key=_urgency)[:limit]), tuple(sorted(from_others, key=_urgency)[:limit])
    )


def _awaited(kind: AwaitedKind, standing: Standing, *, of: OrganizationId, seen_by: Member) -> Awaited:
    mine = seen_by.organization_id
    waiting = standing.to_accept.get(of) if kind is AwaitedKind.ACCEPT_CLAUSES else None
    since = {
        AwaitedKind.SIGN: standing.sealed_at,
        AwaitedKind.SEAL: standing.agreed_at,
        AwaitedKind.ACCEPT_CLAUSES: waiting.since if waiting else None,
    }.get(kind)
    return Awaited(
        kind=kind,
        convention_id=standing.convention_id,
        title=standing.title,
        other_party=of if of != mine else next(it for it in standing.parties if it != mine),
        count=waiting.clauses if waiting else 1,
        due_on=standing.sign_before if kind is AwaitedKind.SIGN else None,
        since=since or standing.drafted_at,
    )


def _urgency(awaited: Awaited) -> tuple[date, datetime]:
    return awaited.due_on or date.max, awaited.since
