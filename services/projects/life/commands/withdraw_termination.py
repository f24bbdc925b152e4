"""Take back the notice that a convention ends."""

from services.projects.life import storage
from services.projects.life.domain.taking_back import take_back_notice
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.taking_back import WithdrawTermination
from shared.kit import clock
from shared.kit.database import Transaction


async def withdraw_termination(command: WithdrawTermination, actor: Actor, tx: Transaction) -> Done:
    """Take back the notice of the actor's organisation; what it said stays as evidence."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = take_back_notice(life, command.termination_id, speaker, today=clock.today_in_paris())
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    return Done(version=version)
