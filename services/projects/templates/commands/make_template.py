"""Make a template."""

from services.projects.authority.public import require_member
from services.projects.conventions.public import get_brief
from services.projects.templates import storage
from services.projects.templates.domain import make
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.own_templates import MakeTemplate
from shared.contracts.projects.refusals import IdentifierTaken
from shared.kit import clock
from shared.kit.database import Transaction


async def make_template(command: MakeTemplate, actor: Actor, tx: Transaction) -> Done:
    """Make it for the actor's organisation; asking again with the same words changes nothing."""
    member = await require_member(tx, actor)
    regime = storage.regime_of(command.text)
    await storage.queue_for(tx, command.template_id)
    if known := await storage.find_template(tx, command.template_id, member):
        # Once it has another text, the one with which it began is no longer at hand.
        began_so = known.revision > 1 or known.text == command.text
        if known.organization_id != member.organization_id or not began_so:
            raise IdentifierTaken
        return Done(version=known.version)
    if command.convention_id:
        await get_brief(tx, command.convention_id, actor)
    template, events = make(
        command.template_id,
        command.text,
        regime,
        storage.keeper_of(member),
        clock.now(),
        convention_id=command.convention_id,
    )
    version = await storage.add_template(tx, template, events)
    await announce(tx, events, of=template)
    return Done(version=version)
