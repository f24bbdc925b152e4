"""Accept one clause."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptClause, ClauseAtRevision
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_clause(command: AcceptClause, actor: Actor, tx: Transaction) -> Done:
    """Accept the clause as it was read."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    read = ClauseAtRevision(clause_id=command.clause_id, revision=command.revision)
    events = convention.accept([read], speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
