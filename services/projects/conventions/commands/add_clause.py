"""Add an article."""

from services.projects.conventions import storage
from services.projects.conventions.domain import changing_articles
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AddClause
from shared.kit import clock
from shared.kit.database import Transaction


async def add_clause(command: AddClause, actor: Actor, tx: Transaction) -> Done:
    """Add an article at the end; on a sealed convention this voids every signature."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = changing_articles.add_clause(
        convention, command.clause_id, command.title, command.text, speaker, now
    )
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
