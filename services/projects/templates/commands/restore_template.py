"""Take a template back."""

from services.projects.templates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import RestoreTemplate
from shared.kit.database import Transaction


async def restore_template(command: RestoreTemplate, actor: Actor, tx: Transaction) -> Done:
    """Take it back from the archive, as it was."""
    template, by = await storage.load_template(tx, command.template_id, on_behalf_of=actor)
    events = template.restore(by)
    if events:
        await storage.require_place(tx, template.organization_id)
    version = await storage.save_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
