"""Put a template aside."""

from services.projects.templates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import ArchiveTemplate
from shared.kit import clock
from shared.kit.database import Transaction


async def archive_template(command: ArchiveTemplate, actor: Actor, tx: Transaction) -> Done:
    """Put it aside: it is kept, and can be taken back."""
    template, by = await storage.load_template(tx, command.template_id, on_behalf_of=actor)
    events = template.archive(by, clock.now())
    version = await storage.save_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
