"""Add an article to a convention, and take one out that one's side brought and that not every party has accepted."""

from datetime import datetime

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.room_for_text import check_room
from shared.contracts.identifiers import ClauseId, OrganizationId
from shared.contracts.messages import Event
from shared.contracts.projects.events import ClauseAdded, ClauseProposed, ClauseWithdrawn, VoidReason
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import (
    ClauseNotFound,
    ClauseStays,
    ClauseUnchanged,
    IdentifierTaken,
    TooManyClauses,
)

LAST_NUMBER = 199


def add_clause(
    convention: Convention, clause_id: ClauseId, title: str, text: str, by: Speaker, now: datetime
) -> list[Event]:
    """Put an article at the end, accepted by the side that proposes it. It opens a sealed text again.

    Asking twice with the same words adds it once.

    Raises:
        IdentifierTaken: the convention has another article under this identifier.
        TooManyClauses, TextTooLong: it is full.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    if known := convention.clauses.get(clause_id):
        if known.added_by == by.organization_id and known.title == title and known.says(text):
            return []
        raise IdentifierTaken
    number = 1 + max(it.number for it in convention.clauses.values())
    if number > LAST_NUMBER:
        raise TooManyClauses(most=LAST_NUMBER)
    check_room(convention.clauses.values(), text)
    events = convention.void(VoidReason.EDIT, by.organization_id)
    convention.clauses[clause_id] = Clause(
        id=clause_id,
        number=number,
        title=title,
        required=False,
        reason="",
        text=text,
        revision=1,
        accepted_by=frozenset({by.organization_id}),
        proposed_by=by.organization_id,
        proposed_by_person=by.person_id,
        proposed_at=now,
        added_by=by.organization_id,
    )
    return [
        *events,
        ClauseAdded(convention_id=convention.id, clause_id=clause_id, organization_id=by.organization_id),
    ]


def may_withdraw(convention: Convention, clause: Clause, by: OrganizationId) -> bool:
    """Whether a party may take an article out: it brought it, the regime does not require it, and no wording of it was
    accepted by every party. Those of the model were brought by whoever chose it; the preamble stays. What a party brought
    that is gone is anybody's.

    What both had agreed on would otherwise go by an act of one: reword it, then take it out.
    """
    brought_by = clause.added_by or convention.drafted_by
    theirs = brought_by == by or brought_by not in convention.party_ids
    return theirs and clause.number > 0 and not clause.required and not clause.agreed_once


def withdraw_clause(
    convention: Convention, clause_id: ClauseId, revision: int, by: Speaker, now: datetime
) -> list[Event]:
    """Take an article out, as it was read. What was written in it stays in the history; the others keep their numbers.

    An article in force is proposed to go by an amendment, and goes with it once every party has accepted that.

    Raises:
        ClauseChanged: it has moved since it was read.
        ClauseStays: the regime requires it, another party brought it, or every party has accepted it.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    clause = convention.clauses.get(clause_id)
    if clause is None:
        raise ClauseNotFound
    if clause.leaves_with_amendment:
        return _propose_to_withdraw(convention, clause, revision, by, now)
    clause.check_revision(revision)
    if not may_withdraw(convention, clause, by.organization_id):
        raise ClauseStays
    del convention.clauses[clause_id]
    return [
        ClauseWithdrawn(convention_id=convention.id, clause_id=clause_id, organization_id=by.organization_id)
    ]


def _propose_to_withdraw(
    amendment: Convention, clause: Clause, revision: int, by: Speaker, now: datetime
) -> list[Event]:
    if clause.withdrawn and clause.revision == revision + 1 and clause.proposed_by_person == by.person_id:
        return []
    clause.check_revision(revision)
    if clause.withdrawn:
        raise ClauseUnchanged
    events = amendment.void(VoidReason.EDIT, by.organization_id)
    going = clause.taken_out(by=by.organization_id, person=by.person_id, now=now)
    amendment.clauses[clause.id] = going
    return [
        *events,
        ClauseProposed(
            convention_id=amendment.id,
            clause_id=clause.id,
            revision=going.revision,
            organization_id=by.organization_id,
            withdrawn=True,
        ),
    ]
