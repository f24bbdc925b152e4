"""Facts that contacts announces. The docstrings are the entries of the catalogue."""

from datetime import date
from enum import StrEnum

from shared.contracts.identifiers import ConventionId, DelegationId, MandateId, OrganizationId, PersonId
from shared.contracts.messages import Event
from shared.contracts.values import Side


class MandateEnd(StrEnum):
    """Why a mandate ended."""

    LEFT = "left"
    """The person no longer belongs to the organisation."""
    RESIGNED = "resigned"
    """She gave it up; another référent of the same side stays."""
    HANDED_OVER = "handed_over"
    """Her successor accepted."""


class OrganizationRegistered(Event, subject="entente.contacts.organization.registered.v1"):
    """An establishment, an association or a third party entered the directory."""

    organization_id: OrganizationId
    side: Side


class PersonAdded(Event, subject="entente.contacts.person.added.v1"):
    """Somebody became known: invited, or enrolled by her organisation."""

    person_id: PersonId


class AffiliationStarted(Event, subject="entente.contacts.person.affiliation_started.v1"):
    """From now on the person may speak as the organisation."""

    person_id: PersonId
    organization_id: OrganizationId
    administrator: bool
    signatory: bool


class AffiliationEnded(Event, subject="entente.contacts.person.affiliation_ended.v1"):
    """The person no longer speaks as the organisation, nor signs for it."""

    person_id: PersonId
    organization_id: OrganizationId


class AdministrationGranted(Event, subject="entente.contacts.person.administration_granted.v1"):
    """The person administers the organisation from now on, beside whoever did."""

    person_id: PersonId
    organization_id: OrganizationId


class SigningAuthorityGranted(Event, subject="entente.contacts.person.signing_authority_granted.v1"):
    """The person may sign for the organisation: its legal representative, or somebody to whom he delegated."""

    person_id: PersonId
    organization_id: OrganizationId


class SigningAuthorityRevoked(Event, subject="entente.contacts.person.signing_authority_revoked.v1"):
    """The person may no longer sign for the organisation."""

    person_id: PersonId
    organization_id: OrganizationId


class MandateProposed(Event, subject="entente.contacts.mandate.proposed.v1"):
    """A person was asked to be the référent of an organisation's side of a convention."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    proposed_by: OrganizationId
    entrusted: bool = False
    """By somebody else of that organisation who administers it, signs for it, or was entrusted herself."""


class MandateAccepted(Event, subject="entente.contacts.mandate.accepted.v1"):
    """The person is now a référent of that side."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId


class MandateDeclined(Event, subject="entente.contacts.mandate.declined.v1"):
    """The person will not be the référent of that side."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId


class MandateWithdrawn(Event, subject="entente.contacts.mandate.withdrawn.v1"):
    """The person is no longer asked: she left the organisation before she answered, or it was taken back."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    withdrawn_by: OrganizationId | None = None
    """Which party took it back; None where nobody did: she, or her organisation, was there no more."""


class MandateEnded(Event, subject="entente.contacts.mandate.ended.v1"):
    """The person is no longer a référent of that side, for the reason given."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    reason: MandateEnd


class SideLeftVacant(Event, subject="entente.contacts.mandate.side_left_vacant.v1"):
    """With this mandate a side lost its last référent. Until a new one accepts, whoever may sign for it stands in."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId


class DelegationGranted(Event, subject="entente.contacts.mandate.delegation_granted.v1"):
    """From the first day to the last, both included (Europe/Paris), the deputy acts with the référent's rights."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    delegation_id: DelegationId
    deputy_id: PersonId
    starts_on: date
    ends_on: date


class DelegationEnded(Event, subject="entente.contacts.mandate.delegation_ended.v1"):
    """The deputy acts for the référent no more, before the last day that was said."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    delegation_id: DelegationId
    deputy_id: PersonId


class HandoverCompleted(Event, subject="entente.contacts.mandate.handover_completed.v1"):
    """The référent has handed over: her mandate ended when her successor accepted."""

    mandate_id: MandateId
    convention_id: ConventionId
    organization_id: OrganizationId
    person_id: PersonId
    successor_mandate_id: MandateId
    successor_id: PersonId
