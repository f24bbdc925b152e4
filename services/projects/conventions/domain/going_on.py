"""A text goes on without one of its parties: who is gone neither accepts nor signs, and is awaited no more.

What it had accepted and signed stays where it stands; what all the others have accepted or signed is enough.
"""

from dataclasses import replace
from datetime import date, datetime

from services.projects.conventions.domain.convention import Convention
from shared.contracts.identifiers import OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.queries import ConventionState

_OVER = frozenset({ConventionState.IN_FORCE, ConventionState.ABANDONED})


def leave_amendment(
    amendment: Convention, party: OrganizationId, left_on: date, now: datetime
) -> list[Event]:
    """A party has left the convention that an amendment changes. Told twice, it is done once.

    Where only its signature was missing, the amendment is signed by all.
    """
    if amendment.amends is None or party not in amendment.party_ids or amendment.state in _OVER:
        return []
    awaited = amendment.situation.turn_of
    part_from(amendment, party, now)
    left = PartyLeft(
        convention_id=amendment.id,
        organization_id=party,
        left_on=left_on,
        amends=amendment.amends.convention_id,
        next_to_sign=amendment.situation.turn_of if awaited == party else None,
    )
    if amendment.activated_at or not amendment.signatures.keys() >= amendment.party_ids:
        return [left]
    amendment.state = ConventionState.SIGNED
    amendment.activated_at = now
    return [left, amendment.amends.signed_by_all(amendment.id)]


def part_from(convention: Convention, party: OrganizationId, now: datetime) -> None:
    """Take a party out of those who agree: what only it had not accepted is agreed."""
    convention.parties = tuple(it for it in convention.parties if it.organization_id != party)
    staying = convention.party_ids
    if convention.terms.agreed_at is None and convention.terms.accepted_by >= staying:
        convention.terms = replace(convention.terms, agreed_at=now)
    for clause in convention.clauses.values():
        if clause.agreed_at is None and clause.accepted_by >= staying:
            convention.clauses[clause.id] = replace(clause, agreed_at=now, agreed_once=True)
    for annex in convention.annexes.values():
        if annex.agreed_at is None and annex.accepted_by >= staying:
            convention.annexes[annex.id] = replace(annex, agreed_at=now)
