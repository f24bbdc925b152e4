"""Versions of a text side by side: what can be asked, and the answers.

A clause counts its revisions; the whole text of a convention is known by the convention's version, which every event adds
to: at version n each part stands as it stood then.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId, ClauseId, ConventionId, OrganizationId, PersonId
from shared.contracts.messages import Message, Query, View
from shared.contracts.projects.terms import Terms
from shared.contracts.refusals import Refusal, RefusalKind

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Place = Annotated[int, Field(ge=0, le=1_000)]


class VersionNotFound(Refusal):
    """The text has no such version."""

    code = "version_not_found"
    kind = RefusalKind.NOT_FOUND


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(Message):
    """A piece of text: same and removed ones make the text before, same and added ones the text after."""

    kind: PieceKind
    text: str
    by: OrganizationId | None = None
    """The party that added or removed it; None for what stayed, and where several parties wrote and it is not told whose."""


class ClauseVersion(Message):
    """One revision of a clause, without its text."""

    revision: int
    organization_id: OrganizationId
    person_id: PersonId | None
    proposed_at: datetime


class ClauseComparison(View):
    """Two revisions of a clause, word by word."""

    clause_id: ClauseId
    number: int
    title: str
    added_by: OrganizationId | None
    """None for the model's own articles."""
    withdrawn_at: datetime | None
    """When it was taken out of the text; its versions stay readable."""
    withdrawn_by: OrganizationId | None
    versions: tuple[ClauseVersion, ...]
    """Newest first, at most 500."""
    before: int
    after: int
    pieces: tuple[Piece, ...]


class CompareClause(Query[ClauseComparison]):
    """Two revisions of a clause, that of a withdrawn one too. Without `after` the last one, without `before` the one
    before it; asked the wrong way round, they are told in their order.
    """

    convention_id: ConventionId
    clause_id: ClauseId
    before: Number | None = None
    after: Number | None = None


class WithdrawnClause(Message):
    """An article that was taken out of the text."""

    clause_id: ClauseId
    number: int
    title: str
    withdrawn_at: datetime
    withdrawn_by: OrganizationId | None


class TextVersion(Message):
    """A version of the convention that changed its text, or sealed it."""

    version: int
    organization_id: OrganizationId
    person_id: PersonId
    at: datetime
    clauses: tuple[int, ...]
    """The numbers of the articles that came or changed."""
    withdrawn: tuple[int, ...]
    """The numbers of the articles that went."""
    terms: bool
    annexes: tuple[int, ...]
    """The numbers of the annexes that came, changed or are to go."""
    sealed: bool


class TextVersions(View):
    """The versions of a convention's text, newest first."""

    versions: tuple[TextVersion, ...]
    """The last 200, and every sealed one."""
    first: int
    """The version that the text began with."""
    current: int
    read: int | None
    """The version that the actor last read; None when she never opened it."""


class ListTextVersions(Query[TextVersions]):
    """What can be compared in a convention."""

    convention_id: ConventionId


class ComparedClause(Message):
    """An article whose text is not the same, or that one of the versions has not."""

    clause_id: ClauseId
    number: int
    title: str
    revision_before: int | None
    """None where it was not in the text yet."""
    revision_after: int | None
    """None where it was in the text no more."""
    by: tuple[OrganizationId, ...]
    """The parties that wrote or withdrew it in between."""
    pieces: tuple[Piece, ...]


class ComparedAnnex(Message):
    """An annex with another file, or that came or goes."""

    annex_id: AnnexId
    number: int
    title: str
    before: GivenFile | None
    after: GivenFile | None
    withdrawn: bool
    """Whether it is to go in the later version, or is gone."""
    by: OrganizationId


class ComparedTerms(Message):
    """Terms that are not the same."""

    before: Terms
    after: Terms
    by: tuple[OrganizationId, ...]


class ConventionComparison(View):
    """Two versions of the whole text: what changed, and how much did not."""

    before: int
    after: int
    changed: int
    """How many articles, of all pages."""
    unchanged: int
    terms: ComparedTerms | None
    """None where they are the same, and on later pages."""
    annexes: tuple[ComparedAnnex, ...]
    """On the first page."""
    clauses: tuple[ComparedClause, ...]
    """One page of the articles that changed, in their order."""
    next_from: int | None
    """Where the next page begins; None after the last one."""


class CompareConvention(Query[ConventionComparison]):
    """Two versions of the whole text. Without `after` the current one; without `before` the one that the actor last
    read, or the first; asked the wrong way round, they are told in their order.
    """

    convention_id: ConventionId
    before: Number | None = None
    after: Number | None = None
    begin: Place = 0
    """How many changed articles to leave out: `next_from` of the page before."""
