"""Accept several clauses at once."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptClauses
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_clauses(command: AcceptClauses, actor: Actor, tx: Transaction) -> Done:
    """Accept all the clauses as they were read, or none when one has moved."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = convention.accept(command.clauses, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
