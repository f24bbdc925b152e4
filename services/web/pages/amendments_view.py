"""Amendments as pages show them: the list of a convention's, and what one of them changes."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.web.pages.convention_view import Clause, Shown
from services.web.pages.names import Names, names_of
from services.web.pages.terms_view import TermsCard, terms_card, terms_lines
from services.web.visits import Visit
from shared.contracts.identifiers import ConventionId
from shared.contracts.projects.amendments import (
    AmendedFrom,
    AmendmentLine,
    Amendments,
    CompareAmendment,
    ListAmendments,
)
from shared.contracts.projects.queries import ConventionState
from shared.texts.differences import Kind, Segment, differences

_OVER = frozenset({ConventionState.IN_FORCE, ConventionState.ABANDONED})


@dataclass(frozen=True, slots=True)
class Listed:
    """An amendment in a list."""

    url: str
    number: int
    title: str
    reason: str
    state: ConventionState
    open: bool
    author: str
    proposed_at: datetime
    effective_on: date | None
    signed_at: datetime | None
    in_force_at: datetime | None
    replaced: bool
    """Whether a later one is in force."""
    abandoned_by: str | None
    abandoned_at: datetime | None
    why_abandoned: str
    has_document: bool


@dataclass(frozen=True, slots=True)
class Amended:
    """A convention with its amendments, newest first."""

    convention_id: ConventionId
    title: str
    amendments: list[Listed]
    text_in_force: str | None

    @property
    def open(self) -> Listed | None:
        """The one that is not over."""
        return next((it for it in self.amendments if it.open), None)

    @property
    def in_force(self) -> Listed | None:
        """The one whose text holds."""
        return next((it for it in self.amendments if it.in_force_at and not it.replaced), None)

    @property
    def next_number(self) -> int:
        """What the next one is called."""
        return 1 + max((it.number for it in self.amendments if it.signed_at), default=0)


@dataclass(frozen=True, slots=True)
class Changed:
    """What an amendment says otherwise than the text in force."""

    clauses: list[Clause]
    terms: TermsCard | None
    annexes: frozenset[int]

    @property
    def nothing(self) -> bool:
        """Whether it says the same so far."""
        return not (self.clauses or self.terms or self.annexes)


async def ask_amended(visit: Visit, convention_id: ConventionId) -> Amended | None:
    """The amendments of a convention, or of the one that an amendment changes; None when they cannot be had now."""
    found = await visit.web.gateway.ask_if_there_and_allowed(
        ListAmendments(convention_id=convention_id), visit.actor
    )
    return await amended_of(visit, found) if found else None


async def amended_of(visit: Visit, found: Amendments) -> Amended:
    """With the names that the list needs."""
    names = await names_of(
        visit,
        people=(it.abandoned_by_person for it in found.amendments),
        organizations=[
            *(it.proposed_by for it in found.amendments),
            *(it.abandoned_by for it in found.amendments),
        ],
    )
    in_force = [it.number for it in found.amendments if it.entered_into_force_at]
    latest = max(in_force, default=0)
    return Amended(
        convention_id=found.convention_id,
        title=found.title,
        amendments=[_listed(it, names, latest) for it in found.amendments],
        text_in_force=found.text_in_force,
    )


def _listed(it: AmendmentLine, names: Names, latest: int) -> Listed:
    return Listed(
        url=f"/conventions/{it.amendment_id}",
        number=it.number,
        title=it.title,
        reason=it.reason,
        state=it.state,
        open=it.state not in _OVER,
        author=names.organization(it.proposed_by),
        proposed_at=it.proposed_at,
        effective_on=it.effective_on,
        signed_at=it.signed_at,
        in_force_at=it.entered_into_force_at,
        replaced=it.entered_into_force_at is not None and it.number < latest,
        abandoned_by=names.organization(it.abandoned_by) if it.abandoned_by else None,
        abandoned_at=it.abandoned_at,
        why_abandoned=it.why_abandoned,
        has_document=it.sealed_hash is not None,
    )


async def ask_changed(visit: Visit, shown: Shown) -> Changed:
    """What an amendment changes, as its page shows it."""
    before = await visit.web.gateway.ask(
        CompareAmendment(convention_id=shown.view.convention_id), visit.actor
    )
    return changed_of(shown, before)


def changed_of(shown: Shown, before: AmendedFrom) -> Changed:
    """The articles with their differences from the text in force, whatever the reader has read of them before."""
    texts = {it.clause_id: it.text for it in before.clauses}
    clauses: list[Clause] = []
    for clause in shown.clauses:
        if clause.withdrawn:
            going = [Segment(Kind.REMOVED, texts.get(clause.id, clause.text))]
            clauses.append(replace(clause, modified=True, segments=going))
        elif clause.id in texts:
            clauses.append(
                replace(clause, modified=True, segments=differences(texts[clause.id], clause.text))
            )
        elif clause.id in before.added:
            clauses.append(replace(clause, modified=True, segments=[Segment(Kind.ADDED, clause.text)]))
    terms = None
    if before.terms is not None:
        terms = replace(
            terms_card(shown),
            modified=True,
            lines=terms_lines(shown, shown.view.terms.terms, before.terms),
        )
    return Changed(clauses, terms, frozenset(before.annexes))


def who_gave_up(amended: Amended | None, convention_id: ConventionId) -> Listed | None:
    """The amendment of this page, if it was abandoned."""
    url = f"/conventions/{convention_id}"
    return next(
        (it for it in (amended.amendments if amended else ()) if it.url == url and it.abandoned_at), None
    )
