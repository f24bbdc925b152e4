"""Load conventions on behalf of someone. There is no other way, and it is locked: whoever loads it decides on it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.projects.authority.public import (
    Member,
    member_or_invited,
    organizations_with_signatory,
    referents_of,
    require_member,
)
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.party import Authorities, Party
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.signing import (
    REMINDED_DAYS_BEFORE,
    OnPaper,
    Scan,
    Seal,
    Signature,
)
from services.projects.conventions.storage.amendments import amending_of
from services.projects.conventions.storage.annexes import read_annexes
from services.projects.conventions.storage.parties import silent_parties_of
from services.projects.conventions.storage.terms import terms_of
from shared.contracts.actor import Actor
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.values import Side
from shared.kit.database import Transaction

_SEEN = """
SELECT convention_id FROM conventions AS convention
WHERE convention_id = $1
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $2 OR access.person_id = $3)
  )
"""

# The lock comes first, alone: what is read beside it in one statement would be as old as the wait for it.
_LOCK = f"{_SEEN} FOR UPDATE"

# Of an amendment, its convention before: whoever ends a convention holds it, and then its amendments.
_LOCK_AMENDED = """
SELECT FROM conventions WHERE convention_id = (SELECT amends FROM conventions WHERE convention_id = $1) FOR UPDATE
"""

_LOCK_FOR_SERVICE = "SELECT convention_id FROM conventions WHERE convention_id = $1 FOR UPDATE"

_LOAD = """
SELECT convention.*, seal.sealed_hash, seal.canonical_form, seal.sign_before, seal.sign_order, seal.sealed_at,
       (SELECT min(days_before) FROM signing_reminders AS reminder
        WHERE reminder.convention_id = convention.convention_id
          AND reminder.sealed_at_version = convention.sealed_at_version) AS reminded,
       (SELECT to_jsonb(latest) FROM (
            SELECT scan.* FROM paper_scans AS scan
            WHERE scan.convention_id = convention.convention_id
              AND scan.sealed_at_version = convention.sealed_at_version
            ORDER BY scan.given_at DESC LIMIT 1) AS latest) AS scan,
       seal.organization_id AS sealed_by, seal.person_id AS sealed_by_person,
       to_jsonb(terms) AS terms, terms.organization_id AS terms_by, terms.person_id AS terms_by_person,
       terms.proposed_at AS terms_proposed_at,
       (SELECT jsonb_agg(to_jsonb(party) ORDER BY party.side DESC, party.name) FROM convention_parties AS party
        WHERE party.convention_id = convention.convention_id AND party.left_on IS NULL) AS parties,
       (SELECT coalesce(jsonb_agg(to_jsonb(signature)), '[]') FROM convention_signatures AS signature
        WHERE signature.convention_id = convention.convention_id
          AND signature.sealed_at_version = convention.sealed_at_version) AS signatures
FROM conventions AS convention
JOIN convention_terms AS terms
  ON terms.convention_id = convention.convention_id AND terms.revision = convention.terms_revision
LEFT JOIN convention_seals AS seal
  ON seal.convention_id = convention.convention_id AND seal.sealed_at_version = convention.sealed_at_version
WHERE convention.convention_id = $1
"""

# A bound, not a page: the clock looks again each minute, and the nearest come first. Left out is what `Seal.reminder_due`
# would leave alone: those who were reminded already, or have just been asked, keep nobody else from her day.
_DUE_FOR_SIGNING = """
SELECT convention_id
FROM conventions AS convention JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
CROSS JOIN LATERAL (
    SELECT min(days) AS days FROM unnest($2::integer[]) AS days WHERE seal.sign_before - $1::date <= days
) AS due
WHERE convention.state IN ('ready', 'partly_signed') AND seal.sign_before - $3::integer <= $1::date
  AND (
      seal.sign_before < $1
      OR (
          (seal.sealed_at AT TIME ZONE 'Europe/Paris')::date < seal.sign_before - due.days
          AND NOT EXISTS (
              SELECT FROM signing_reminders AS reminder
              WHERE reminder.convention_id = convention.convention_id
                AND reminder.sealed_at_version = convention.sealed_at_version AND reminder.days_before <= due.days
          )
      )
  )
ORDER BY seal.sign_before
LIMIT 1000
"""

_CLAUSES = """
SELECT clause.clause_id, clause.number, clause.title, clause.required, clause.reason, clause.revision,
       clause.accepted_by, clause.agreed_at, clause.agreed_once, clause.added_by, clause.origin, current.text,
       current.organization_id, current.person_id, current.proposed_at, current.withdrawn
FROM clauses AS clause JOIN clause_revisions AS current USING (clause_id, revision)
WHERE clause.convention_id = $1 AND clause.withdrawn_at IS NULL
ORDER BY clause.number
"""


def speaker_of(member: Member, partnership_id: ConventionId) -> Speaker:
    """A member as the rules of a text of this partnership see her."""
    return Speaker(
        person_id=member.person_id,
        organization_id=member.organization_id,
        referent=partnership_id in member.referent_in,
        signatory=member.signatory,
        signatory_since=member.signatory_since,
        entrusted=member.answers_for(partnership_id),
    )


async def load_convention(
    tx: Transaction, convention_id: ConventionId, *, on_behalf_of: Actor
) -> tuple[Convention, Speaker]:
    """A convention to decide on, locked, and the one who decides.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        ConventionNotFound: it does not exist, or not for the actor.
    """
    # Her rights are read once the lock is hers: what she could do when she began to wait for it decides nothing.
    convention = await find_convention(tx, convention_id, on_behalf_of=on_behalf_of)
    member = await require_member(tx, on_behalf_of, convention_id)
    if convention is None:
        raise ConventionNotFound
    return convention, speaker_of(member, convention.partnership_id)


async def find_convention(
    tx: Transaction, convention_id: ConventionId, *, on_behalf_of: Actor | Member
) -> Convention | None:
    """A convention, locked; None when it does not exist or whoever asks may not see it."""
    by = on_behalf_of
    await tx.execute(_LOCK_AMENDED, convention_id)
    if await tx.fetchval(_LOCK, convention_id, by.organization_id, by.person_id) is None:
        return None
    return await _read(tx, convention_id)


async def read_convention(tx: Transaction, convention_id: ConventionId, *, on_behalf_of: Actor) -> Convention:
    """A convention to look at, not to decide on: nobody waits for it.

    Raises:
        ConventionNotFound: it does not exist, or not for the actor.
    """
    by = on_behalf_of
    await member_or_invited(tx, by, convention_id)
    if await tx.fetchval(_SEEN, convention_id, by.organization_id, by.person_id) is None:
        raise ConventionNotFound
    return await _read(tx, convention_id)


async def find_convention_as_service(tx: Transaction, convention_id: ConventionId) -> Convention | None:
    """A convention, locked, for a reaction to an event: nobody asked, nobody is answered."""
    await tx.execute(_LOCK_AMENDED, convention_id)
    if await tx.fetchval(_LOCK_FOR_SERVICE, convention_id) is None:
        return None
    return await _read(tx, convention_id)


async def due_for_signing(tx: Transaction, today: date) -> list[ConventionId]:
    """The conventions whose last day to sign is near or over, and that wait for signatures; for the service itself."""
    rows = await tx.fetch(_DUE_FOR_SIGNING, today, list(REMINDED_DAYS_BEFORE), max(REMINDED_DAYS_BEFORE))
    return [ConventionId(row["convention_id"]) for row in rows]


async def authorities_of(tx: Transaction, convention: Convention) -> Authorities:
    """Which sides have somebody to negotiate, and somebody to sign."""
    return Authorities(
        with_referent=frozenset(
            it.organization_id for it in await referents_of(tx, convention.partnership_id)
        ),
        with_signatory=await organizations_with_signatory(tx, convention.party_ids),
        silent=await silent_parties_of(tx, convention),
    )


async def _read(tx: Transaction, convention_id: ConventionId) -> Convention:
    row = await tx.fetchrow(_LOAD, convention_id)
    clauses = await tx.fetch(_CLAUSES, convention_id)
    return Convention(
        id=convention_id,
        version=row["version"],
        state=ConventionState(row["state"]),
        title=row["title"],
        aim=row["aim"],
        template=row["template"],
        regime=row["regime"],
        drafted_by=row["drafted_by"],
        drafted_by_person=row["drafted_by_person"],
        drafted_at=row["drafted_at"],
        terms=terms_of(row),
        parties=tuple(_party(it) for it in row["parties"]),
        clauses={it["clause_id"]: _clause(it) for it in clauses},
        annexes=await read_annexes(tx, convention_id),
        negotiating_since=row["negotiating_since"],
        seal_in_force=_seal(row),
        signatures={it.organization_id: it for it in map(_signature, row["signatures"])},
        activated_at=row["activated_at"],
        amends=amending_of(row),
    )


def _party(row: Any) -> Party:
    return Party(
        organization_id=OrganizationId(UUID(row["organization_id"])),
        side=Side(row["side"]),
        name=row["name"],
        seat=row["seat"],
        shared=row["shared_at"] is not None,
    )


def _clause(row: Any) -> Clause:
    return Clause(
        id=ClauseId(row["clause_id"]),
        number=row["number"],
        title=row["title"],
        required=row["required"],
        reason=row["reason"],
        text=row["text"],
        revision=row["revision"],
        accepted_by=frozenset(OrganizationId(it) for it in row["accepted_by"]),
        proposed_by=row["organization_id"],
        proposed_by_person=row["person_id"],
        proposed_at=row["proposed_at"],
        agreed_at=row["agreed_at"],
        added_by=row["added_by"],
        agreed_once=row["agreed_once"],
        origin=row["origin"],
        withdrawn=row["withdrawn"],
    )


def _seal(row: Any) -> Seal | None:
    if row["sealed_at_version"] is None:
        return None
    return Seal(
        at_version=row["sealed_at_version"],
        sealed_hash=row["sealed_hash"],
        form=row["canonical_form"],
        sign_before=row["sign_before"],
        sign_order=tuple(row["sign_order"]),
        organization_id=row["sealed_by"],
        person_id=row["sealed_by_person"],
        sealed_at=row["sealed_at"],
        scan=_scan(row["scan"]) if row["scan"] else None,
        reminded=row["reminded"],
    )


def _signature(row: Any) -> Signature:
    return Signature(
        organization_id=OrganizationId(UUID(row["organization_id"])),
        person_id=PersonId(UUID(row["person_id"])),
        capacity=row["capacity"],
        means=row["means"],
        sealed_hash=row["sealed_hash"],
        signed_at=datetime.fromisoformat(row["signed_at"]),
        mandated_since=datetime.fromisoformat(row["mandated_since"]) if row["mandated_since"] else None,
        on_paper=OnPaper(row["signatory"], date.fromisoformat(row["signed_on"]), row["scan"])
        if row["scan"]
        else None,
    )


def _scan(row: Any) -> Scan:
    return Scan(
        file=GivenFile.model_validate(row),
        organization_id=OrganizationId(UUID(row["organization_id"])),
        person_id=PersonId(UUID(row["person_id"])),
        given_at=datetime.fromisoformat(row["given_at"]),
    )
