"""Give notice that a party leaves alone."""

from services.projects.life import storage
from services.projects.life.domain.leaving import leave
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.leaving import LeaveConvention
from shared.kit import clock
from shared.kit.database import Transaction


async def leave_convention(command: LeaveConvention, actor: Actor, tx: Transaction) -> Done:
    """Give notice for the actor's organisation: it stays a party until the day on which it takes effect."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = leave(life, command, speaker, now=now, today=clock.today_in_paris())
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    return Done(version=version)
