"""A référent gives her mandate up, while another one of her side stays."""

from services.contacts.mandates import storage
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import EndMandate
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def end_mandate(command: EndMandate, actor: Actor, tx: Transaction) -> Done:
    """End one's own mandate; the last référent of a side hands over instead."""
    mandate = await storage.load_own_mandate(tx, command.mandate_id, on_behalf_of=actor)
    events = mandate.resign(is_last=await storage.is_last_of_side(tx, mandate), now=now())
    await storage.save_mandate(tx, mandate, events)
    await announce(tx, events, of=mandate)
    return Done(version=mandate.version + len(events))
