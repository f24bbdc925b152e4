"""Amendments between the database and the domain: how they begin, what they make of their convention, how they end."""

from datetime import date, datetime
from typing import Any

from services.projects.conventions.domain.amending import Entry
from services.projects.conventions.domain.amendment import Amending, SoFar
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.storage.annexes import add_annex_revision, put_annex
from services.projects.conventions.storage.clause_revisions import add_clause_revisions
from services.projects.conventions.storage.terms import add_terms_revision
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit.database import Transaction

_SO_FAR = """
SELECT base.ends_on,
       coalesce((
           SELECT seal.sealed_hash FROM conventions AS amendment
           JOIN convention_seals AS seal USING (convention_id, sealed_at_version)
           WHERE amendment.amends = base.convention_id AND amendment.state = 'in_force'
           ORDER BY amendment.amendment_number DESC LIMIT 1
       ), (
           SELECT seal.sealed_hash FROM convention_seals AS seal
           WHERE seal.convention_id = base.convention_id AND seal.sealed_at_version = base.sealed_at_version
       ), '') AS text_hash,
       (SELECT count(*) FROM conventions AS amendment
        WHERE amendment.amends = base.convention_id AND amendment.state IN ('signed', 'in_force')) AS concluded,
       (SELECT amendment.convention_id FROM conventions AS amendment
        WHERE amendment.amends = base.convention_id
          AND amendment.state IN ('negotiating', 'ready', 'partly_signed', 'signed')) AS open
FROM conventions AS base
WHERE base.convention_id = $1
"""

_ID_TAKEN = "SELECT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)"

_ADD = """
INSERT INTO conventions (convention_id, version, state, title, aim, template, regime, drafted_by, drafted_by_person,
                         drafted_at, starts_on, ends_on, changed_at, terms_accepted_by, terms_agreed_at,
                         negotiating_since, amends, amendment_number, base_hash, base_ends_on, effective_on)
VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $12, $9, $9, $13, $14, $15, $16, $17)
"""

_ADD_PARTY = """
INSERT INTO convention_parties (convention_id, organization_id, side, name, seat, shared_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""

# An article of an amendment is agreed from the beginning; so is one that an amendment brings to its convention.
_ADD_CLAUSE = """
INSERT INTO clauses (clause_id, convention_id, number, title, required, reason, revision, accepted_by, agreed_at,
                     agreed_once, added_by, origin)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $10, $11)
"""

_CHANGE_CLAUSE = "UPDATE clauses SET revision = $2, accepted_by = $3, agreed_at = $4 WHERE clause_id = $1"

_WITHDRAW_CLAUSE = """
UPDATE clauses SET withdrawn_at = $2, withdrawn_at_version = $3, withdrawn_by = $4 WHERE clause_id = $1
"""

_ENTER = "UPDATE conventions SET entered_at_version = $2, entered_at = $3 WHERE convention_id = $1"

_SAVE_BASE = """
UPDATE conventions SET version = $2, terms_revision = $3, terms_accepted_by = $4, terms_agreed_at = $5, starts_on = $6,
                       ends_on = $7, changed_at = $8
WHERE convention_id = $1
"""

_ABANDON = """
INSERT INTO amendment_abandonments (convention_id, organization_id, person_id, reason, abandoned_at)
VALUES ($1, $2, $3, $4, $5)
"""

_DUE = "SELECT convention_id FROM conventions WHERE state = 'signed' AND effective_on <= $1 LIMIT 1000"

_OPEN = """
SELECT convention_id FROM conventions
WHERE amends = $1 AND state IN ('negotiating', 'ready', 'partly_signed', 'signed')
"""


def amending_of(row: Any) -> Amending | None:
    """From a convention's row."""
    if row["amends"] is None:
        return None
    return Amending(
        convention_id=ConventionId(row["amends"]),
        number=row["amendment_number"],
        base_hash=row["base_hash"],
        ended_on=row["base_ends_on"],
        effective_on=row["effective_on"],
    )


async def amended_so_far(tx: Transaction, convention_id: ConventionId) -> SoFar:
    """What has become of the text of a convention that was loaded."""
    return SoFar(**await tx.fetchrow(_SO_FAR, convention_id))


async def add_amendment(tx: Transaction, amendment: Convention, amends: Amending) -> None:
    """Store a new amendment, at its version 1.

    Raises:
        IdentifierTaken: something has this id, visible to the actor or not.
    """
    if await tx.fetchval(_ID_TAKEN, amendment.id):
        raise IdentifierTaken
    terms, now = amendment.terms, amendment.drafted_at
    await tx.execute(
        _ADD,
        amendment.id,
        amendment.state,
        amendment.title,
        amendment.aim,
        amendment.template,
        amendment.regime,
        amendment.drafted_by,
        amendment.drafted_by_person,
        now,
        terms.terms.starts_on,
        terms.terms.ends_on,
        list(terms.accepted_by),
        amends.convention_id,
        amends.number,
        amends.base_hash,
        amends.ended_on,
        amends.effective_on,
    )
    await add_terms_revision(tx, amendment, 1)
    await tx.executemany(
        _ADD_PARTY,
        [(amendment.id, it.organization_id, it.side, it.name, it.seat, now) for it in amendment.parties],
    )
    clauses = amendment.clauses.values()
    await tx.executemany(_ADD_CLAUSE, [_clause(amendment, it) for it in clauses])
    await add_clause_revisions(tx, amendment, clauses, 1)
    for annex in amendment.annexes.values():
        await put_annex(tx, amendment, annex)
        await add_annex_revision(tx, amendment, annex, 1)


async def save_entry(tx: Transaction, amendment_id: ConventionId, entry: Entry, now: datetime) -> None:
    """Write into the convention what the amendment brings. Its own row comes last: that closes the door (0170)."""
    base = entry.convention
    version = base.version + len(entry.of_convention)
    await tx.execute(_ENTER, amendment_id, version, now)
    for clause in entry.clauses:
        if clause.revision == 1:
            await tx.execute(_ADD_CLAUSE, *_clause(base, clause))
        else:
            await tx.execute(
                _CHANGE_CLAUSE, clause.id, clause.revision, list(clause.accepted_by), clause.agreed_at
            )
    await add_clause_revisions(tx, base, entry.clauses, version)
    for clause in entry.withdrawn:
        await tx.execute(_WITHDRAW_CLAUSE, clause.id, now, version, clause.proposed_by)
    for annex in entry.annexes:
        await put_annex(tx, base, annex)
        await add_annex_revision(tx, base, annex, version)
    if entry.terms_changed:
        await add_terms_revision(tx, base, version)
    terms = base.terms
    await tx.execute(
        _SAVE_BASE,
        base.id,
        version,
        terms.revision,
        list(terms.accepted_by),
        terms.agreed_at,
        terms.terms.starts_on,
        entry.ends_on,
        now,
    )


async def save_abandonment(tx: Transaction, amendment: Convention) -> None:
    """Keep why it was given up."""
    if why := amendment.abandonment:
        await tx.execute(
            _ABANDON, amendment.id, why.organization_id, why.person_id, why.reason, why.abandoned_at
        )


async def due_amendments(tx: Transaction, today: date) -> list[ConventionId]:
    """Those that every party has signed and whose day has come. For the service itself."""
    return [ConventionId(row["convention_id"]) for row in await tx.fetch(_DUE, today)]


async def open_amendment_of(tx: Transaction, convention_id: ConventionId) -> ConventionId | None:
    """The amendment of a convention that is not over."""
    return await tx.fetchval(_OPEN, convention_id)


def _clause(convention: Convention, clause: Clause) -> tuple[Any, ...]:
    return (
        clause.id,
        convention.id,
        clause.number,
        clause.title,
        clause.required,
        clause.reason,
        clause.revision,
        list(clause.accepted_by),
        clause.agreed_at,
        clause.added_by,
        clause.origin,
    )
