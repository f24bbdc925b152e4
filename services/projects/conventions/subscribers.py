"""How conventions react to mandates: a side finds its référent, and the other side gets to read and to negotiate.

Gathered after authority's, so that the mandate is known here when these run.
"""

from services.projects.conventions.commands.follow_mandate import follow_mandate
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import MandateAccepted, MandateProposed
from shared.contracts.envelope import Envelope
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(MandateProposed)
async def on_mandate_proposed(event: MandateProposed, _about: Envelope, tx: Transaction) -> None:
    await follow_mandate(event, tx)


@subscribers.on(MandateAccepted)
async def on_mandate_accepted(event: MandateAccepted, _about: Envelope, tx: Transaction) -> None:
    await follow_mandate(event, tx)
