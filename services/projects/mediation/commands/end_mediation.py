"""Decline a mediation, or leave it."""

from services.projects.mediation import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import EndMediation
from shared.kit import clock
from shared.kit.database import Transaction


async def end_mediation(command: EndMediation, actor: Actor, tx: Transaction) -> Done:
    """End it for all, without an agreement: nobody stays in one against her will."""
    mediation, by = await storage.load_mediation(
        tx, command.convention_id, command.mediation_id, on_behalf_of=actor
    )
    now = clock.now()
    events = mediation.end(command, by, now)
    version = await storage.save_mediation(tx, mediation, events, by, now)
    await announce(tx, events, of=mediation)
    return Done(version=version)
