"""What contacts announces that a partnership's timeline tells. Translation only."""

from typing import get_args

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

AboutMandate = (
    MandateProposed
    | MandateAccepted
    | MandateDeclined
    | MandateEnded
    | MandateWithdrawn
    | SideLeftVacant
    | DelegationGranted
    | DelegationEnded
    | HandoverCompleted
)

subscribers = Subscribers()


async def on_event(event: AboutMandate, about: Envelope, tx: Transaction) -> None:
    """One reaction for all of them: the timeline keeps that it happened, and to which mandate."""
    storage.witness(tx, about, event.convention_id, event.mandate_id)


for told in get_args(AboutMandate):
    subscribers.on(told)(on_event)
