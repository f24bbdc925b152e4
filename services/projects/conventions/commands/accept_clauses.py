"""Accept several clauses at once."""

from services.projects.conventions import storage
from services.projects.conventions.domain.negotiating_terms import accept_all
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptClauses
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_clauses(command: AcceptClauses, actor: Actor, tx: Transaction) -> Done:
    """Accept all the clauses, and the terms if asked, as they were read; or nothing when one has moved."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = accept_all(convention, command.clauses, command.terms_revision, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
