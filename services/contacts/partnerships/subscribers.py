"""What contacts learns from projects: who the parties of a convention are, from when each reads it, and who observes."""

from services.contacts.partnerships import storage
from shared.backbone.subscribers import Subscribers
from shared.contracts.envelope import Envelope
from shared.contracts.projects.events import ConventionDrafted, ConventionShared
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import ObserverAdmitted, ObserverLeft, PartyJoined, PartyTakenBack
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(ConventionDrafted)
async def on_convention_drafted(event: ConventionDrafted, about: Envelope, tx: Transaction) -> None:
    storage.insert_parties(tx, event, about.actor_person)


@subscribers.on(ConventionShared)
async def on_convention_shared(event: ConventionShared, about: Envelope, tx: Transaction) -> None:
    storage.open_to_party(tx, event.convention_id, event.organization_id)


@subscribers.on(PartyJoined)
async def on_party_joined(event: PartyJoined, about: Envelope, tx: Transaction) -> None:
    storage.add_party(tx, event)


@subscribers.on(ObserverAdmitted)
async def on_observer_admitted(event: ObserverAdmitted, about: Envelope, tx: Transaction) -> None:
    storage.add_observer(tx, event)


@subscribers.on(ObserverLeft)
async def on_observer_left(event: ObserverLeft, about: Envelope, tx: Transaction) -> None:
    storage.remove_observer(tx, event)


@subscribers.on(PartyLeft)
async def on_party_left(event: PartyLeft, about: Envelope, tx: Transaction) -> None:
    storage.remove_party(tx, event.convention_id, event.organization_id)


@subscribers.on(PartyTakenBack)
async def on_party_taken_back(event: PartyTakenBack, about: Envelope, tx: Transaction) -> None:
    storage.remove_party(tx, event.convention_id, event.taken_back)
