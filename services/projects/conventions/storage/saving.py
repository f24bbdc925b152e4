"""Store what happened to a convention."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.storage.amendments import save_abandonment
from services.projects.conventions.storage.annexes import save_annex
from services.projects.conventions.storage.clause_revisions import add_clause_revisions
from services.projects.conventions.storage.parties import part_from
from services.projects.conventions.storage.signing import save_signing
from services.projects.conventions.storage.terms import add_terms_revision, save_terms
from shared.contracts.identifiers import ConventionId
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AnnexAccepted,
    AnnexProposed,
    ClauseAccepted,
    ClauseAdded,
    ClauseProposed,
    ClauseWithdrawn,
    ConventionShared,
    TermsAccepted,
    TermsProposed,
)
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import PartyTakenBack
from shared.contracts.projects.refusals import IdentifierTaken
from shared.contracts.refusals import Defect
from shared.kit.clock import PARIS
from shared.kit.database import Transaction

# One aggregate has one history: an id that any other aggregate of this service bears is taken too.
_ID_TAKEN = "SELECT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)"

# Two orders with one id follow one another, so that the second finds what the first did.
_QUEUE = "SELECT pg_advisory_xact_lock(hashtextextended('convention ' || $1::uuid::text, 0))"

_ADD = """
INSERT INTO conventions (convention_id, version, state, title, aim, template, regime, drafted_by, drafted_by_person,
                         drafted_at, starts_on, ends_on, changed_at, terms_accepted_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $10, $13)
"""

_ADD_PARTY = """
INSERT INTO convention_parties (convention_id, organization_id, side, name, seat, shared_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""

_ADD_CLAUSE = """
INSERT INTO clauses (clause_id, convention_id, number, title, required, reason, revision, accepted_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_ADD_ONE_CLAUSE = """
INSERT INTO clauses (clause_id, convention_id, number, title, required, reason, revision, accepted_by, added_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (clause_id) DO NOTHING
"""

_WITHDRAW_CLAUSE = """
UPDATE clauses SET withdrawn_at = $2, withdrawn_at_version = $3, withdrawn_by = $4 WHERE clause_id = $1
"""

_SAVE = """
UPDATE conventions SET version = $3, state = $4, negotiating_since = $5, sealed_at_version = $6, activated_at = $7,
                       changed_at = $8
WHERE convention_id = $1 AND version = $2
"""

_SAVE_CLAUSE = """
UPDATE clauses SET revision = $2, accepted_by = $3, agreed_at = $4, agreed_once = $5 WHERE clause_id = $1
"""

_SHARE = "UPDATE convention_parties SET shared_at = $3 WHERE convention_id = $1 AND organization_id = $2"


async def queue_for(tx: Transaction, convention_id: ConventionId) -> None:
    """Wait for whoever is beginning a convention under the same id."""
    await tx.execute(_QUEUE, convention_id)


async def add_convention(tx: Transaction, convention: Convention, events: Sequence[Event]) -> None:
    """Store a new convention.

    Raises:
        IdentifierTaken: something has this id, visible to the actor or not.
    """
    if await tx.fetchval(_ID_TAKEN, convention.id):
        raise IdentifierTaken
    version = len(events)
    await tx.execute(
        _ADD,
        convention.id,
        version,
        convention.state,
        convention.title,
        convention.aim,
        convention.template,
        convention.regime,
        convention.drafted_by,
        convention.drafted_by_person,
        convention.drafted_at,
        convention.terms.terms.starts_on,
        convention.terms.terms.ends_on,
        list(convention.terms.accepted_by),
    )
    await add_terms_revision(tx, convention, version)
    await tx.executemany(
        _ADD_PARTY,
        [
            (
                convention.id,
                party.organization_id,
                party.side,
                party.name,
                party.seat,
                convention.drafted_at if party.shared else None,
            )
            for party in convention.parties
        ],
    )
    clauses = convention.clauses.values()
    await tx.executemany(_ADD_CLAUSE, [_row(convention, it) for it in clauses])
    await add_clause_revisions(tx, convention, clauses, version)


async def save_convention(
    tx: Transaction, convention: Convention, events: Sequence[Event], now: datetime
) -> int:
    """Store what the events say has changed; returns the version that the convention has now."""
    version = convention.version + len(events)
    if not events:
        return version
    for event in events:
        await _save_text(event, tx, convention, version, now)
        await save_signing(event, tx, convention, now)
        if isinstance(event, AnnexProposed | AnnexAccepted):
            await save_annex(tx, convention, event, version)
        if isinstance(event, AmendmentAbandoned):
            await save_abandonment(tx, convention)
    seal = convention.seal_in_force
    saved = await tx.execute(
        _SAVE,
        convention.id,
        convention.version,
        version,
        convention.state,
        convention.negotiating_since,
        seal.at_version if seal else None,
        convention.activated_at,
        now,
    )
    if saved != "UPDATE 1":
        raise Defect(f"the convention {convention.id} was locked, yet it changed")
    for event in events:
        # Whoever is gone reads no more from here on.
        if isinstance(event, PartyLeft):
            await part_from(tx, convention, event.organization_id, event.left_on, now)
        if isinstance(event, PartyTakenBack):
            await part_from(tx, convention, event.taken_back, now.astimezone(PARIS).date(), now)
    return version


async def _save_text(
    event: Event, tx: Transaction, convention: Convention, version: int, now: datetime
) -> None:
    match event:
        case ConventionShared():
            await tx.execute(_SHARE, convention.id, event.organization_id, now)
        case ClauseProposed():
            clause = convention.clauses[event.clause_id]
            await add_clause_revisions(tx, convention, [clause], version)
            await _save_clause(tx, clause)
        case ClauseAdded():
            await _add_clause(tx, convention, convention.clauses[event.clause_id], version)
        case ClauseWithdrawn():
            await tx.execute(_WITHDRAW_CLAUSE, event.clause_id, now, version, event.organization_id)
        case ClauseAccepted():
            await _save_clause(tx, convention.clauses[event.clause_id])
        case TermsProposed():
            await add_terms_revision(tx, convention, version)
            await save_terms(tx, convention)
        case TermsAccepted():
            await save_terms(tx, convention)
        case _:
            # The others change the convention's own row only, or what it is signed by.
            pass


async def _add_clause(tx: Transaction, convention: Convention, clause: Clause, version: int) -> None:
    added = await tx.execute(_ADD_ONE_CLAUSE, *_row(convention, clause), clause.added_by)
    if added != "INSERT 0 1":
        # Of another convention, seen by the actor or not, or of this one, taken back.
        raise IdentifierTaken
    await add_clause_revisions(tx, convention, [clause], version)


async def _save_clause(tx: Transaction, clause: Clause) -> None:
    await tx.execute(
        _SAVE_CLAUSE,
        clause.id,
        clause.revision,
        list(clause.accepted_by),
        clause.agreed_at,
        clause.agreed_once,
    )


def _row(convention: Convention, clause: Clause) -> tuple[Any, ...]:
    return (
        clause.id,
        convention.id,
        clause.number,
        clause.title,
        clause.required,
        clause.reason,
        clause.revision,
        list(clause.accepted_by),
    )
