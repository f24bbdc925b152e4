"""Lift a suspension."""

from services.projects.life import storage
from services.projects.work.public import follow_convention
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.life import LiftSuspension
from shared.contracts.projects.queries import ConventionState
from shared.kit import clock
from shared.kit.database import Transaction


async def lift_suspension(command: LiftSuspension, actor: Actor, tx: Transaction) -> Done:
    """Lift the suspension of the actor's organisation: once none stands, the projects go on."""
    life, speaker = await storage.load_life(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = life.lift(command.suspension_id, speaker)
    version = await storage.save_life(tx, life, events, speaker, now)
    await announce(tx, events, of=life)
    if life.state is ConventionState.ACTIVE:
        await follow_convention(tx, life.id, in_force=True)
    return Done(version=version)
