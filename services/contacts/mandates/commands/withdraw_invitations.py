"""A party is one no more: nobody is asked any longer to be its référent."""

from services.contacts.mandates import storage
from shared.backbone.outbox import announce
from shared.contracts.identifiers import ConventionId, OrganizationId
from shared.kit.clock import now
from shared.kit.database import Transaction


async def withdraw_invitations(
    tx: Transaction,
    convention_id: ConventionId,
    organization_id: OrganizationId,
    *,
    by: OrganizationId | None,
) -> None:
    """Take back what has had no answer. Done again, it changes nothing. `by`: which party took the invitation back."""
    for mandate in await storage.load_asked(tx, convention_id, organization_id):
        events = mandate.withdraw(by, now=now())
        await storage.save_mandate(tx, mandate, events)
        await announce(tx, events, of=mandate)
