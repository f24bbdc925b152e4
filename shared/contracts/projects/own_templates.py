"""Templates that organisations make themselves: what can be asked of them, the answers, the facts and the refusals.

A template belongs to one organisation. Its text is changed as a whole, and each change is a revision that stays. Others
read the newest one only, and only while it is shared with them.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, TemplateId
from shared.contracts.messages import Command, Done, Event, Message, Query, View
from shared.contracts.projects.commands import PartyToConvene
from shared.contracts.projects.terms import Renewal
from shared.contracts.refusals import Refusal, RefusalKind
from shared.contracts.values import ClauseText, Day, Paragraph, Title, Version, one_line

Use = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(one_line)]


class Sharing(StrEnum):
    """Who reads a template beside the organisation that made it."""

    PRIVATE = "private"
    """Nobody."""
    NAMED = "named"
    """The organisations that it names."""
    EVERYONE = "everyone"
    """Every organisation."""


class TemplateArticle(Message):
    """An article to start from; `[à compléter]` marks a blank."""

    title: Title
    text: ClauseText


class UsualTerms(Message):
    """The terms with which a convention starts, but for its days."""

    renewal: Renewal = Renewal.NEVER
    renewal_months: Annotated[int, Field(ge=1, le=120)] | None = None
    notice_months: Annotated[int, Field(ge=0, le=24)] = 0
    meetings_per_year: Annotated[int, Field(ge=0, le=52)] = 0
    reviews_per_year: Annotated[int, Field(ge=0, le=12)] = 0


class TemplateText(Message):
    """A template, whole: what it is called, what it is for, and what a convention starts with."""

    title: Title
    use: Use = ""
    base: Annotated[str, Field(max_length=60)]
    """The model of the house whose regime it answers to: every article that this one requires is in it, under its title."""
    articles: tuple[TemplateArticle, ...] = Field(min_length=1, max_length=100)
    terms: UsualTerms = UsualTerms()


# --------------------------------------------------------------------- commands


class MakeTemplate(Command[Done]):
    """Make a template of the actor's organisation, from whatever its text came from."""

    template_id: TemplateId
    text: TemplateText
    convention_id: ConventionId | None = None
    """A convention that the actor reads, when the text came from there. Only her organisation is told so."""


class ChangeTemplate(Command[Done]):
    """Give a template another text. Refused when it has moved past `revision`: the refusal carries where it stands."""

    template_id: TemplateId
    revision: Version
    text: TemplateText


class ShareTemplate(Command[Done]):
    """Say who reads a template, as it was read at `revision`; whoever is no longer named reads it no more."""

    template_id: TemplateId
    revision: Version
    sharing: Sharing
    organization_ids: tuple[OrganizationId, ...] = Field(default=(), max_length=100)
    """With whom, where they are named."""


class ArchiveTemplate(Command[Done]):
    """Put a template aside: no convention starts from it, and nobody else reads it. Said again, nothing happens."""

    template_id: TemplateId


class RestoreTemplate(Command[Done]):
    """Take a template back from the archive, as it was, shared with those with whom it was. Said again, nothing happens."""

    template_id: TemplateId


class CopyTemplate(Command[Done]):
    """Make a template of the actor's organisation from one that she reads, as it stands at `revision`."""

    template_id: TemplateId
    source_id: TemplateId
    revision: Version


class DraftFromTemplate(Command[Done]):
    """Begin a convention between the actor's organisation and others, from a template as it stands at `revision`."""

    convention_id: ConventionId
    template_id: TemplateId
    revision: Version
    title: Title
    aim: Paragraph
    parties: tuple[PartyToConvene, ...] = Field(min_length=2, max_length=10)
    starts_on: Day
    ends_on: Day


# ---------------------------------------------------------------------- queries


class TemplateAct(StrEnum):
    """What the actor may do with a template as it stands."""

    CHANGE = "change"
    SHARE = "share"
    ARCHIVE = "archive"
    RESTORE = "restore"
    COPY = "copy"
    DRAFT = "draft"


class TemplateSource(Message):
    """What a template was copied from: this stays, whatever becomes of the other one."""

    template_id: TemplateId
    organization_id: OrganizationId
    revision: int
    newer: int | None
    """The revision at which the other one stands, when the actor reads it and it has changed since."""


class TemplateLine(Message):
    """A template in a list."""

    template_id: TemplateId
    organization_id: OrganizationId
    """Whose it is."""
    title: str
    use: str
    base: str
    regime: str
    """The article of law that it answers to."""
    articles: int
    required: int
    """How many of them the regime requires."""
    revision: int
    sharing: Sharing
    changed_at: datetime
    archived_at: datetime | None


class OrganizationTemplates(View):
    """Those of the actor's organisation, then those that others share with it; last changed first, at most 200 of each."""

    own: tuple[TemplateLine, ...]
    shared: tuple[TemplateLine, ...]


class ListOrganizationTemplates(Query[OrganizationTemplates]):
    """The templates that the actor's organisation can start from, or those that it has put aside."""

    archived: bool = False


class ArticleView(Message):
    """An article of a model or a template."""

    title: str
    text: str
    required: bool
    reason: str
    """Which text requires it."""


class TemplateDetail(View):
    """One template, whole."""

    template_id: TemplateId
    organization_id: OrganizationId
    title: str
    use: str
    base: str
    regime: str
    articles: tuple[ArticleView, ...]
    terms: UsualTerms
    revision: int
    """The one that is shown."""
    newest: int
    """The one that stands."""
    person_id: PersonId | None
    """Who wrote this revision; None for a reader of another organisation."""
    changed_at: datetime
    sharing: Sharing
    shared_with: tuple[OrganizationId, ...]
    """With whom, where they are named; empty for a reader of another organisation."""
    source: TemplateSource | None
    convention_id: ConventionId | None
    """The convention that its text came from; None for a reader of another organisation."""
    begun: int
    """How many conventions the actor's organisation has begun from it."""
    archived_at: datetime | None
    may: tuple[TemplateAct, ...]


class GetTemplate(Query[TemplateDetail]):
    """One template, as it stands or as it stood at a revision; other organisations read the newest one only."""

    template_id: TemplateId
    revision: Version | None = None


class TemplateRevisionView(Message):
    """A text that a template has had."""

    revision: int
    title: str
    articles: int
    person_id: PersonId
    changed_at: datetime


class TemplateRevisions(View):
    """Newest first, at most 200."""

    revisions: tuple[TemplateRevisionView, ...]


class ListTemplateRevisions(Query[TemplateRevisions]):
    """Every text that a template of the actor's organisation has had."""

    template_id: TemplateId


class ModelPreview(View):
    """A model of the house, whole."""

    template: str
    title: str
    regime: str
    articles: tuple[ArticleView, ...]
    terms: UsualTerms


class PreviewModel(Query[ModelPreview]):
    """Read a model before starting from it. Its preamble, which names the parties, is written with the convention."""

    template: Annotated[str, Field(max_length=60)]


# ----------------------------------------------------------------------- events


class TemplateMade(Event, subject="entente.projects.template.made.v1"):
    """An organisation made a template, perhaps from another one."""

    template_id: TemplateId
    organization_id: OrganizationId
    source_id: TemplateId | None = None
    source_revision: int | None = None


class TemplateChanged(Event, subject="entente.projects.template.changed.v1"):
    """A template has another text."""

    template_id: TemplateId
    organization_id: OrganizationId
    revision: int


class TemplateShared(Event, subject="entente.projects.template.shared.v1"):
    """An organisation said who reads its template from now on."""

    template_id: TemplateId
    organization_id: OrganizationId
    sharing: Sharing
    shared_with: tuple[OrganizationId, ...]
    added: tuple[OrganizationId, ...] = ()
    """Those of them that it did not name before: their people are told."""


class TemplateArchived(Event, subject="entente.projects.template.archived.v1"):
    """A template was put aside."""

    template_id: TemplateId
    organization_id: OrganizationId


class TemplateRestored(Event, subject="entente.projects.template.restored.v1"):
    """A template was taken back from the archive."""

    template_id: TemplateId
    organization_id: OrganizationId


# --------------------------------------------------------------------- refusals


class OrganizationTemplateNotFound(Refusal):
    """No such template, or none that the actor may see."""

    code = "organization_template_not_found"
    kind = RefusalKind.NOT_FOUND


class TemplateOfAnother(Refusal):
    """The actor reads the template, but another organisation made it."""

    code = "template_of_another"
    kind = RefusalKind.NOT_ALLOWED


class SharingReserved(Refusal):
    """Only whoever administers the organisation, or signs for it, gives its texts to others, and changes what they read."""

    code = "sharing_reserved"
    kind = RefusalKind.NOT_ALLOWED
    may_be_behind = True


class TemplateMoved(Refusal):
    """The template has another text than the one that was read; `revision` is where it stands."""

    code = "template_moved"


class TemplateUnchanged(Refusal):
    """The text is the one that stands."""

    code = "template_unchanged"
    kind = RefusalKind.INVALID


class TemplateInArchive(Refusal):
    """The template was put aside; it has to be taken back first."""

    code = "template_in_archive"


class TemplateTooLong(Refusal):
    """All articles together have more characters than `most`."""

    code = "template_too_long"
    kind = RefusalKind.INVALID


class RequiredArticlesMissing(Refusal):
    """The regime requires articles that the text does not have: `titles`."""

    code = "required_articles_missing"
    kind = RefusalKind.INVALID


class TooManyTemplates(Refusal):
    """The organisation has as many templates as it can: `most`."""

    code = "too_many_templates"


class SharedWithNobody(Refusal):
    """A template that is shared with named organisations names none but its own."""

    code = "shared_with_nobody"
    kind = RefusalKind.INVALID


class ReaderUnknown(Refusal):
    """The directory has no such organisation."""

    code = "reader_unknown"
    kind = RefusalKind.INVALID
    may_be_behind = True
