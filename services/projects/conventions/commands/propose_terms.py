"""Propose other terms."""

from services.projects.conventions import storage
from services.projects.conventions.domain import negotiating_terms
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import ProposeTerms
from shared.kit import clock
from shared.kit.database import Transaction


async def propose_terms(command: ProposeTerms, actor: Actor, tx: Transaction) -> Done:
    """Propose terms; on a sealed convention this voids every signature."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = negotiating_terms.propose_terms(convention, command.revision, command.terms, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
