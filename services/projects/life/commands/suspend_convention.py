"""Suspend a convention."""

from services.projects.life import storage
from services.projects.work.public import follow_convention
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.life import SuspendConvention
from shared.kit import clock
from shared.kit.database import Transaction


async def suspend_convention(command: SuspendConvention, actor: Actor, tx: Transaction) -> Done:
    """Suspend for the actor's organisation: the projects pause."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = life.suspend(command, speaker, now=now, today=clock.today_in_paris())
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    if events:
        await follow_convention(tx, life.id, in_force=False)
    return Done(version=version)
