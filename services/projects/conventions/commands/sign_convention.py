"""Sign, for one party, the text that is sealed."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import SignConvention
from shared.kit import clock
from shared.kit.database import Transaction


async def sign_convention(command: SignConvention, actor: Actor, tx: Transaction) -> Done:
    """Sign for the actor's organisation; the last signature makes the convention active."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = convention.sign(
        command.sealed_hash, command.capacity, command.means, speaker, now, today=clock.today_in_paris()
    )
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
