"""The organisations on whose coming a party still has to answer: a part of the home page."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from services.projects.authority.public import Member
from services.projects.conventions import storage
from services.projects.conventions.domain.admission import Admission
from services.projects.conventions.domain.admitting import awaited_parties, may_accept
from services.projects.conventions.domain.rights import Situation
from services.projects.conventions.queries.awaiting import AwaitedActs
from services.projects.conventions.storage import speaker_of
from shared.contracts.identifiers import OrganizationId, PersonId
from shared.contracts.projects.awaiting import AwaitedKind
from shared.contracts.projects.queries import Awaited, ConventionState
from shared.kit.database import Transaction

# More than wait anywhere at once; a bound, not a page.
_MOST = 500

_WAITING = """
SELECT admission.*, convention.title, convention.state, convention.drafted_by, convention.drafted_by_person,
       (SELECT array_agg(party.organization_id ORDER BY party.side DESC, party.name)
        FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties
FROM convention_admissions AS admission
JOIN convention_access AS access ON access.convention_id = admission.convention_id AND access.organization_id = $1
JOIN conventions AS convention ON convention.convention_id = admission.convention_id
WHERE admission.admitted_at IS NULL AND admission.ended_at IS NULL
ORDER BY admission.convention_id, admission.proposed_at, admission.admission_id
LIMIT $2
"""


async def awaited_admissions(tx: Transaction, member: Member, limit: int = 20) -> AwaitedActs:
    """The answers that await the member, and those that await the other parties: one line for each convention."""
    from_actor: list[Awaited] = []
    from_others: list[Awaited] = []
    rows = await tx.fetch(_WAITING, member.organization_id, _MOST)
    for _, group in groupby(rows, key=lambda row: row["convention_id"]):
        of_convention = list(group)
        row, waiting = of_convention[0], [storage.admission_of(it) for it in of_convention]
        situation, speaker = _situation(row), speaker_of(member, row["convention_id"])
        mine = [it for it in waiting if may_accept(it, situation, speaker)]
        if mine:
            from_actor.append(_awaited(row, mine, mine[0].proposed_by))
        for party in row["parties"]:
            theirs = [it for it in waiting if party in awaited_parties(it, situation)]
            if theirs and party != member.organization_id:
                from_others.append(_awaited(row, theirs, party))
    return AwaitedActs(_oldest(from_actor, limit), _oldest(from_others, limit))


def _situation(row: Any) -> Situation:
    """As far as admissions depend on it: signatures and acceptances of the text do not matter to them."""
    return Situation(
        state=ConventionState(row["state"]),
        drafted_by=OrganizationId(row["drafted_by"]),
        drafted_by_person=PersonId(row["drafted_by_person"]),
        parties=frozenset(OrganizationId(it) for it in row["parties"]),
        signed_by={},
        still_to_accept=frozenset(),
    )


def _awaited(row: Any, waiting: list[Admission], other_party: OrganizationId) -> Awaited:
    return Awaited(
        kind=AwaitedKind.ANSWER_ADMISSION,
        convention_id=row["convention_id"],
        title=row["title"],
        other_party=other_party,
        count=len(waiting),
        since=waiting[0].proposed_at,
    )


def _oldest(acts: Iterable[Awaited], limit: int) -> tuple[Awaited, ...]:
    return tuple(sorted(acts, key=lambda it: it.since)[:limit])
