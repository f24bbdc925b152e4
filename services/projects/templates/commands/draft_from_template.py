"""Begin a convention from a template."""

from services.projects.authority.public import require_member
from services.projects.conventions.public import MODELS, Model, ModelClause, begin_convention
from services.projects.templates import storage
from services.projects.templates.domain import Template
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import DraftConvention
from shared.contracts.projects.own_templates import (
    DraftFromTemplate,
    OrganizationTemplateNotFound,
    TemplateAct,
)
from shared.kit.database import Transaction


async def draft_from_template(command: DraftFromTemplate, actor: Actor, tx: Transaction) -> Done:
    """Draft it with the template's articles and terms, and remember which one it was; asked again, nothing happens."""
    member = await require_member(tx, actor)
    template = await storage.find_template(tx, command.template_id, member)
    if template is None:
        raise OrganizationTemplateNotFound
    by = storage.keeper_of(member)
    template.check(TemplateAct.DRAFT, by)
    template.check_revision(command.revision)
    wanted = DraftConvention(
        template=template.text.base, **command.model_dump(exclude={"template_id", "revision"})
    )
    done = await begin_convention(wanted, _model(template), member, tx)
    await storage.note_use(tx, command.convention_id, template, by)
    return done


def _model(template: Template) -> Model:
    """The template as a model: the preamble is its regime's, and so are the reasons of what that requires."""
    text = template.text
    regime = MODELS[text.base]
    reasons = {it.title: it.reason for it in regime.articles if it.required}
    terms = text.terms
    return Model(
        name=regime.name,
        title=text.title,
        regime=regime.regime,
        preamble=regime.preamble,
        articles=tuple(
            ModelClause(it.title, it.text, required=it.title in reasons, reason=reasons.get(it.title, ""))
            for it in text.articles
        ),
        renewal=terms.renewal,
        renewal_months=terms.renewal_months,
        notice_months=terms.notice_months,
        meetings_per_year=terms.meetings_per_year,
        reviews_per_year=terms.reviews_per_year,
    )
