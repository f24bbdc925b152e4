"""What contacts tells about people's authority."""

from services.projects.authority import storage
from shared.backbone.subscribers import Subscribers
from shared.contracts.contacts.events import (
    AdministrationGranted,
    AffiliationEnded,
    AffiliationStarted,
    DelegationEnded,
    DelegationGranted,
    MandateAccepted,
    MandateDeclined,
    MandateEnded,
    MandateProposed,
    MandateWithdrawn,
    OrganizationRegistered,
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.envelope import Envelope
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(OrganizationRegistered)
async def on_organization_registered(
    event: OrganizationRegistered, _about: Envelope, tx: Transaction
) -> None:
    storage.register_organization(tx, event)


@subscribers.on(AffiliationStarted)
async def on_affiliation_started(event: AffiliationStarted, about: Envelope, tx: Transaction) -> None:
    storage.start_affiliation(tx, event, about.occurred_at)


@subscribers.on(AffiliationEnded)
async def on_affiliation_ended(event: AffiliationEnded, _about: Envelope, tx: Transaction) -> None:
    storage.end_affiliation(tx, event)


@subscribers.on(AdministrationGranted)
async def on_administration_granted(event: AdministrationGranted, _about: Envelope, tx: Transaction) -> None:
    storage.set_administrator(tx, event)


@subscribers.on(SigningAuthorityGranted)
async def on_signing_authority_granted(
    event: SigningAuthorityGranted, about: Envelope, tx: Transaction
) -> None:
    storage.set_signing_authority(tx, event, about.occurred_at)


@subscribers.on(SigningAuthorityRevoked)
async def on_signing_authority_revoked(
    event: SigningAuthorityRevoked, about: Envelope, tx: Transaction
) -> None:
    storage.set_signing_authority(tx, event, about.occurred_at)


@subscribers.on(MandateProposed)
async def on_mandate_proposed(event: MandateProposed, _about: Envelope, tx: Transaction) -> None:
    storage.set_mandate(tx, event, "proposed")


@subscribers.on(MandateAccepted)
async def on_mandate_accepted(event: MandateAccepted, _about: Envelope, tx: Transaction) -> None:
    storage.set_mandate(tx, event, "accepted")


@subscribers.on(MandateDeclined)
async def on_mandate_declined(event: MandateDeclined, _about: Envelope, tx: Transaction) -> None:
    storage.set_mandate(tx, event, "declined")


@subscribers.on(MandateEnded)
async def on_mandate_ended(event: MandateEnded, _about: Envelope, tx: Transaction) -> None:
    storage.set_mandate(tx, event, "ended")


@subscribers.on(MandateWithdrawn)
async def on_mandate_withdrawn(event: MandateWithdrawn, _about: Envelope, tx: Transaction) -> None:
    storage.set_mandate(tx, event, "withdrawn")


@subscribers.on(DelegationGranted)
async def on_delegation_granted(event: DelegationGranted, _about: Envelope, tx: Transaction) -> None:
    storage.add_delegation(tx, event)


@subscribers.on(DelegationEnded)
async def on_delegation_ended(event: DelegationEnded, _about: Envelope, tx: Transaction) -> None:
    storage.end_delegation(tx, event)
