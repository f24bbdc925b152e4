"""What a message to a person may name."""

from datetime import date
from typing import ClassVar

from shared.contracts.identifiers import (
    ClauseId,
    ConventionId,
    IndicatorId,
    MilestoneId,
    OrganizationId,
    PersonId,
    ProjectId,
    TemplateId,
)
from shared.contracts.messages import Audience, Query, View


class NoticeSubject(View):
    """What a message needs to name what it is about. No text, no comment: an e-mail is not confidential."""

    readable: bool
    """Whether this person may read the convention now; if not, she is not written to."""
    convention_title: str
    project_title: str | None = None
    milestone_title: str | None = None
    indicator_title: str | None = None
    clause_number: int | None = None
    sign_before: date | None = None
    amends: ConventionId | None = None
    """Under which convention people take part in it, where it is an amendment."""


class DescribeForNotice(Query[NoticeSubject]):
    """The titles that a message to `person_id`, speaking as `organization_id`, may carry."""

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId
    organization_id: OrganizationId
    convention_id: ConventionId
    clause_id: ClauseId | None = None
    project_id: ProjectId | None = None
    milestone_id: MilestoneId | None = None
    indicator_id: IndicatorId | None = None


class TemplateSubject(View):
    """What a message about a template may name."""

    title: str | None
    """None when this person reads it no more, or never did: then she is not written to."""


class DescribeTemplateForNotice(Query[TemplateSubject]):
    """The title that a message about a template to `person_id`, speaking as `organization_id`, may carry."""

    audience: ClassVar[Audience] = Audience.SERVICES
    person_id: PersonId
    organization_id: OrganizationId
    template_id: TemplateId
