"""Templates between the database and the domain. The only place that writes their tables."""

from collections.abc import Sequence
from typing import Any

from services.projects.authority.public import Member, require_member
from services.projects.conventions.public import MODELS
from services.projects.templates.domain import Keeper, Regime, Source, Template
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, OrganizationId, TemplateId
from shared.contracts.messages import Event
from shared.contracts.projects.own_templates import (
    OrganizationTemplateNotFound,
    Sharing,
    TemplateChanged,
    TemplateText,
    TooManyTemplates,
)
from shared.contracts.projects.refusals import IdentifierTaken, TemplateNotFound
from shared.contracts.refusals import Defect
from shared.kit.database import Transaction

MOST_TEMPLATES = 200

READABLE = """
(template.organization_id = $1 OR (
    template.archived_at IS NULL AND (template.sharing = 'everyone' OR $1 = ANY (template.shared_with))
))
"""

# The lock comes first, alone: what is read beside it in one statement would be as old as the wait for it.
_LOCK = "SELECT template_id FROM templates WHERE template_id = $1 AND organization_id = $2 FOR UPDATE"

_FIND = f"""
SELECT template.*, current.title, current.use, current.base, current.articles, current.terms, current.person_id,
       current.written_at,
       (SELECT origin.convention_id FROM template_origins AS origin
        WHERE origin.template_id = template.template_id AND origin.organization_id = $1) AS convention_id
FROM templates AS template JOIN template_revisions AS current USING (template_id, revision)
WHERE template.template_id = $2 AND {READABLE}
"""

# One aggregate has one history: an id that any other aggregate of this service bears is taken too.
_ID_TAKEN = "SELECT EXISTS (SELECT FROM event_head WHERE aggregate_id = $1)"

# Two orders with one id follow one another, so that the second finds what the first did.
_QUEUE = "SELECT pg_advisory_xact_lock(hashtextextended('template ' || $1::uuid::text, 0))"

_COUNT = "SELECT count(*) FROM templates WHERE organization_id = $1 AND archived_at IS NULL"

_ADD = """
INSERT INTO templates (template_id, version, organization_id, revision, source_id, source_organization_id,
                       source_revision, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_ADD_ORIGIN = """
INSERT INTO template_origins (template_id, organization_id, convention_id) VALUES ($1, $2, $3)
"""

_ADD_REVISION = """
INSERT INTO template_revisions (template_id, revision, title, use, base, articles, terms, organization_id, person_id,
                                written_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

_SAVE = """
UPDATE templates SET version = $3, revision = $4, sharing = $5, shared_with = $6, changed_at = $7, archived_at = $8
WHERE template_id = $1 AND version = $2
"""

_NOTE_USE = """
INSERT INTO template_uses (convention_id, template_id, revision, organization_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (convention_id) DO NOTHING
"""

_USED = "SELECT template_id, revision FROM template_uses WHERE convention_id = $1 AND organization_id = $2"


def keeper_of(member: Member) -> Keeper:
    """A member as the rules of templates see her."""
    return Keeper(
        person_id=member.person_id,
        organization_id=member.organization_id,
        speaks_for_it=member.administrator or member.signatory,
    )


def regime_of(text: TemplateText) -> Regime:
    """What the regime that a text answers to asks for.

    Raises:
        TemplateNotFound: there is no such model.
    """
    model = MODELS.get(text.base)
    if model is None:
        raise TemplateNotFound
    return Regime(model.name, tuple(it.title for it in model.articles if it.required))


async def find_template(tx: Transaction, template_id: TemplateId, member: Member) -> Template | None:
    """A template as it stands; None when it does not exist or the member may not see it."""
    row = await tx.fetchrow(_FIND, member.organization_id, template_id)
    return _template(row) if row else None


async def load_template(
    tx: Transaction, template_id: TemplateId, *, on_behalf_of: Actor
) -> tuple[Template, Keeper]:
    """A template to decide on, and the one who decides. It is locked where it is her organisation's.

    Raises:
        NotAMemberOfOrganization: the actor speaks as an organisation that is not hers.
        OrganizationTemplateNotFound: it does not exist, or not for the actor.
    """
    member = await require_member(tx, on_behalf_of)
    await tx.fetchval(_LOCK, template_id, member.organization_id)
    template = await find_template(tx, template_id, member)
    if template is None:
        raise OrganizationTemplateNotFound
    return template, keeper_of(member)


async def queue_for(tx: Transaction, template_id: TemplateId) -> None:
    """Wait for whoever is making a template under the same id."""
    await tx.execute(_QUEUE, template_id)


async def require_place(tx: Transaction, organization_id: OrganizationId) -> None:
    """Pass if the organisation has room for one more.

    Raises:
        TooManyTemplates: it has not.
    """
    if await tx.fetchval(_COUNT, organization_id) >= MOST_TEMPLATES:
        raise TooManyTemplates(most=MOST_TEMPLATES)


async def add_template(tx: Transaction, template: Template, events: Sequence[Event]) -> int:
    """Store a new template; returns its version.

    Raises:
        IdentifierTaken: something has this id, visible to the actor or not.
        TooManyTemplates: the organisation is full.
    """
    if await tx.fetchval(_ID_TAKEN, template.id):
        raise IdentifierTaken
    await require_place(tx, template.organization_id)
    source = template.source
    await tx.execute(
        _ADD,
        template.id,
        len(events),
        template.organization_id,
        template.revision,
        source and source.template_id,
        source and source.organization_id,
        source and source.revision,
        template.changed_at,
    )
    if template.convention_id:
        await tx.execute(_ADD_ORIGIN, template.id, template.organization_id, template.convention_id)
    await _add_revision(tx, template)
    return len(events)


async def save_template(tx: Transaction, template: Template, events: Sequence[Event]) -> int:
    """Store what the events say has changed; returns the version that the template has now."""
    version = template.version + len(events)
    if not events:
        return version
    if any(isinstance(it, TemplateChanged) for it in events):
        await _add_revision(tx, template)
    saved = await tx.execute(
        _SAVE,
        template.id,
        template.version,
        version,
        template.revision,
        template.sharing,
        sorted(template.shared_with),
        template.changed_at,
        template.archived_at,
    )
    if saved != "UPDATE 1":
        raise Defect(f"the template {template.id} was locked, yet it changed")
    return version


async def note_use(tx: Transaction, convention_id: ConventionId, template: Template, by: Keeper) -> None:
    """Remember which template, as it stands, a convention of the actor's organisation was begun from.

    Raises:
        IdentifierTaken: it was begun from another text.
    """
    await tx.execute(_NOTE_USE, convention_id, template.id, template.revision, by.organization_id)
    used = await tx.fetchrow(_USED, convention_id, by.organization_id)
    if used is None or (used["template_id"], used["revision"]) != (template.id, template.revision):
        raise IdentifierTaken


async def _add_revision(tx: Transaction, template: Template) -> None:
    text = template.text
    await tx.execute(
        _ADD_REVISION,
        template.id,
        template.revision,
        text.title,
        text.use,
        text.base,
        [it.model_dump(mode="json") for it in text.articles],
        text.terms.model_dump(mode="json"),
        template.organization_id,
        template.changed_by,
        template.changed_at,
    )


def text_of(row: Any) -> TemplateText:
    """From the row of a revision."""
    return TemplateText(
        title=row["title"], use=row["use"], base=row["base"], articles=row["articles"], terms=row["terms"]
    )


def _template(row: Any) -> Template:
    return Template(
        id=TemplateId(row["template_id"]),
        version=row["version"],
        organization_id=row["organization_id"],
        revision=row["revision"],
        text=text_of(row),
        changed_by=row["person_id"],
        changed_at=row["written_at"],
        sharing=Sharing(row["sharing"]),
        shared_with=frozenset(OrganizationId(it) for it in row["shared_with"]),
        source=Source(
            TemplateId(row["source_id"]),
            OrganizationId(row["source_organization_id"]),
            row["source_revision"],
        )
        if row["source_id"]
        else None,
        convention_id=row["convention_id"],
        archived_at=row["archived_at"],
    )
