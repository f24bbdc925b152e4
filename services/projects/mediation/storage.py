"""Mediations between the database and the domain. The only place that writes their tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import ConventionStanding, find_standing
from services.projects.mediation.domain import Mediation, Proposal, Speaker
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, MediationId, ObligationId
from shared.contracts.messages import Event
from shared.contracts.projects.mediation import MediationNotFound, MediationPart
from shared.contracts.projects.mediation_events import (
    MediationAccepted,
    MediationAsked,
    MediationProposed,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

_COLUMNS = """
mediation_id, version, asked_by, asked_by_person, asked_at, reason, obligation_id, meets_on, ended_by, ended_by_person,
end_reason, ended_at
"""

_LOCK = "SELECT mediation_id FROM mediations WHERE mediation_id = $1 AND convention_id = $2 FOR NO KEY UPDATE"

_ONE = f"SELECT {_COLUMNS} FROM mediations WHERE mediation_id = $1 AND convention_id = $2"

_ALL = f"""
SELECT {_COLUMNS} FROM mediations WHERE convention_id = $1 ORDER BY asked_at DESC, mediation_id DESC LIMIT 50
"""

# The last proposal of each part, with those who accept it.
_PROPOSALS = """
SELECT DISTINCT ON (proposal.mediation_id, proposal.part) proposal.mediation_id, proposal.part, proposal.revision,
       proposal.text, proposal.organization_id, proposal.person_id, proposal.proposed_at,
       ARRAY(
           SELECT acceptance.organization_id FROM mediation_acceptances AS acceptance
           WHERE (acceptance.mediation_id, acceptance.part, acceptance.revision)
               = (proposal.mediation_id, proposal.part, proposal.revision)
       ) AS accepted_by
FROM mediation_proposals AS proposal
WHERE proposal.mediation_id = ANY($1::uuid[])
ORDER BY proposal.mediation_id, proposal.part, proposal.revision DESC
"""

_LASTING = "SELECT EXISTS (SELECT FROM mediations WHERE convention_id = $1 AND ended_at IS NULL)"

_OBLIGATION = "SELECT EXISTS (SELECT FROM obligations WHERE convention_id = $1 AND obligation_id = $2)"

# A head under this id belongs to another aggregate: two histories under one id could not be told apart.
_ADD = """
INSERT INTO mediations (mediation_id, convention_id, version, asked_by, asked_by_person, asked_at, reason, obligation_id)
SELECT $1, $2, $3, $4, $5, $6, $7, $8
WHERE NOT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)
ON CONFLICT DO NOTHING
"""

_PROPOSE = """
INSERT INTO mediation_proposals (mediation_id, convention_id, part, revision, text, organization_id, person_id, proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_ACCEPT = """
INSERT INTO mediation_acceptances (mediation_id, convention_id, part, revision, organization_id, person_id, accepted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

_SAVE = """
UPDATE mediations
SET version = $3, meets_on = $4, ended_by = $5, ended_by_person = $6, end_reason = $7, ended_at = $8
WHERE mediation_id = $1 AND version = $2
"""


def speaker_of(member: Member, convention_id: ConventionId) -> Speaker:
    """A member as the rules see her."""
    return Speaker(
        member.person_id,
        member.organization_id,
        referent=convention_id in member.referent_in,
        signatory=member.signatory,
    )


async def find_convention(
    tx: Transaction, convention_id: ConventionId, actor: Actor
) -> tuple[ConventionStanding, Speaker]:
    """The convention that a mediation is about, locked, and the one who asks for it.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or not for the actor.
    """
    found = await find_standing(
        tx, convention_id, organization=actor.organization_id, person=actor.person_id, to_decide=True
    )
    member = await require_member(tx, actor, convention_id)
    if found is None:
        raise ConventionNotFound
    return found, speaker_of(member, convention_id)


async def load_mediation(
    tx: Transaction, convention_id: ConventionId, mediation_id: MediationId, *, on_behalf_of: Actor
) -> tuple[Mediation, Speaker]:
    """A mediation to decide on, locked, and the one who decides.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or not for the actor.
        MediationNotFound: there is none of that id in it.
    """
    await tx.fetchval(_LOCK, mediation_id, convention_id)
    member = await require_member(tx, on_behalf_of, convention_id)
    found = await find_standing(
        tx, convention_id, organization=member.organization_id, person=member.person_id
    )
    if found is None:
        raise ConventionNotFound
    mediation = await find_mediation(tx, found, mediation_id)
    if mediation is None:
        raise MediationNotFound
    return mediation, speaker_of(member, convention_id)


async def find_mediation(
    tx: Transaction, found: ConventionStanding, mediation_id: MediationId
) -> Mediation | None:
    """One mediation of a convention that was found."""
    mediations = await _mediations(tx, found, await tx.fetch(_ONE, mediation_id, found.convention_id))
    return mediations[0] if mediations else None


async def find_mediations(tx: Transaction, found: ConventionStanding) -> list[Mediation]:
    """The mediations of a convention that was found, newest first."""
    return await _mediations(tx, found, await tx.fetch(_ALL, found.convention_id))


async def lasts_in(tx: Transaction, convention_id: ConventionId) -> bool:
    """Whether a mediation lasts in the convention."""
    return await tx.fetchval(_LASTING, convention_id)


async def promises(tx: Transaction, convention_id: ConventionId, obligation_id: ObligationId) -> bool:
    """Whether the obligation is one of the convention's."""
    return await tx.fetchval(_OBLIGATION, convention_id, obligation_id)


async def add_mediation(tx: Transaction, mediation: Mediation, events: Sequence[Event]) -> bool:
    """Store a new mediation; False when its id names something else."""
    added = await tx.execute(
        _ADD,
        mediation.id,
        mediation.convention_id,
        len(events),
        mediation.asked_by,
        mediation.asked_by_person,
        mediation.asked_at,
        mediation.reason,
        mediation.obligation_id,
    )
    if added != "INSERT 0 1":
        return False
    await _propose(tx, mediation, mediation.proposals[MediationPart.MEDIATOR])
    return True


async def save_mediation(
    tx: Transaction, mediation: Mediation, events: Sequence[Event], by: Speaker, now: datetime
) -> int:
    """Store what the events say has changed; returns the version that the mediation has now."""
    version = mediation.version + len(events)
    for event in events:
        match event:
            case MediationProposed():
                await _propose(tx, mediation, mediation.proposals[event.part])
            case MediationAccepted():
                await _accept(tx, mediation, mediation.proposals[event.part], by, now)
            case MediationAsked():
                raise Defect("a mediation is asked for once")
            case _:
                # The others change the mediation's own row only.
                pass
    if events:
        saved = await tx.execute(
            _SAVE,
            mediation.id,
            mediation.version,
            version,
            mediation.meets_on,
            mediation.ended_by,
            mediation.ended_by_person,
            mediation.end_reason,
            mediation.ended_at,
        )
        if saved != "UPDATE 1":
            raise Defect(f"the mediation {mediation.id} was locked, yet it changed")
    return version


async def _propose(tx: Transaction, mediation: Mediation, it: Proposal) -> None:
    await tx.execute(
        _PROPOSE,
        mediation.id,
        mediation.convention_id,
        it.part,
        it.revision,
        it.text,
        it.organization_id,
        it.person_id,
        it.proposed_at,
    )
    by = Speaker(it.person_id, it.organization_id, referent=True, signatory=True)
    await _accept(tx, mediation, it, by, it.proposed_at)


async def _accept(tx: Transaction, mediation: Mediation, it: Proposal, by: Speaker, now: datetime) -> None:
    await tx.execute(
        _ACCEPT,
        mediation.id,
        mediation.convention_id,
        it.part,
        it.revision,
        by.organization_id,
        by.person_id,
        now,
    )


async def _mediations(tx: Transaction, found: ConventionStanding, rows: Sequence[Any]) -> list[Mediation]:
    mediations = {
        row["mediation_id"]: Mediation(
            id=row["mediation_id"],
            convention_id=found.convention_id,
            parties=frozenset(found.parties),
            **{name: value for name, value in row.items() if name != "mediation_id"},
        )
        for row in rows
    }
    for row in await tx.fetch(_PROPOSALS, list(mediations)):
        part = MediationPart(row["part"])
        mediations[row["mediation_id"]].proposals[part] = Proposal(
            part,
            row["revision"],
            row["text"],
            row["organization_id"],
            row["person_id"],
            row["proposed_at"],
            frozenset(row["accepted_by"]),
        )
    return list(mediations.values())
