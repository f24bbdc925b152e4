"""Say whether a convention goes on after its term."""

from services.projects.life import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.life import DecideRenewal
from shared.kit import clock
from shared.kit.database import Transaction


async def decide_renewal(command: DecideRenewal, actor: Actor, tx: Transaction) -> Done:
    """Agree or object for the actor's organisation; the last yes to an express renewal renews it."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = life.decide_renewal(command, speaker, now=now, today=clock.today_in_paris())
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    return Done(version=version)
