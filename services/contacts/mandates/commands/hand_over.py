"""When a successor accepts, whoever she takes over from is done: in the same transaction, so that no side is without."""

from services.contacts.mandates import storage
from services.contacts.mandates.domain.mandate import Mandate
from services.contacts.people.public import administers, beyond_the_actor
from shared.backbone.outbox import announce
from shared.contracts.actor import Actor
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId
from shared.kit.clock import now
from shared.kit.database import Transaction


async def hand_over(tx: Transaction, successor: Mandate) -> None:
    """End the mandate that an accepted one takes over from; nothing happens when it takes over from none."""
    async with beyond_the_actor(tx):
        former = await storage.load_predecessor(tx, successor)
        if former is None:
            return
        events = former.hand_over(successor, now=now())
        if events:
            await storage.save_mandate(tx, former, events)
            await announce(tx, events, of=former)


async def require_handing_over(
    tx: Transaction,
    actor: Actor,
    mandate_id: MandateId | None,
    *,
    convention_id: ConventionId,
    of: OrganizationId,
) -> None:
    """Refuse a hand-over of a mandate that is not the actor's, nor of her organisation where she administers it.

    Raises:
        MandateNotFound: it is none of hers, or of another side.
        MandateNotInForce: it has ended, or was never accepted.
    """
    if mandate_id is None:
        return
    administrator = actor.organization_id is not None and await administers(tx, actor.organization_id)
    async with beyond_the_actor(tx):
        former = await storage.load_mandate_to_arrange(
            tx, mandate_id, on_behalf_of=actor, administrator=administrator
        )
    former.require_handed_over_within(convention_id, of)
