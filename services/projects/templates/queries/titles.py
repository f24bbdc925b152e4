"""The titles of templates, for lists and for messages: those that their reader may read."""

from collections.abc import Iterable
from uuid import UUID

from services.projects.authority.public import Member, require_member
from services.projects.templates import storage
from shared.contracts.actor import Actor
from shared.contracts.projects.naming import DescribeTemplateForNotice, TemplateSubject
from shared.contracts.projects.refusals import NotAMemberOfOrganization
from shared.kit.database import Transaction

_TITLES = f"""
SELECT template.template_id, current.title
FROM templates AS template JOIN template_revisions AS current USING (template_id, revision)
WHERE template.template_id = ANY($2::uuid[]) AND {storage.READABLE}
"""

# Not even the service reads templates: whoever is written to does.
_READ_AS = """
SELECT set_config('entente.role', 'person', true), set_config('entente.person', $1::uuid::text, true),
       set_config('entente.organization', $2::uuid::text, true)
"""


async def titles_of(tx: Transaction, ids: Iterable[UUID], member: Member) -> dict[UUID, str]:
    """The titles of those that the member reads, by id."""
    rows = await tx.fetch(_TITLES, member.organization_id, list(ids))
    return {row["template_id"]: row["title"] for row in rows}


async def describe_template_for_notice(query: DescribeTemplateForNotice, tx: Transaction) -> TemplateSubject:
    """The title, as the person reads it now; None when she does not."""
    await tx.execute(_READ_AS, query.person_id, query.organization_id)
    try:
        member = await require_member(tx, Actor(query.person_id, query.organization_id))
    except NotAMemberOfOrganization:
        return TemplateSubject(title=None)
    titles = await titles_of(tx, [query.template_id], member)
    return TemplateSubject(title=titles.get(query.template_id))
