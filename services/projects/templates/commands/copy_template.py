"""Copy a template."""

from services.projects.authority.public import require_member
from services.projects.templates import storage
from services.projects.templates.domain import copy
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import CopyTemplate, OrganizationTemplateNotFound
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def copy_template(command: CopyTemplate, actor: Actor, tx: Transaction) -> Done:
    """Make a template of the actor's organisation from one that she reads; asking again makes no second one."""
    member = await require_member(tx, actor)
    await storage.queue_for(tx, command.template_id)
    if known := await storage.find_template(tx, command.template_id, member):
        came_from = known.source and (known.source.template_id, known.source.revision)
        if came_from != (command.source_id, command.revision):
            raise IdentifierTaken
        return Done(version=known.version)
    original = await storage.find_template(tx, command.source_id, member)
    if original is None:
        raise OrganizationTemplateNotFound
    template, events = copy(
        command.template_id,
        original,
        command.revision,
        storage.regime_of(original.text),
        storage.keeper_of(member),
        clock.now(),
    )
    version = await storage.add_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
