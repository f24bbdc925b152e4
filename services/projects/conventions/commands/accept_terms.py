"""Accept the terms."""

from services.projects.conventions import storage
from services.projects.conventions.domain import negotiating_terms
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptTerms
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_terms(command: AcceptTerms, actor: Actor, tx: Transaction) -> Done:
    """Accept the terms as they were read."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = negotiating_terms.accept_terms(convention, command.revision, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
