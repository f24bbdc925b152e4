"""Amendments of a convention in force: what can be asked of them beside what is asked of any text.

Everything that is done with the text of a convention (articles, terms, annexes, comments, seal, signatures) is done with
that of an amendment by the same requests, under the amendment's id.
"""

from datetime import date, datetime

from shared.contracts.identifiers import ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Command, Done, Message, Query, View
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.terms import Terms
from shared.contracts.values import Paragraph, Sha256, Title


class ProposeAmendment(Command[Done]):
    """Begin to change a convention in force: the amendment starts with its present text, and both sides negotiate it."""

    convention_id: ConventionId
    amendment_id: ConventionId
    title: Title
    reason: Paragraph
    effective_on: date | None = None
    """The day on which it is to enter into force; None: with the last signature."""


class AbandonAmendment(Command[Done]):
    """Give an amendment up, for both sides: the text in force stays as it is."""

    convention_id: ConventionId
    """The amendment's."""
    reason: Paragraph


class AmendmentLine(Message):
    """An amendment in the list of its convention."""

    amendment_id: ConventionId
    number: int
    title: str
    reason: str
    state: ConventionState
    proposed_by: OrganizationId
    proposed_at: datetime
    effective_on: date | None
    sealed_hash: str | None
    signed_at: datetime | None
    """When the last party signed."""
    entered_into_force_at: datetime | None
    abandoned_by: OrganizationId | None
    """None, in one that was abandoned: its convention had ended."""
    abandoned_by_person: PersonId | None
    abandoned_at: datetime | None
    why_abandoned: str


class Amendments(View):
    """The amendments of a convention, the newest first, at most 200."""

    convention_id: ConventionId
    title: str
    """The convention's."""
    text_in_force: Sha256 | None
    """The hash of the text that holds now; None before every party has signed the convention."""
    amendments: tuple[AmendmentLine, ...]


class ListAmendments(Query[Amendments]):
    """How the text of a convention has changed and is about to. Asked of an amendment, it answers for its convention."""

    convention_id: ConventionId


class ClauseBefore(Message):
    """An article as it stood when the amendment began."""

    clause_id: ClauseId
    """The amendment's."""
    text: str


class AmendedFrom(View):
    """What an amendment began with, where it says something else now."""

    clauses: tuple[ClauseBefore, ...]
    added: tuple[ClauseId, ...]
    """The articles that are new."""
    withdrawn: tuple[ClauseId, ...] = ()
    """Those that go; each stands in `clauses` too, as it was."""
    terms: Terms | None
    """None where they have not changed."""
    annexes: tuple[int, ...]
    """The numbers of the annexes that changed, are new, or go."""


class CompareAmendment(Query[AmendedFrom]):
    """What an amendment changes."""

    convention_id: ConventionId
    """The amendment's."""
