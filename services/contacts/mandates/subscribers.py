"""How mandates react to projects: whoever is asked to answer for a party that is one no more is asked no more.

Gathered after partnerships', so that the party is gone here when these run.
"""

from services.contacts.mandates.commands.withdraw_invitations import withdraw_invitations
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import PartyTakenBack
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(PartyTakenBack)
async def on_party_taken_back(event: PartyTakenBack, _about: Envelope, tx: Transaction) -> None:
    await withdraw_invitations(tx, event.convention_id, event.taken_back, by=event.organization_id)


@subscribers.on(PartyLeft)
async def on_party_left(event: PartyLeft, _about: Envelope, tx: Transaction) -> None:
    await withdraw_invitations(tx, event.convention_id, event.organization_id, by=None)
