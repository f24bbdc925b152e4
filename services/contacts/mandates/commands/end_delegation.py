"""A deputy acts for the référent no more: she is back early, or somebody else does it."""

from services.contacts.mandates import storage
from services.contacts.mandates.storage_of_delegations import save_delegations
from services.contacts.people.public import administers, beyond_the_actor, require_member
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import EndDelegation
from shared.contracts.messages import Done
from shared.kit.clock import now
from shared.kit.database import Transaction


async def end_delegation(command: EndDelegation, actor: Actor, tx: Transaction) -> Done:
    """By the référent, the deputy, or an administrator."""
    organization_id = await require_member(tx, actor)
    administrator = await administers(tx, organization_id)
    async with beyond_the_actor(tx):
        mandate = await storage.load_mandate_to_arrange(
            tx, command.mandate_id, on_behalf_of=actor, administrator=administrator, or_deputy=True
        )
        events = mandate.end_delegation(command.delegation_id)
        await save_delegations(tx, mandate, events, now())
    await announce(tx, events, of=mandate)
    return Done(version=mandate.version + len(events))
