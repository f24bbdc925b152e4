"""Give an amendment up."""

from services.projects.conventions import storage
from services.projects.conventions.domain import amending
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.messages import Done
from shared.contracts.projects.amendments import AbandonAmendment
from shared.kit import clock
from shared.kit.database import Transaction


async def abandon_amendment(command: AbandonAmendment, actor: Actor, tx: Transaction) -> Done:
    """For both sides: the text in force stays as it is."""
    amendment, speaker = await storage.load_convention(tx, command.convention_id, on_behalf_of=actor)
    now = clock.now()
    events = amending.abandon(amendment, command.reason, speaker, now)
    version = await storage.save_convention(tx, amendment, events, now)
    await announce(tx, events, of=amendment)
    return Done(version=version)
