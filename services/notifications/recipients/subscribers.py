"""Facts that the projection of recipients is made of. They are applied before anybody is told of the same event."""

from services.notifications.recipients import storage
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
    SigningAuthorityGranted,
    SigningAuthorityRevoked,
)
from shared.contracts.envelope import Envelope
from shared.contracts.projects.events import (
    AmendmentProposed,
    ConventionDrafted,
    ConventionSigned,
    NegotiationOpened,
    ProjectLeadNamed,
    SignaturesVoided,
)
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import PartyJoined, PartyTakenBack
from shared.kit.database import Transaction

subscribers = Subscribers()


@subscribers.on(AffiliationStarted)
async def on_affiliation_started(event: AffiliationStarted, about: Envelope, tx: Transaction) -> None:
    storage.affiliate(
        tx,
        event.person_id,
        event.organization_id,
        signatory=event.signatory,
        administrator=event.administrator,
    )


@subscribers.on(AffiliationEnded)
async def on_affiliation_ended(event: AffiliationEnded, about: Envelope, tx: Transaction) -> None:
    storage.end_affiliation(tx, event.person_id, event.organization_id)


@subscribers.on(AdministrationGranted)
async def on_administration_granted(event: AdministrationGranted, about: Envelope, tx: Transaction) -> None:
    storage.set_administrator(tx, event.person_id, event.organization_id)


@subscribers.on(SigningAuthorityGranted)
async def on_signing_authority_granted(
    event: SigningAuthorityGranted, about: Envelope, tx: Transaction
) -> None:
    storage.set_signing_authority(tx, event.person_id, event.organization_id, signatory=True)


@subscribers.on(SigningAuthorityRevoked)
async def on_signing_authority_revoked(
    event: SigningAuthorityRevoked, about: Envelope, tx: Transaction
) -> None:
    storage.set_signing_authority(tx, event.person_id, event.organization_id, signatory=False)


@subscribers.on(MandateProposed)
async def on_mandate_proposed(event: MandateProposed, about: Envelope, tx: Transaction) -> None:
    storage.add_mandate(tx, event)


@subscribers.on(MandateAccepted)
async def on_mandate_accepted(event: MandateAccepted, about: Envelope, tx: Transaction) -> None:
    storage.answer_mandate(tx, event.mandate_id, "accepted")


@subscribers.on(MandateDeclined)
async def on_mandate_declined(event: MandateDeclined, about: Envelope, tx: Transaction) -> None:
    storage.answer_mandate(tx, event.mandate_id, "declined")


@subscribers.on(MandateEnded)
async def on_mandate_ended(event: MandateEnded, about: Envelope, tx: Transaction) -> None:
    storage.answer_mandate(tx, event.mandate_id, "ended")


@subscribers.on(MandateWithdrawn)
async def on_mandate_withdrawn(event: MandateWithdrawn, about: Envelope, tx: Transaction) -> None:
    storage.answer_mandate(tx, event.mandate_id, "withdrawn")


@subscribers.on(DelegationGranted)
async def on_delegation_granted(event: DelegationGranted, about: Envelope, tx: Transaction) -> None:
    storage.add_delegation(tx, event)


@subscribers.on(DelegationEnded)
async def on_delegation_ended(event: DelegationEnded, about: Envelope, tx: Transaction) -> None:
    storage.end_delegation(tx, event)


@subscribers.on(ConventionDrafted)
async def on_convention_drafted(event: ConventionDrafted, about: Envelope, tx: Transaction) -> None:
    storage.add_convention(tx, event.convention_id, [party.organization_id for party in event.parties])


@subscribers.on(PartyJoined)
async def on_party_joined(event: PartyJoined, about: Envelope, tx: Transaction) -> None:
    storage.add_party(tx, event.convention_id, event.joined)


@subscribers.on(PartyLeft)
async def on_party_left(event: PartyLeft, about: Envelope, tx: Transaction) -> None:
    storage.remove_party(tx, event.convention_id, event.organization_id)


@subscribers.on(PartyTakenBack)
async def on_party_taken_back(event: PartyTakenBack, about: Envelope, tx: Transaction) -> None:
    storage.remove_party(tx, event.convention_id, event.taken_back)


@subscribers.on(AmendmentProposed)
async def on_amendment_proposed(event: AmendmentProposed, about: Envelope, tx: Transaction) -> None:
    parties = [party.organization_id for party in event.parties]
    storage.add_amendment(tx, event.convention_id, event.amends, parties)


@subscribers.on(NegotiationOpened)
async def on_negotiation_opened(event: NegotiationOpened, about: Envelope, tx: Transaction) -> None:
    storage.open_negotiation(tx, event.convention_id)


@subscribers.on(ConventionSigned)
async def on_convention_signed(event: ConventionSigned, about: Envelope, tx: Transaction) -> None:
    storage.add_signature(tx, event.convention_id, event.organization_id)


@subscribers.on(SignaturesVoided)
async def on_signatures_voided(event: SignaturesVoided, about: Envelope, tx: Transaction) -> None:
    storage.void_signatures(tx, event.convention_id)


@subscribers.on(ProjectLeadNamed)
async def on_project_lead_named(event: ProjectLeadNamed, about: Envelope, tx: Transaction) -> None:
    storage.set_lead(tx, event.project_id, event.organization_id, event.person_id)
