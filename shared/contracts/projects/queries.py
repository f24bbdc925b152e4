"""What can be asked of projects that changes nothing, and the answers.

Views carry ids for people and organisations: who makes the page asks contacts for the names. `may` lists the acts that
the actor can do now, decided by the domain, so that no page decides it again.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from shared.contracts.identifiers import (
    AnnexId,
    ClauseId,
    CommentId,
    ConventionId,
    EventId,
    IndicatorId,
    MeasureId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
)
from shared.contracts.messages import Message, Query, View
from shared.contracts.projects.amends import Amends
from shared.contracts.projects.annexes import AnnexHistory, AnnexView
from shared.contracts.projects.awaiting import AwaitedKind, DatedKind
from shared.contracts.projects.comparisons import WithdrawnClause
from shared.contracts.projects.paper import ScanView
from shared.contracts.projects.party_views import PartyView
from shared.contracts.projects.promises import InPartnership
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.projects.templates import ClauseLibrary, Templates
from shared.contracts.projects.terms import TermsHistory, TermsView
from shared.contracts.values import Limit, Side


class ConventionState(StrEnum):
    """Where a convention stands."""

    DRAFT = "draft"
    NEGOTIATING = "negotiating"
    READY = "ready"
    PARTLY_SIGNED = "partly_signed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SIGNED = "signed"
    """Of an amendment: every party has signed it, and its day has not come."""
    IN_FORCE = "in_force"
    """Of an amendment: it has changed its convention."""
    ABANDONED = "abandoned"
    """Of an amendment: a party gave it up, or its convention has ended."""


class ProjectState(StrEnum):
    """Where a project stands."""

    FRAMED = "framed"
    RUNNING = "running"
    PAUSED = "paused"


class IndicatorState(StrEnum):
    """Where an indicator stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"


class Act(StrEnum):
    """What the actor may do with a convention, project or indicator as it stands."""

    INVITE = "invite"
    PROPOSE = "propose"
    ACCEPT = "accept"
    COMMENT = "comment"
    SEAL = "seal"
    SIGN = "sign"
    SIGN_ON_PAPER = "sign_on_paper"
    REFUSE = "refuse"
    AMEND = "amend"
    ABANDON = "abandon"
    SUSPEND = "suspend"
    LIFT = "lift"
    TERMINATE = "terminate"
    RENEW = "renew"
    CLOSE = "close"
    PROPOSE_PROJECT = "propose_project"
    NAME_LEAD = "name_lead"
    START = "start"
    PLAN = "plan"
    PROPOSE_INDICATOR = "propose_indicator"
    ACCEPT_INDICATOR = "accept_indicator"
    MEASURE = "measure"


# ------------------------------------------------------------------ templates


class ListTemplates(Query[Templates]):
    """The models."""


class ListLibraryClauses(Query[ClauseLibrary]):
    """Clauses to add to any convention."""


# ---------------------------------------------------------------- conventions


class CommentView(Message):
    """A comment on a clause, or a message about the whole (`clause_id` None)."""

    comment_id: CommentId
    clause_id: ClauseId | None
    organization_id: OrganizationId
    person_id: PersonId
    text: str
    written_at: datetime


class ClauseView(Message):
    """A clause as it stands, and as the actor last read it."""

    clause_id: ClauseId
    number: int
    title: str
    text: str
    revision: int
    required: bool
    reason: str
    """Why its regime requires it; empty where it does not."""
    accepted_by: tuple[OrganizationId, ...]
    agreed: bool
    proposed_by: OrganizationId
    proposed_by_person: PersonId | None
    proposed_at: datetime
    agreed_at: datetime | None
    text_before: str | None
    """The text of the revision that the actor last read, when it has changed since; None when it has not."""
    revision_before: int | None
    is_new: bool = False
    """Whether it came since the actor last read the convention."""
    changed_by: tuple[OrganizationId, ...] = ()
    """The parties that wrote it since she last read it."""
    comments: int
    withdrawn: bool = False
    """Whether it is to go, by this amendment; `agreed`: all accept that."""
    may_withdraw: bool = False
    """Whether the actor may take it out: her organisation brought it, with the model or since, the regime does not require
    it, and not every party has accepted it. Or propose that it goes: it is in force, and this is an amendment.
    """


class GetAnnexHistory(Query[AnnexHistory]):
    """How an annex came to its file; also asked before a file of it is read."""

    convention_id: ConventionId
    annex_id: AnnexId


class RefusalView(Message):
    """The last refusal to sign, while the text is open again because of it."""

    organization_id: OrganizationId
    person_id: PersonId
    reason: str
    refused_at: datetime


class ConventionView(View):
    """A convention, whole, for one reader."""

    convention_id: ConventionId
    version: int
    title: str
    aim: str
    template: str
    regime: str
    state: ConventionState
    drafted_by: OrganizationId
    drafted_at: datetime
    negotiating_since: datetime | None
    starts_on: date
    ends_on: date
    sign_before: date | None
    sign_order: tuple[OrganizationId, ...] = ()
    """Who signs after whom, once it is sealed; empty when the order is free."""
    scan: ScanView | None = None
    """Of the pages signed on paper, while the text is sealed."""
    sealed_hash: str | None
    sealed_at: datetime | None
    activated_at: datetime | None
    amends: Amends | None = None
    """What it changes, where it is an amendment."""
    parties: tuple[PartyView, ...]
    terms: TermsView
    clauses: tuple[ClauseView, ...]
    annexes: tuple[AnnexView, ...] = ()
    withdrawn: tuple[WithdrawnClause, ...] = ()
    """Those that another side took out since the actor last read the convention."""
    comments: tuple[CommentView, ...]
    """Every comment, clause's or not, oldest first, at most the last 200, and as many as one reply carries."""
    last_refusal: RefusalView | None
    read_version: int | None
    """The version that the actor last read; None when she never opened it."""
    read_at: datetime | None
    may: tuple[Act, ...]


class GetConvention(Query[ConventionView]):
    """One convention that the actor's organisation is a party of, or in which she is asked to be a référent."""

    convention_id: ConventionId


class ClauseRevisionView(Message):
    """One text that a clause has had."""

    revision: int
    text: str
    organization_id: OrganizationId
    person_id: PersonId | None
    proposed_at: datetime


class ClauseHistory(View):
    """Every text of a clause, newest first, at most 100, and as many as one reply carries. Older ones: CompareClause."""

    revisions: tuple[ClauseRevisionView, ...]


class GetClauseHistory(Query[ClauseHistory]):
    """How a clause came to its text."""

    convention_id: ConventionId
    clause_id: ClauseId


class GetTermsHistory(Query[TermsHistory]):
    """How a convention came to its terms."""

    convention_id: ConventionId


class ConventionLine(Message):
    """A convention in a list."""

    convention_id: ConventionId
    title: str
    state: ConventionState
    parties: tuple[OrganizationId, ...]
    starts_on: date
    ends_on: date
    sign_before: date | None
    changed_at: datetime
    awaits_me: bool


class Conventions(View):
    """A page: those that await the actor first, then the last changed."""

    conventions: tuple[ConventionLine, ...]
    total: int
    """Of all pages."""
    awaiting: int
    """How many of them await the actor."""
    next_before: ConventionId | None
    """Where the next page begins; None after the last one."""


class ListConventions(Query[Conventions]):
    """The conventions of the actor's organisation that hold each of these words, whatever the accents."""

    words: str = Field(default="", max_length=200)
    party: OrganizationId | None = None
    """Only those with this organisation."""
    state: ConventionState | None = None
    before: ConventionId | None = None
    limit: Limit = 100


class SealProblem(Message):
    """What stands against sealing: a `reason` code and, where it is about one, the clause."""

    reason: str
    """clause_not_agreed, clause_incomplete, annex_empty, annex_not_agreed, terms_not_agreed, means_of_no_party,
    party_silent, referent_missing, signatory_missing, ends_before_start, ended, nothing_changed"""
    clause_id: ClauseId | None = None
    annex_id: AnnexId | None = None
    organization_id: OrganizationId | None = None


class SealCheck(View):
    """Whether the text can be sealed; all that is missing at once."""

    problems: tuple[SealProblem, ...]
    version: int


class CheckSealing(Query[SealCheck]):
    """Look before sealing."""

    convention_id: ConventionId


class CanonicalText(View):
    """The canonical form that the seal is the SHA-256 of, to check it by oneself."""

    text: str
    sealed_hash: str


class GetSealedText(Query[CanonicalText]):
    """The sealed text in its canonical form."""

    convention_id: ConventionId


# ------------------------------------------------------------------- projects


class MilestoneView(Message):
    """A dated step."""

    milestone_id: MilestoneId
    title: str
    due_on: date
    reached_on: date | None


class LeadView(Message):
    """Who leads for one side."""

    organization_id: OrganizationId
    side: Side
    person_id: PersonId | None


class MeasureView(Message):
    """A value; `corrected_by` when another stands in its place."""

    measure_id: MeasureId
    measured_on: date
    numerator: int
    denominator: int | None
    recorded_by: OrganizationId
    recorded_by_person: PersonId
    recorded_at: datetime
    corrects: MeasureId | None
    corrected_by: MeasureId | None
    reason: str


class IndicatorView(View):
    """An indicator with its definition and all its values, oldest first, at most the last 500."""

    indicator_id: IndicatorId
    version: int
    project_id: ProjectId
    project_title: str
    convention_id: ConventionId
    title: str
    numerator: str
    denominator: str | None
    source: str
    target: int | None
    state: IndicatorState
    proposed_by: OrganizationId
    accepted_by: tuple[OrganizationId, ...]
    measures: tuple[MeasureView, ...]
    may: tuple[Act, ...]


class GetIndicator(Query[IndicatorView]):
    """One indicator."""

    indicator_id: IndicatorId


class Indicators(View):
    """Indicators of the actor's projects."""

    indicators: tuple[IndicatorView, ...]


class ListIndicators(Query[Indicators]):
    """All indicators of the actor's organisation's projects."""

    limit: Limit = 100


class ProjectView(View):
    """A project, whole."""

    project_id: ProjectId
    version: int
    convention_id: ConventionId
    convention_title: str
    title: str
    aim: str
    state: ProjectState
    proposed_by: OrganizationId
    proposed_at: datetime
    started_at: datetime | None
    leads: tuple[LeadView, ...]
    milestones: tuple[MilestoneView, ...]
    indicators: tuple[IndicatorView, ...]
    may: tuple[Act, ...]


class GetProject(Query[ProjectView]):
    """One project of a convention that the actor's organisation is a party of."""

    project_id: ProjectId


class ProjectLine(Message):
    """A project in a list."""

    project_id: ProjectId
    convention_id: ConventionId
    convention_title: str
    title: str
    state: ProjectState
    parties: tuple[OrganizationId, ...]
    next_milestone: MilestoneView | None


class Projects(View):
    """Projects, the one with the nearest milestone first."""

    projects: tuple[ProjectLine, ...]


class ListProjects(Query[Projects]):
    """The projects of the actor's organisation, or of one convention."""

    convention_id: ConventionId | None = None
    limit: Limit = 100


# --------------------------------------------------------- home and timeline


class Awaited(InPartnership):
    """An act that awaits the actor (or, in `awaited_from_others`, the other side)."""

    kind: AwaitedKind
    convention_id: ConventionId
    project_id: ProjectId | None = None
    milestone_id: MilestoneId | None = None
    indicator_id: IndicatorId | None = None
    title: str
    """The title of the convention, project, milestone, indicator, task or obligation it is about."""
    other_party: OrganizationId
    count: int = 1
    due_on: date | None = None
    since: datetime


class Dated(InPartnership):
    """Something that comes."""

    kind: DatedKind
    on: date
    convention_id: ConventionId
    project_id: ProjectId | None = None
    title: str
    context: str
    """The convention's or project's title when `title` is another one's."""


class TimelineEntry(InPartnership):
    """Something that happened, the same for both sides."""

    event_id: EventId
    type: str
    """The event's subject."""
    occurred_at: datetime
    convention_id: ConventionId
    convention_title: str
    organization_id: OrganizationId | None
    person_id: PersonId | None
    clause_id: ClauseId | None = None
    clause_number: int | None = None
    project_id: ProjectId | None = None
    milestone_id: MilestoneId | None = None
    indicator_id: IndicatorId | None = None
    mandate_id: UUID | None = None
    on_paper: bool = False
    """The person attested a signature on paper; she signed nothing herself."""
    withdrawn: bool = False
    """She proposed that the article, or the annex, goes."""
    title: str = ""
    """The title of the clause, project, milestone, indicator, task or obligation concerned."""


class Home(View):
    """What awaits me, what comes next, what happened."""

    awaiting: tuple[Awaited, ...]
    awaited_from_others: tuple[Awaited, ...]
    dates: tuple[Dated, ...]
    news: tuple[TimelineEntry, ...]


class GetHome(Query[Home]):
    """The home page's three lists, each bounded: 20 acts, 10 dates, 40 news."""


class Timeline(View):
    """One page of a partnership's timeline, newest first, the same on both sides."""

    entries: tuple[TimelineEntry, ...]
    next_before: EventId | None
    """Pass it as `before` for what came earlier; None at the beginning of the partnership."""


class GetTimeline(Query[Timeline]):
    """What happened in a partnership; or in the private room of the actor's side, which no other timeline tells."""

    convention_id: ConventionId
    room: RoomKind = RoomKind.SHARED
    before: EventId | None = None
    limit: Limit = 50


# --------------------------------------------------------------------- titles


class Titles(View):
    """Titles by id; what the actor may not see is left out."""

    titles: dict[UUID, str]


class NameSubjects(Query[Titles]):
    """Titles of conventions, clauses, projects, milestones, indicators, tasks and obligations at once."""

    ids: tuple[UUID, ...] = Field(max_length=500)
