"""Share a template."""

from services.projects.authority.public import registered_sides
from services.projects.templates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import ReaderUnknown, ShareTemplate
from shared.kit.database import Transaction


async def share_template(command: ShareTemplate, actor: Actor, tx: Transaction) -> Done:
    """Say which organisations read it."""
    template, by = await storage.load_template(tx, command.template_id, on_behalf_of=actor)
    events = template.share(command.revision, command.sharing, command.organization_ids, by)
    new = template.shared_with - (await registered_sides(tx, template.shared_with)).keys()
    if events and new:
        raise ReaderUnknown(organization_id=min(new))
    version = await storage.save_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
