"""What contacts announces that a partnership's timeline tells. Translation only."""

from services.projects.overview import storage
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import (
    DelegationEnded,
    DelegationGranted,
    HandoverCompleted,
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    SideLeftVacant,
)
from shared.contracts.envelope import Envelope
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(MandateProposed)
async def on_mandate_proposed(event: MandateProposed, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(MandateAccepted)
async def on_mandate_accepted(event: MandateAccepted, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(MandateDeclined)
async def on_mandate_declined(event: MandateDeclined, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(MandateEnded)
async def on_mandate_ended(event: MandateEnded, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(MandateWithdrawn)
async def on_mandate_withdrawn(event: MandateWithdrawn, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(SideLeftVacant)
async def on_side_left_vacant(event: SideLeftVacant, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(DelegationGranted)
async def on_delegation_granted(event: DelegationGranted, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(DelegationEnded)
async def on_delegation_ended(event: DelegationEnded, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)


@subscribers.on(HandoverCompleted)
async def on_handover_completed(event: HandoverCompleted, about: Envelope, tx: Transaction) -> None:
    storage.witness(tx, about, event.convention_id, event.mandate_id)
