"""A template of an organisation: its text in revisions, who else reads it, and whether it is put aside.

Any member writes what is private; giving a text to others speaks for the organisation. What is not loaded does not exist for the actor.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.projects.templates.domain.regime import Regime
from shared.contracts.identifiers import ConventionId, OrganizationId, PersonId, TemplateId
from shared.contracts.messages import Event
from shared.contracts.projects.own_templates import (
    SharedWithNobody,
    Sharing,
    SharingReserved,
    TemplateAct,
    TemplateArchived,
    TemplateChanged,
    TemplateInArchive,
    TemplateMade,
    TemplateMoved,
    TemplateOfAnother,
    TemplateRestored,
    TemplateShared,
    TemplateText,
    TemplateUnchanged,
)
from shared.contracts.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who acts, and whether she speaks for her organisation: administers it, or signs for it."""

    person_id: PersonId
    organization_id: OrganizationId
    speaks_for_it: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The template that another one was copied from, as it stood."""

    template_id: TemplateId
    organization_id: OrganizationId
    revision: int


@dataclass(slots=True)
class Template:
    """The aggregate, as it was loaded: `version` does not move while decisions are taken."""

    id: TemplateId
    version: int
    organization_id: OrganizationId
    revision: int
    text: TemplateText
    changed_by: PersonId
    changed_at: datetime
    sharing: Sharing = Sharing.PRIVATE
    shared_with: frozenset[OrganizationId] = frozenset()
    source: Source | None = None
    convention_id: ConventionId | None = None
    archived_at: datetime | None = None

    @property
    def partnership_id(self) -> None:
        """It belongs to one organisation, so to no partnership."""
        return

    def acts_of(self, by: Keeper) -> tuple[TemplateAct, ...]:
        """What she may do now."""
        return tuple(act for act, rule in _RULES.items() if rule(self, by) is None)

    def check(self, act: TemplateAct, by: Keeper) -> None:
        """Pass if she may do this now.

        Raises:
            TemplateOfAnother, SharingReserved, TemplateInArchive: she may not.
        """
        if refusal := _RULES[act](self, by):
            raise refusal

    def check_revision(self, revision: int) -> None:
        """Pass if the text stands as it was read.

        Raises:
            TemplateMoved: it has moved, with where it stands.
        """
        if self.revision != revision:
            raise TemplateMoved(revision=self.revision)

    def change(
        self, revision: int, text: TemplateText, regime: Regime, by: Keeper, now: datetime
    ) -> list[Event]:
        """Give it another text. Asking twice for the same change does it once.

        Raises:
            TemplateMoved: it was changed since it was read.
            TemplateUnchanged: this is the text that stands.
            RequiredArticlesMissing, TemplateTooLong, RenewalUnclear: the text does not hold.
        """
        self.check(TemplateAct.CHANGE, by)
        regime.check(text)
        same = self.text == text
        if same and self.revision == revision + 1 and self.changed_by == by.person_id:
            return []
        self.check_revision(revision)
        if same:
            raise TemplateUnchanged
        self.text = text
        self.revision += 1
        self.changed_by = by.person_id
        self.changed_at = now
        return [
            TemplateChanged(template_id=self.id, organization_id=self.organization_id, revision=self.revision)
        ]

    def share(
        self, revision: int, sharing: Sharing, named: Iterable[OrganizationId], by: Keeper
    ) -> list[Event]:
        """Say who else reads it. Asking for what is so already changes nothing.

        Raises:
            TemplateMoved: its text was changed since it was read.
            SharedWithNobody: it names nobody but its own organisation.
        """
        self.check(TemplateAct.SHARE, by)
        readers = frozenset(named) - {self.organization_id} if sharing is Sharing.NAMED else frozenset()
        if sharing is Sharing.NAMED and not readers:
            raise SharedWithNobody
        if (self.sharing, self.shared_with) == (sharing, readers):
            return []
        self.check_revision(revision)
        added = readers - self.shared_with
        self.sharing = sharing
        self.shared_with = readers
        return [
            TemplateShared(
                template_id=self.id,
                organization_id=self.organization_id,
                sharing=sharing,
                shared_with=tuple(sorted(readers)),
                added=tuple(sorted(added)),
            )
        ]

    def archive(self, by: Keeper, now: datetime) -> list[Event]:
        """Put it aside."""
        if self.archived_at is not None and by.organization_id == self.organization_id:
            return []
        self.check(TemplateAct.ARCHIVE, by)
        self.archived_at = now
        return [TemplateArchived(template_id=self.id, organization_id=self.organization_id)]

    def restore(self, by: Keeper) -> list[Event]:
        """Take it back, as it was."""
        if self.archived_at is None and by.organization_id == self.organization_id:
            return []
        self.check(TemplateAct.RESTORE, by)
        self.archived_at = None
        return [TemplateRestored(template_id=self.id, organization_id=self.organization_id)]


def make(
    template_id: TemplateId,
    text: TemplateText,
    regime: Regime,
    by: Keeper,
    now: datetime,
    *,
    convention_id: ConventionId | None = None,
    source: Source | None = None,
) -> tuple[Template, list[Event]]:
    """A new template, which its own organisation alone reads.

    Raises:
        RequiredArticlesMissing, TemplateTooLong, RenewalUnclear: the text does not hold.
    """
    regime.check(text)
    template = Template(
        id=template_id,
        version=0,
        organization_id=by.organization_id,
        revision=1,
        text=text,
        changed_by=by.person_id,
        changed_at=now,
        source=source,
        convention_id=convention_id,
    )
    made = TemplateMade(
        template_id=template_id,
        organization_id=by.organization_id,
        source_id=source and source.template_id,
        source_revision=source and source.revision,
    )
    return template, [made]


def copy(
    template_id: TemplateId, original: Template, revision: int, regime: Regime, by: Keeper, now: datetime
) -> tuple[Template, list[Event]]:
    """A template with the text of another one, which it remembers.

    Raises:
        TemplateMoved: the other one was changed since it was read.
        TemplateInArchive: the other one was put aside.
    """
    original.check(TemplateAct.COPY, by)
    original.check_revision(revision)
    source = Source(original.id, original.organization_id, revision)
    return make(template_id, original.text, regime, by, now, source=source)


def _of_own(template: Template, by: Keeper) -> Refusal | None:
    return None if by.organization_id == template.organization_id else TemplateOfAnother()


def _in_use(template: Template, _by: Keeper) -> Refusal | None:
    return TemplateInArchive() if template.archived_at else None


def _put_aside(template: Template, by: Keeper) -> Refusal | None:
    return _of_own(template, by) or _in_use(template, by)


def _share(template: Template, by: Keeper) -> Refusal | None:
    reserved = None if by.speaks_for_it else SharingReserved()
    return _of_own(template, by) or reserved or _in_use(template, by)


def _change(template: Template, by: Keeper) -> Refusal | None:
    """Others read what stands: a change of what is shared gives them that text."""
    gives = template.sharing is not Sharing.PRIVATE and not by.speaks_for_it
    return _put_aside(template, by) or (SharingReserved() if gives else None)


def _restore(template: Template, by: Keeper) -> Refusal | None:
    return _of_own(template, by) or (None if template.archived_at else TemplateUnchanged())


_RULES: Mapping[TemplateAct, Callable[[Template, Keeper], Refusal | None]] = {
    TemplateAct.DRAFT: _in_use,
    TemplateAct.CHANGE: _change,
    TemplateAct.SHARE: _share,
    TemplateAct.COPY: _in_use,
    TemplateAct.ARCHIVE: _put_aside,
    TemplateAct.RESTORE: _restore,
}
