"""Name another mediator, or write what was agreed on."""

from services.projects.mediation import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.mediation import ProposeInMediation
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_in_mediation(command: ProposeInMediation, actor: Actor, tx: Transaction) -> Done:
    """The other parties accept it, or propose something else."""
    mediation, by = await storage.load_mediation(
        tx, command.convention_id, command.mediation_id, on_behalf_of=actor
    )
    now = clock.now()
    events = mediation.propose(command, by, now)
    version = await storage.save_mediation(tx, mediation, events, by, now)
    await announce(tx, events, of=mediation)
    return Done(version=version)
