"""Say when the parties meet the mediator."""

from services.projects.mediation import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import PlanMediation
from shared.kit import clock
from shared.kit.database import Transaction


async def plan_mediation(command: PlanMediation, actor: Actor, tx: Transaction) -> Done:
    """Note the day, for all."""
    mediation, by = await storage.load_mediation(
        tx, command.convention_id, command.mediation_id, on_behalf_of=actor
    )
    now = clock.now()
    events = mediation.plan(command, by)
    version = await storage.save_mediation(tx, mediation, events, by, now)
    await announce(tx, events, of=mediation)
    return Done(version=version)
