"""Sign, for one party, the text that is sealed."""

from services.projects.conventions import storage
from services.projects.conventions.entering import save_signed
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import SignConvention
from shared.kit import clock
from shared.kit.database import Transaction


async def sign_convention(command: SignConvention, actor: Actor, tx: Transaction) -> Done:
    """Sign for the actor's organisation; the last signature makes it hold."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now, today = clock.now(), clock.today_in_paris()
    events = convention.sign(command.sealed_hash, command.capacity, command.means, speaker, now, today=today)
    return Done(version=await save_signed(tx, convention, events, now, today))
