"""Announce an annex."""

from services.projects.conventions import storage
from services.projects.conventions.domain import negotiating_annexes
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import AnnounceAnnex
from shared.kit import clock
from shared.kit.database import Transaction


async def announce_annex(command: AnnounceAnnex, actor: Actor, tx: Transaction) -> Done:
    """Announce an annex; on a sealed convention this voids every signature."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = negotiating_annexes.announce_annex(convention, command.annex_id, command.title, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
