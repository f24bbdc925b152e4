"""What can be asked of projects that changes something.

Every command says what it was decided on: a clause's revision, the sealed hash, or the aggregate's version.
Identifiers are made by the one who asks, so that asking again after a lost reply does nothing twice.
"""

from typing import Annotated

from pydantic import Field

from shared.contracts.files import GivenFile
from shared.contracts.identifiers import (
    AnnexId,
    ClauseId,
    CommentId,
    ConventionId,
    IndicatorId,
    MeasureId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
)
from shared.contracts.messages import Command, Done, Message
from shared.contracts.projects.terms import Terms
from shared.contracts.values import ClauseText, Day, Paragraph, Seat, Sha256, Side, Title, Version

Quantity = Annotated[int, Field(ge=0, le=1_000_000_000)]


class PartyToConvene(Message):
    """A party as the directory names it; the preamble is written from it, then belongs to the text."""

    organization_id: OrganizationId
    side: Side
    name: Title
    seat: Seat = ""


class DraftConvention(Command[Done]):
    """Begin a convention between the actor's organisation and others, from a model: an establishment and an association
    at least.
    """

    convention_id: ConventionId
    title: Title
    aim: Paragraph
    template: str = Field(default="volunteers_in_hospital", max_length=60)
    parties: tuple[PartyToConvene, ...] = Field(min_length=2, max_length=10)
    starts_on: Day
    ends_on: Day


class ProposeClause(Command[Done]):
    """Propose a text for a clause. Refused when the clause has moved past `revision`: nothing typed is lost, the
    refusal carries where it stands.
    """

    convention_id: ConventionId
    clause_id: ClauseId
    revision: Version
    text: ClauseText


class AddClause(Command[Done]):
    """Add an article at the end of the text, which the actor's side accepts thereby."""

    convention_id: ConventionId
    clause_id: ClauseId
    title: Title
    text: ClauseText


class WithdrawClause(Command[Done]):
    """Take out an article that the actor's organisation brought, with the model or since, that the regime does not require,
    and that not every party has accepted, in any wording. Of an amendment: propose that an article in force goes, as long as the
    regime does not require it; it goes with the amendment, once every party has accepted that.
    """

    convention_id: ConventionId
    clause_id: ClauseId
    revision: Version


class AcceptClause(Command[Done]):
    """Accept a clause, for the actor's side, as it stands at `revision`."""

    convention_id: ConventionId
    clause_id: ClauseId
    revision: Version


class ClauseAtRevision(Message):
    """A clause as somebody read it."""

    clause_id: ClauseId
    revision: Version


class AcceptClauses(Command[Done]):
    """Accept several clauses at once, and the terms if their revision is given; all or, if one has moved, nothing."""

    convention_id: ConventionId
    clauses: tuple[ClauseAtRevision, ...] = Field(min_length=1, max_length=200)
    terms_revision: Version | None = None


class ProposeTerms(Command[Done]):
    """Propose other terms, whole. Refused when they have moved past `revision`: the refusal carries where they stand."""

    convention_id: ConventionId
    revision: Version
    terms: Terms


class AcceptTerms(Command[Done]):
    """Accept the terms, for the actor's side, as they stand at `revision`."""

    convention_id: ConventionId
    revision: Version


class AnnounceAnnex(Command[Done]):
    """Say that the convention has an annex of this title; its file comes next."""

    convention_id: ConventionId
    annex_id: AnnexId
    title: Title


class GiveAnnexFile(Command[Done]):
    """Give an annex its file, or another one. Its bytes are kept already; the other side accepts them like a clause."""

    convention_id: ConventionId
    annex_id: AnnexId
    revision: Version
    file: GivenFile


class WithdrawAnnex(Command[Done]):
    """Take an annex out of the text; once another side has accepted it or given it a file, all have to accept."""

    convention_id: ConventionId
    annex_id: AnnexId
    revision: Version


class AcceptAnnex(Command[Done]):
    """Accept an annex as it was read, or that it goes, for the actor's side."""

    convention_id: ConventionId
    annex_id: AnnexId
    revision: Version


class AddComment(Command[Done]):
    """Comment a clause, or write to the other side about the whole convention."""

    convention_id: ConventionId
    comment_id: CommentId
    clause_id: ClauseId | None = None
    text: Paragraph


class ReadConvention(Command[Done]):
    """Remember that the actor has read the convention at this version: what comes later is new to her."""

    convention_id: ConventionId
    version: Version


class Sealed(Done):
    """The seal: SHA-256 of the canonical form."""

    sealed_hash: Sha256


class SealConvention(Command[Sealed]):
    """Freeze the agreed text for signature. Refused with every problem at once."""

    convention_id: ConventionId
    version: Version
    sign_before: Day
    """The last day to sign: after it the text is open again, and no signature counts."""
    sign_order: tuple[OrganizationId, ...] = Field(default=(), max_length=20)
    """Who signs after whom, every party once; empty when each signs when it likes."""


class SignConvention(Command[Done]):
    """Sign, for the actor's organisation, the text that is now sealed."""

    convention_id: ConventionId
    sealed_hash: Sha256
    capacity: Title
    """In which capacity the person signs, as the page asked her: « présidente », « par délégation du directeur »."""
    means: str = Field(default="password", pattern="^(password|second_factor)$")
    """How she was recognised again at the moment of signing."""


class RefuseSignature(Command[Done]):
    """Refuse to sign the sealed text, with a reason: it is open to negotiation again and all signatures are void."""

    convention_id: ConventionId
    sealed_hash: Sha256
    reason: Paragraph


class ProposeProject(Command[Done]):
    """Propose a project under an active convention. The actor leads it for her side unless she names a colleague."""

    project_id: ProjectId
    convention_id: ConventionId
    title: Title
    aim: Paragraph
    lead: PersonId | None = None


class NameProjectLead(Command[Done]):
    """Name who leads the project for the actor's side."""

    project_id: ProjectId
    person_id: PersonId


class StartProject(Command[Done]):
    """Start the project: needs an active convention and a lead per side."""

    project_id: ProjectId
    version: Version


class PlanMilestone(Command[Done]):
    """Add a dated step."""

    project_id: ProjectId
    milestone_id: MilestoneId
    title: Title
    due_on: Day


class MoveMilestone(Command[Done]):
    """Change the date of a step that is not reached. `due_on_known` is the date that the actor saw."""

    project_id: ProjectId
    milestone_id: MilestoneId
    due_on_known: Day
    due_on: Day


class ReachMilestone(Command[Done]):
    """Say that a step is done."""

    project_id: ProjectId
    milestone_id: MilestoneId
    reached_on: Day


class ProposeIndicator(Command[Done]):
    """Propose what to measure: a ratio of two counts, or a plain count when `denominator` is missing."""

    indicator_id: IndicatorId
    project_id: ProjectId
    title: Title
    numerator: Title
    denominator: Title | None = None
    source: Title
    target: Quantity | None = None
    """Per cent for a ratio, else the count aimed at."""


class AcceptIndicator(Command[Done]):
    """Accept the definition, for the actor's side."""

    indicator_id: IndicatorId
    version: Version


class RecordMeasure(Command[Done]):
    """Record a dated value of an agreed indicator."""

    indicator_id: IndicatorId
    measure_id: MeasureId
    measured_on: Day
    numerator: Quantity
    denominator: Quantity | None = None


class CorrectMeasure(Command[Done]):
    """Correct a value: a new one stands in its place, the first stays readable."""

    indicator_id: IndicatorId
    corrects: MeasureId
    measure_id: MeasureId
    numerator: Quantity
    denominator: Quantity | None = None
    reason: Title
