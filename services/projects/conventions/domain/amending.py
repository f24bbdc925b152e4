"""The life of an amendment that is its own: how it begins, is given up, and enters into force.

In between it is a text like any other: the rules of conventions decide on its articles, its seal and its signatures.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.amendment import Abandonment, Amending, SoFar
from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from services.projects.conventions.domain.terms import TermsOnTable
from shared.contracts.identifiers import ClauseId, ConventionId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentEnteredIntoForce,
    AmendmentProposed,
    ConventionAmended,
    PartyOfConvention,
)
from shared.contracts.projects.queries import Act, ConventionState
from shared.contracts.projects.refusals import DateNotInFuture, EndsBefore
from shared.contracts.refusals import Defect

_HOLDS = frozenset({ConventionState.ACTIVE, ConventionState.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What its author says of an amendment before it has a text."""

    amendment_id: ConventionId
    title: str
    reason: str
    effective_on: date | None

    def began(self, known: Convention, of: ConventionId) -> bool:
        """Whether this text is the one that began so: the same order came twice."""
        return (
            known.amends is not None
            and (known.amends.convention_id, known.amends.effective_on) == (of, self.effective_on)
            and (known.title, known.aim) == (self.title, self.reason)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What an amendment made of its convention."""

    convention: Convention
    clauses: tuple[Clause, ...]
    """Those with another text, and those that are new."""
    withdrawn: tuple[Clause, ...]
    """Those that are in the text no more."""
    terms_changed: bool
    annexes: tuple[Annex, ...]
    ends_on: date
    of_amendment: list[Event]
    of_convention: list[Event]


def propose_amendment(
    base: Convention, so_far: SoFar, wanted: Wanted, by: Speaker, *, now: datetime, today: date
) -> tuple[Convention, list[Event]]:
    """Begin an amendment with the text in force, which every party accepts: it signed it.

    Raises:
        ConventionNotInForce: there is no text in force to change.
        AmendmentOpen: another one is not over: what it will stand on is not known.
        DateNotInFuture, EndsBefore: its day cannot be.
    """
    rights.check(Act.AMEND, replace(base.situation, amendment_open=so_far.open is not None), by)
    if wanted.effective_on is not None:
        if wanted.effective_on <= today:
            raise DateNotInFuture
        if wanted.effective_on > so_far.ends_on:
            raise EndsBefore(ends_on=so_far.ends_on)
    amending = Amending(
        convention_id=base.id,
        number=so_far.concluded + 1,
        base_hash=so_far.text_hash,
        ended_on=so_far.ends_on,
        effective_on=wanted.effective_on,
    )
    mine = by.organization_id, by.person_id
    amendment = Convention(
        id=wanted.amendment_id,
        version=0,
        state=ConventionState.NEGOTIATING,
        title=wanted.title,
        aim=wanted.reason,
        template=base.template,
        regime=base.regime,
        drafted_by=by.organization_id,
        drafted_by_person=by.person_id,
        drafted_at=now,
        terms=TermsOnTable(
            base.terms.terms.model_copy(update={"ends_on": so_far.ends_on}),
            1,
            base.party_ids,
            *mine,
            proposed_at=now,
            agreed_at=now,
        ),
        parties=base.parties,
        clauses={it.id: it for it in (_copied(clause, base, by, now) for clause in base.clauses.values())},
        # Those that are gone come too: their numbers stay taken.
        annexes={
            it.id: replace(
                it,
                revision=1,
                accepted_by=base.party_ids,
                proposed_by=by.organization_id,
                proposed_by_person=by.person_id,
                proposed_at=now,
                agreed_at=now,
                taken_up=True,
            )
            for it in base.annexes.values()
        },
        negotiating_since=now,
        amends=amending,
    )
    proposed = AmendmentProposed(
        convention_id=amendment.id,
        amends=base.id,
        number=amending.number,
        organization_id=by.organization_id,
        parties=tuple(
            PartyOfConvention(organization_id=it.organization_id, side=it.side) for it in base.parties
        ),
    )
    return amendment, [proposed]


def _copied(clause: Clause, base: Convention, by: Speaker, now: datetime) -> Clause:
    return replace(
        clause,
        id=ClauseId(new_id()),
        origin=clause.id,
        revision=1,
        accepted_by=base.party_ids,
        proposed_by=by.organization_id,
        proposed_by_person=by.person_id,
        proposed_at=now,
        agreed_at=now,
        agreed_once=True,
        added_by=None,
    )


def abandon(amendment: Convention, reason: str, by: Speaker, now: datetime) -> list[Event]:
    """Give an amendment up. Whatever was signed of it counts no more, and stays as evidence.

    Raises:
        NotAnAmendment: it is the convention itself.
        AmendmentOver: every party has signed it, or it was given up before.
    """
    rights.check(Act.ABANDON, amendment.situation, by)
    return _given_up(amendment, Abandonment(by.organization_id, by.person_id, reason, now))


def lapse(amendment: Convention, now: datetime) -> list[Event]:
    """Its convention has ended: there is nothing left to change."""
    return _given_up(amendment, Abandonment(None, None, "", now))


def _given_up(amendment: Convention, why: Abandonment) -> list[Event]:
    if amendment.amends is None:
        raise Defect("a convention is not abandoned")
    amendment.state = ConventionState.ABANDONED
    amendment.seal_in_force = None
    amendment.signatures = {}
    amendment.activated_at = None
    amendment.abandonment = why
    return [
        AmendmentAbandoned(
            convention_id=amendment.id,
            amends=amendment.amends.convention_id,
            organization_id=why.organization_id,
        )
    ]


def may_enter(amendment: Convention, base: Convention, today: date) -> bool:
    """Whether every party has signed it, its day has come, and its convention holds: with one that has ended, it lapses."""
    amends = amendment.amends
    signed = amends is not None and amendment.state is ConventionState.SIGNED and amends.due(today)
    return signed and base.state in _HOLDS


def enter_into_force(amendment: Convention, base: Convention, ends_on: date) -> Entry:
    """Let a convention say what an amendment says that every party has signed and whose day has come.

    `ends_on` is the last day of the convention's present term. A last day that the amendment left as it found it follows
    that term: it was renewed meanwhile, and nobody meant to take that back.
    """
    amends = amendment.amends
    if amends is None or amendment.state is not ConventionState.SIGNED:
        raise Defect("only an amendment that every party has signed enters into force")
    withdrawn = tuple(_withdrawn_clauses(amendment, base))
    clauses = tuple(_changed_clauses(amendment, base))
    annexes = tuple(_changed_annexes(amendment, base))
    terms_changed = amendment.terms.revision > 1
    if terms_changed:
        base.terms = replace(amendment.terms, revision=base.terms.revision + 1)
        agreed = amendment.terms.terms.ends_on
        ends_on = ends_on if agreed == amends.ended_on else agreed
    amendment.state = ConventionState.IN_FORCE
    return Entry(
        convention=base,
        clauses=clauses,
        withdrawn=withdrawn,
        terms_changed=terms_changed,
        annexes=annexes,
        ends_on=ends_on,
        of_amendment=[AmendmentEnteredIntoForce(convention_id=amendment.id, amends=base.id)],
        of_convention=[
            ConventionAmended(
                convention_id=base.id,
                amended_by=amendment.id,
                number=amends.number,
                starts_on=base.terms.terms.starts_on,
                ends_on=ends_on,
            )
        ],
    )


def _withdrawn_clauses(amendment: Convention, base: Convention) -> list[Clause]:
    """As the convention has known them, in the name of the party that proposed that they go."""
    going = [it for it in amendment.clauses.values() if it.withdrawn]
    return [
        replace(base.clauses.pop(it.origin), withdrawn=True, proposed_by=it.proposed_by)
        for it in going
        if it.origin and it.origin in base.clauses
    ]


def _changed_clauses(amendment: Convention, base: Convention) -> list[Clause]:
    changed: list[Clause] = []
    for clause in amendment.clauses.values():
        standing = base.clauses.get(clause.origin) if clause.origin else None
        if clause.withdrawn:
            continue
        if standing is None:
            new = replace(clause, id=ClauseId(new_id()), revision=1)
        elif standing.says(clause.text):
            continue
        else:
            new = replace(
                clause,
                id=standing.id,
                origin=standing.origin,
                added_by=standing.added_by,
                revision=standing.revision + 1,
            )
        base.clauses[new.id] = new
        changed.append(new)
    return changed


def _changed_annexes(amendment: Convention, base: Convention) -> list[Annex]:
    changed: list[Annex] = []
    for annex in amendment.annexes.values():
        standing = base.annexes.get(annex.id)
        if standing is None and annex.gone:
            # Announced and taken back before anybody signed.
            continue
        if standing and (standing.file, standing.withdrawn) == (annex.file, annex.withdrawn):
            continue
        new = replace(annex, revision=standing.revision + 1 if standing else 1)
        base.annexes[new.id] = new
        changed.append(new)
    return changed
