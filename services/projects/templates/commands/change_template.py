"""Change a template."""

from services.projects.templates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import ChangeTemplate
from shared.kit import clock
from shared.kit.database import Transaction


async def change_template(command: ChangeTemplate, actor: Actor, tx: Transaction) -> Done:
    """Give it another text; the texts that it had stay."""
    template, by = await storage.load_template(tx, command.template_id, on_behalf_of=actor)
    regime = storage.regime_of(command.text)
    events = template.change(command.revision, command.text, regime, by, clock.now())
    version = await storage.save_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
