"""Accept the mediator or the agreement."""

from services.projects.mediation import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import AcceptInMediation
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_in_mediation(command: AcceptInMediation, actor: Actor, tx: Transaction) -> Done:
    """Accept for the actor's party; the last yes to an agreement ends the mediation with it."""
    mediation, by = await storage.load_mediation(
        tx, command.convention_id, command.mediation_id, on_behalf_of=actor
    )
    now = clock.now()
    events = mediation.accept(command, by, now)
    version = await storage.save_mediation(tx, mediation, events, by, now)
    await announce(tx, events, of=mediation)
    return Done(version=version)
