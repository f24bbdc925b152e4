"""A référent will be absent: a colleague acts for her, from one day to another."""

from services.contacts.mandates import storage
from services.contacts.mandates.commands.require_one_side_only import require_one_side_only
from services.contacts.mandates.domain.delegation import Delegation
from services.contacts.mandates.storage_of_delegations import save_delegations
from services.contacts.partnerships.public import load_partnership
from services.contacts.people.public import administers, beyond_the_actor, is_member, require_member
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import GrantDelegation
from shared.contracts.contacts.refusals import DeputyIsReferent, NotAMember
from shared.contracts.messages import Done
from shared.kit.clock import now, today_in_paris
from shared.kit.database import Transaction


async def grant_delegation(command: GrantDelegation, actor: Actor, tx: Transaction) -> Done:
    """By the référent, or by an administrator when she cannot any more."""
    organization_id = await require_member(tx, actor)
    administrator = await administers(tx, organization_id)
    delegation = Delegation(command.delegation_id, command.deputy_id, command.starts_on, command.ends_on)
    async with beyond_the_actor(tx):
        mandate = await storage.load_mandate_to_arrange(
            tx, command.mandate_id, on_behalf_of=actor, administrator=administrator
        )
        if not await is_member(tx, command.deputy_id, mandate.organization_id):
            raise NotAMember
        if await storage.is_referent(tx, mandate, command.deputy_id):
            raise DeputyIsReferent
        partnership = await load_partnership(tx, mandate.convention_id)
        await require_one_side_only(tx, partnership, command.deputy_id, of=mandate.organization_id)
        events = mandate.delegate(delegation, today=today_in_paris())
        await save_delegations(tx, mandate, events, now())
    await announce(tx, events, of=mandate)
    return Done(version=mandate.version + len(events))
