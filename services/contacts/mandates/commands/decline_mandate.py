"""The person who was asked will not be the référent."""

from services.contacts.mandates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import DeclineMandate
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def decline_mandate(command: DeclineMandate, actor: Actor, tx: Transaction) -> Done:
    """Refuse, with or without a reason."""
    mandate = await storage.load_own_mandate(tx, command.mandate_id, on_behalf_of=actor)
    events = mandate.decline(command.reason, now=now())
    await storage.save_mandate(tx, mandate, events)
    await announce(tx, events, of=mandate)
    return Done(version=mandate.version + len(events))
