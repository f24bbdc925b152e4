"""Keep the scan of the signed pages."""

from services.projects.conventions import storage
from services.projects.conventions.domain.paper import give_scan
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.paper import GivePaperScan
from shared.kit import clock
from shared.kit.database import Transaction


async def give_paper_scan(command: GivePaperScan, actor: Actor, tx: Transaction) -> Done:
    """It waits for the référent of each party."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = give_scan(convention, command.sealed_hash, command.file, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
