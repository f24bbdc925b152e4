"""Who is to come to a convention, and who observes it: how that is loaded beside it, and what of it is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.domain.admission import Admission
from services.projects.conventions.domain.admitting import Admissions
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.party import Party
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.storage.loading import (
    find_convention,
    find_convention_as_service,
    speaker_of,
)
from services.projects.conventions.storage.parties import noted_by_the_service
from shared.contracts.actor import Actor
from shared.contracts.identifiers import AdmissionId, ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.projects.parties import (
    AdmissionAccepted,
    AdmissionEnded,
    AdmissionProposed,
    ObserverAdmitted,
    ObserverLeft,
    PartyJoined,
    PartyTakenBack,
    Role,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.values import Side
from shared.kit.database import Transaction

# A bound, not a page: those that stand are few, and those that are over ended by somebody's hand.
_READ = """
SELECT admission_id, organization_id, role, side, name, seat, interest, proposed_by, proposed_by_person, proposed_at,
       accepted_by, admitted_at, ended_at
FROM convention_admissions
WHERE convention_id = $1
ORDER BY ended_at IS NOT NULL, proposed_at DESC
LIMIT 500
"""

# The parties' names stand in the convention; here are those of who observes it, seen only from inside.
_OBSERVERS = """
SELECT organization_id FROM convention_admissions WHERE convention_id = $1 AND observes ORDER BY name LIMIT 100
"""

_OBSERVES = """
SELECT EXISTS (
    SELECT FROM convention_admissions WHERE convention_id = $1 AND organization_id = $2 AND observes
)
"""

_PROPOSE = """
INSERT INTO convention_admissions (convention_id, admission_id, organization_id, role, side, name, seat, interest,
                                   proposed_by, proposed_by_person, proposed_at, accepted_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

_AGREE = """
UPDATE convention_admissions SET accepted_by = $3, admitted_at = $4 WHERE convention_id = $1 AND admission_id = $2
"""

_END = """
UPDATE convention_admissions SET ended_at = $3, ended_by = $4, ended_by_person = $5
WHERE convention_id = $1 AND admission_id = $2
"""

_JOIN = """
INSERT INTO convention_parties (convention_id, organization_id, side, name, seat) VALUES ($1, $2, $3, $4, $5)
-- One that was taken back before: it is who it was, and reads once its référent is invited.
ON CONFLICT (convention_id, organization_id) DO UPDATE SET left_on = NULL, shared_at = NULL
"""

_NOTHING_AGREED = (
    "UPDATE clauses SET agreed_at = NULL WHERE convention_id = $1 AND withdrawn_at IS NULL",
    """
    UPDATE convention_annexes AS annex SET agreed_at = NULL
    FROM annex_revisions AS current
    WHERE annex.convention_id = $1 AND current.convention_id = annex.convention_id
      AND current.annex_id = annex.annex_id AND current.revision = annex.revision AND NOT current.withdrawn
    """,
    "UPDATE conventions SET terms_agreed_at = NULL WHERE convention_id = $1",
)


async def load_observed(
    tx: Transaction, convention_id: ConventionId, *, on_behalf_of: Actor
) -> tuple[Convention, Speaker]:
    """A convention to decide on who observes it, locked, for a party or for an observer.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or her organisation has no part in it.
    """
    convention = await find_convention(tx, convention_id, on_behalf_of=on_behalf_of)
    member = await require_member(tx, on_behalf_of, convention_id)
    if convention:
        return convention, speaker_of(member, convention_id)
    if not await tx.fetchval(_OBSERVES, convention_id, member.organization_id):
        raise ConventionNotFound
    # That it leaves is one more fact of a convention that it may neither read nor write: the service notes it.
    await tx.execute("SELECT set_config('entente.role', 'service', true)")
    convention = await find_convention_as_service(tx, convention_id)
    if convention is None:
        raise ConventionNotFound
    decides = decides_for_observer(member)
    return convention, Speaker(member.person_id, member.organization_id, decides, member.signatory)


def decides_for_observer(member: Member) -> bool:
    """An observer has no référents: whoever administers it or signs for it says whether it goes on."""
    return member.administrator or member.signatory


async def read_admissions(tx: Transaction, convention_id: ConventionId) -> Admissions:
    """All of them, those that are over too, of a convention that was loaded: whoever locked it decides on them."""
    rows = await tx.fetch(_READ, convention_id)
    return {AdmissionId(row["admission_id"]): admission_of(row) for row in rows}


async def observers_of(tx: Transaction, convention_id: ConventionId) -> tuple[OrganizationId, ...]:
    """Who observes a convention, as far as the actor may know: an observer knows of itself."""
    return tuple(OrganizationId(row["organization_id"]) for row in await tx.fetch(_OBSERVERS, convention_id))


async def save_admissions(
    tx: Transaction,
    convention: Convention,
    admissions: Admissions,
    events: Sequence[Event],
    by: Speaker,
    now: datetime,
) -> None:
    """Store what the events say of them, beside what was saved of the convention."""
    for event in events:
        match event:
            case AdmissionProposed():
                await _propose(tx, convention, admissions[event.admission_id])
            case AdmissionAccepted():
                await _agree(tx, convention, admissions[event.admission_id])
            case ObserverAdmitted():
                await _agree(tx, convention, admissions[event.admission_id])
            case PartyJoined():
                await _agree(tx, convention, admissions[event.admission_id])
                await _join(tx, convention, admissions[event.admission_id].party)
            case AdmissionEnded() | ObserverLeft() | PartyTakenBack():
                ended_by = (by.organization_id, by.person_id)
                await tx.execute(_END, convention.id, event.admission_id, now, *ended_by)
            case _:
                # The others are about the text.
                pass


async def _propose(tx: Transaction, convention: Convention, it: Admission) -> None:
    await tx.execute(
        _PROPOSE,
        convention.id,
        it.id,
        it.organization_id,
        it.role,
        it.party.side,
        it.party.name,
        it.party.seat,
        it.interest,
        it.proposed_by,
        it.proposed_by_person,
        it.proposed_at,
        list(it.accepted_by),
    )


async def _agree(tx: Transaction, convention: Convention, it: Admission) -> None:
    await tx.execute(_AGREE, convention.id, it.id, list(it.accepted_by), it.admitted_at)


async def _join(tx: Transaction, convention: Convention, party: Party) -> None:
    async with noted_by_the_service(tx):
        await tx.execute(_JOIN, convention.id, party.organization_id, party.side, party.name, party.seat)
    for statement in _NOTHING_AGREED:
        await tx.execute(statement, convention.id)


def admission_of(row: Any) -> Admission:
    """An admission from all its columns."""
    return Admission(
        id=AdmissionId(row["admission_id"]),
        role=Role(row["role"]),
        party=Party(
            organization_id=OrganizationId(row["organization_id"]),
            side=Side(row["side"]),
            name=row["name"],
            seat=row["seat"],
        ),
        interest=row["interest"],
        proposed_by=OrganizationId(row["proposed_by"]),
        proposed_by_person=PersonId(row["proposed_by_person"]),
        proposed_at=row["proposed_at"],
        accepted_by=frozenset(OrganizationId(it) for it in row["accepted_by"]),
        admitted_at=row["admitted_at"],
        ended_at=row["ended_at"],
    )
