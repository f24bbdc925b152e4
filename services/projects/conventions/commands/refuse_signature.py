"""Refuse to sign the text that is sealed."""

from services.projects.conventions import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.commands import RefuseSignature
from shared.kit import clock
from shared.kit.database import Transaction


async def refuse_signature(command: RefuseSignature, actor: Actor, tx: Transaction) -> Done:
    """Refuse with a reason: the text is open again, and no signature counts."""
    convention, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = convention.refuse(command.sealed_hash, command.reason, speaker, now)
    version = await storage.save_convention(tx, convention, events, now)
    await announce(tx, events, of=convention)
    return Done(version=version)
