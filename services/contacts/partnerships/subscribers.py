"""What contacts learns from projects: who the parties of a convention are, and from when each of them reads it."""

from services.contacts.partnerships import storage
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.projects.events import ConventionDrafted, ConventionShared
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(ConventionDrafted)
async def on_convention_drafted(event: ConventionDrafted, about: Envelope, tx: Transaction) -> None:
    storage.insert_parties(tx, event, about.actor_person)


@subscribers.on(ConventionShared)
async def on_convention_shared(event: ConventionShared, about: Envelope, tx: Transaction) -> None:
    storage.open_to_party(tx, event.convention_id, event.organization_id)
