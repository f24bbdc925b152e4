"""Accept one annex."""

from services.projects.conventions import storage
from services.projects.conventions.domain import negotiating_annexes
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AcceptAnnex
from shared.kit import clock
from shared.kit.database import Transaction


async def accept_annex(command: AcceptAnnex, actor: Actor, tx: Transaction) -> Done:
    """Accept the annex as it was read."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = negotiating_annexes.accept_annex(convention, command.annex_id, command.revision, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
