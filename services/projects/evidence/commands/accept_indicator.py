"""Accept the definition of an indicator for the actor's side."""

from services.projects.evidence import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptIndicator
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_indicator(command: AcceptIndicator, actor: Actor, tx: Transaction) -> Done:
    """Accept; once every side has, measures may be recorded."""
    indicator, by = await storage.load_indicator(tx, command.indicator_id, on_behalf_of=actor)
    now = clock.now()
    events = indicator.accept(command.version, by)
    await storage.accept_indicator(tx, indicator, by, now)
    await storage.save_indicator(tx, indicator, events, now)
    await announce(tx, events, of=indicator)
    return Done(version=indicator.version + len(events))
