"""One template as its reader sees it."""

from services.projects.authority.public import require_member
from services.projects.conventions.public import MODELS
from services.projects.templates import storage
from services.projects.templates.domain import Source
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.own_templates import (
    ArticleView,
    GetTemplate,
    OrganizationTemplateNotFound,
    TemplateDetail,
    TemplateSource,
    TemplateText,
)
from shared.kit.database import Transaction

# Another organisation reads the revision that stands, and no other.
_REVISION = f"""
SELECT revision.title, revision.use, revision.base, revision.articles, revision.terms, revision.person_id,
       revision.written_at
FROM template_revisions AS revision JOIN templates AS template USING (template_id)
WHERE revision.template_id = $2 AND revision.revision = $3 AND {storage.READABLE}
  AND (template.organization_id = $1 OR template.revision = revision.revision)
"""

_BEGUN = "SELECT count(*) FROM template_uses WHERE template_id = $1 AND organization_id = $2"

_STANDS_AT = f"""
SELECT template.revision FROM templates AS template WHERE template.template_id = $2 AND {storage.READABLE}
"""


async def get_template(query: GetTemplate, actor: Actor, tx: Transaction) -> TemplateDetail:
    """A template at a revision, or as it stands.

    Raises:
        OrganizationTemplateNotFound: it does not exist, had no such revision, or not for the actor.
    """
    member = await require_member(tx, actor)
    template = await storage.find_template(tx, query.template_id, member)
    if template is None:
        raise OrganizationTemplateNotFound
    wanted = template.revision if query.revision is None else query.revision
    row = await tx.fetchrow(_REVISION, member.organization_id, query.template_id, wanted)
    if row is None:
        raise OrganizationTemplateNotFound
    mine = template.organization_id == member.organization_id
    text = storage.text_of(row)
    return TemplateDetail(
        template_id=template.id,
        organization_id=template.organization_id,
        title=text.title,
        use=text.use,
        base=text.base,
        regime=MODELS[text.base].regime,
        articles=_articles(text),
        terms=text.terms,
        revision=wanted,
        newest=template.revision,
        person_id=row["person_id"] if mine else None,
        changed_at=row["written_at"],
        sharing=template.sharing,
        shared_with=tuple(sorted(template.shared_with)) if mine else (),
        source=await _source(tx, template.source, member.organization_id) if template.source else None,
        convention_id=template.convention_id,
        begun=await tx.fetchval(_BEGUN, template.id, member.organization_id),
        archived_at=template.archived_at,
        may=template.acts_of(storage.keeper_of(member)),
    )


def _articles(text: TemplateText) -> tuple[ArticleView, ...]:
    reasons = {it.title: it.reason for it in MODELS[text.base].articles if it.required}
    return tuple(
        ArticleView(
            title=it.title, text=it.text, required=it.title in reasons, reason=reasons.get(it.title, "")
        )
        for it in text.articles
    )


async def _source(tx: Transaction, source: Source, reader: OrganizationId) -> TemplateSource:
    stands_at = await tx.fetchval(_STANDS_AT, reader, source.template_id)
    return TemplateSource(
        template_id=source.template_id,
        organization_id=source.organization_id,
        revision=source.revision,
        newer=stands_at if stands_at and stands_at > source.revision else None,
    )
