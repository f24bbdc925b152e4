"""Propose another text for a clause."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ProposeClause
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_clause(command: ProposeClause, actor: Actor, tx: Transaction) -> Done:
    """Propose a text; on a sealed convention this voids every signature."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = convention.propose(command.clause_id, command.revision, command.text, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
