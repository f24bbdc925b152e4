"""Give an annex its file."""

from services.projects.conventions import storage
from services.projects.conventions.domain import negotiating_annexes
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import GiveAnnexFile
from shared.kit import clock
from shared.kit.database import Transaction


async def give_annex_file(command: GiveAnnexFile, actor: Actor, tx: Transaction) -> Done:
    """Give a file, or another one; on a sealed convention this voids every signature."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = negotiating_annexes.give_file(
        convention, command.annex_id, command.revision, command.file, speaker, now
    )
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
