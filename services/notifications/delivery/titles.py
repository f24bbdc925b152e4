"""The titles that a letter may carry, as its reader may read them at this moment."""

from dataclasses import dataclass
from datetime import date

from services.notifications.notices.public import Letter, Subject
from shared.contracts.identifiers import ConventionId, TemplateId
from shared.contracts.projects.naming import DescribeForNotice, DescribeTemplateForNotice
from shared.contracts.refusals import Refusal, RefusalKind
from shared.kit.asking import Asker


@dataclass(frozen=True, slots=True)
class Titles:
    """What a letter is about, by name; an empty convention where it is about none."""

    within: ConventionId | None = None
    """The convention in which people take part: that of an amendment."""
    convention: str = ""
    project: str | None = None
    milestone: str | None = None
    indicator: str | None = None
    template: str | None = None
    clause_number: int | None = None
    sign_before: date | None = None


async def ask_titles(asker: Asker, letter: Letter, about: Subject) -> Titles | None:
    """None when the reader may not read what the letter is about."""
    try:
        if about.template_id is not None:
            return await _of_template(asker, letter, about.template_id)
        if about.convention_id is not None:
            return await _in_convention(asker, letter, about, about.convention_id)
    except Refusal as refusal:
        if refusal.kind is not RefusalKind.NOT_FOUND:
            raise
    return None


async def _of_template(asker: Asker, letter: Letter, template_id: TemplateId) -> Titles | None:
    found = await asker.ask(
        DescribeTemplateForNotice(
            person_id=letter.recipient, organization_id=letter.as_organization, template_id=template_id
        )
    )
    return Titles(template=found.title) if found.title is not None else None


async def _in_convention(
    asker: Asker, letter: Letter, about: Subject, convention_id: ConventionId
) -> Titles | None:
    found = await asker.ask(
        DescribeForNotice(
            person_id=letter.recipient,
            organization_id=letter.as_organization,
            convention_id=convention_id,
            clause_id=about.clause_id,
            project_id=about.project_id,
            milestone_id=about.milestone_id,
            indicator_id=about.indicator_id,
        )
    )
    if not found.readable:
        return None
    return Titles(
        within=found.amends or convention_id,
        convention=found.convention_title,
        project=found.project_title,
        milestone=found.milestone_title,
        indicator=found.indicator_title,
        clause_number=found.clause_number,
        sign_before=found.sign_before,
    )
