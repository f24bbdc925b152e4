"""The templates that an organisation can start from, and the texts that one of its own has had."""

from typing import Any

from services.projects.authority.public import require_member
from services.projects.conventions.public import MODELS
from services.projects.templates import storage
from shared.contracts.actor import Actor
from shared.contracts.projects.own_templates import (
    ListOrganizationTemplates,
    ListTemplateRevisions,
    OrganizationTemplateNotFound,
    OrganizationTemplates,
    TemplateLine,
    TemplateRevisions,
    TemplateRevisionView,
)
from shared.kit.database import Transaction

_LINE = """
SELECT template.template_id, template.organization_id, current.title, current.use, current.base,
       ARRAY(SELECT article ->> 'title' FROM jsonb_array_elements(current.articles) AS article) AS titles,
       template.revision, template.sharing, template.changed_at, template.archived_at
FROM templates AS template JOIN template_revisions AS current USING (template_id, revision)
"""

_OWN = f"""{_LINE}
WHERE template.organization_id = $1 AND (template.archived_at IS NOT NULL) = $2
ORDER BY template.changed_at DESC, template.template_id LIMIT 200
"""

_SHARED = f"""{_LINE}
WHERE template.organization_id <> $1 AND {storage.READABLE}
ORDER BY template.changed_at DESC, template.template_id LIMIT 200
"""

_REVISIONS = """
SELECT revision.revision, revision.title, jsonb_array_length(revision.articles) AS articles, revision.person_id,
       revision.written_at AS changed_at
FROM template_revisions AS revision JOIN templates AS template USING (template_id)
WHERE revision.template_id = $1 AND template.organization_id = $2
ORDER BY revision.revision DESC LIMIT 200
"""


async def list_organization_templates(
    query: ListOrganizationTemplates, actor: Actor, tx: Transaction
) -> OrganizationTemplates:
    """The organisation's own, and those of others; of the archive, its own only."""
    member = await require_member(tx, actor)
    own = await tx.fetch(_OWN, member.organization_id, query.archived)
    shared = [] if query.archived else await tx.fetch(_SHARED, member.organization_id)
    return OrganizationTemplates(own=tuple(map(_line, own)), shared=tuple(map(_line, shared)))


async def list_template_revisions(
    query: ListTemplateRevisions, actor: Actor, tx: Transaction
) -> TemplateRevisions:
    """Every text that a template has had, for the organisation that made it.

    Raises:
        OrganizationTemplateNotFound: it is not the actor's organisation's, or does not exist.
    """
    member = await require_member(tx, actor)
    rows = await tx.fetch(_REVISIONS, query.template_id, member.organization_id)
    if not rows:
        raise OrganizationTemplateNotFound
    return TemplateRevisions(revisions=tuple(TemplateRevisionView(**row) for row in rows))


def _line(row: Any) -> TemplateLine:
    model = MODELS[row["base"]]
    required = {it.title for it in model.articles if it.required}
    titles: list[str] = row["titles"]
    return TemplateLine(
        template_id=row["template_id"],
        organization_id=row["organization_id"],
        title=row["title"],
        use=row["use"],
        base=model.name,
        regime=model.regime,
        articles=len(titles),
        required=sum(it in required for it in titles),
        revision=row["revision"],
        sharing=row["sharing"],
        changed_at=row["changed_at"],
        archived_at=row["archived_at"],
    )
