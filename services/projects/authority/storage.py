"""The projection of who may act: rows follow contacts' events, in their order. Ids only."""

from datetime import datetime

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
from shared.kit.database import Transaction

_REGISTER_ORGANIZATION = (
    "INSERT INTO organizations (organization_id, side) VALUES ($1, $2) ON CONFLICT DO NOTHING"
)

_START_AFFILIATION = """
INSERT INTO affiliations (person_id, organization_id, administrator, signatory, signatory_since)
VALUES ($1, $2, $3, $4, CASE WHEN $4 THEN $5::timestamptz END)
ON CONFLICT (person_id, organization_id)
DO UPDATE SET administrator = excluded.administrator, signatory = excluded.signatory,
              signatory_since = excluded.signatory_since
"""

_END_AFFILIATION = "DELETE FROM affiliations WHERE person_id = $1 AND organization_id = $2"

_SET_SIGNATORY = """
UPDATE affiliations SET signatory = $3, signatory_since = CASE WHEN $3 THEN $4::timestamptz END
WHERE person_id = $1 AND organization_id = $2
"""

_SET_ADMINISTRATOR = (
    "UPDATE affiliations SET administrator = true WHERE person_id = $1 AND organization_id = $2"
)

_ADD_DELEGATION = """
INSERT INTO delegations (delegation_id, mandate_id, deputy_id, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
"""

_SET_MANDATE = """
INSERT INTO mandates (mandate_id, convention_id, organization_id, person_id, state, entrusted)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (mandate_id) DO UPDATE SET state = excluded.state
"""


def register_organization(tx: Transaction, event: OrganizationRegistered) -> None:
    """The directory has an organisation, and says on which side it stands."""
    tx.later(_REGISTER_ORGANIZATION, event.organization_id, event.side)


def start_affiliation(tx: Transaction, event: AffiliationStarted, at: datetime) -> None:
    """The person may speak as the organisation."""
    tx.later(
        _START_AFFILIATION,
        event.person_id,
        event.organization_id,
        event.administrator,
        event.signatory,
        at,
    )


def end_affiliation(tx: Transaction, event: AffiliationEnded) -> None:
    """The person no longer speaks as the organisation, so her mandates there count no more either."""
    tx.later(_END_AFFILIATION, event.person_id, event.organization_id)


def set_signing_authority(
    tx: Transaction, event: SigningAuthorityGranted | SigningAuthorityRevoked, at: datetime
) -> None:
    """The person may sign for the organisation, or no longer."""
    granted = isinstance(event, SigningAuthorityGranted)
    tx.later(_SET_SIGNATORY, event.person_id, event.organization_id, granted, at)


def set_administrator(tx: Transaction, event: AdministrationGranted) -> None:
    """The person administers the organisation."""
    tx.later(_SET_ADMINISTRATOR, event.person_id, event.organization_id)


def add_delegation(tx: Transaction, event: DelegationGranted) -> None:
    """Somebody acts for the référent, between two days."""
    tx.later(
        _ADD_DELEGATION,
        event.delegation_id,
        event.mandate_id,
        event.deputy_id,
        event.starts_on,
        event.ends_on,
    )


def end_delegation(tx: Transaction, event: DelegationEnded) -> None:
    """She acts for her no more."""
    tx.later("DELETE FROM delegations WHERE delegation_id = $1", event.delegation_id)


def set_mandate(
    tx: Transaction,
    event: MandateProposed | MandateAccepted | MandateDeclined | MandateEnded | MandateWithdrawn,
    state: str,
) -> None:
    """Where the mandate stands now."""
    tx.later(
        _SET_MANDATE,
        event.mandate_id,
        event.convention_id,
        event.organization_id,
        event.person_id,
        state,
        isinstance(event, MandateProposed) and event.entrusted,
    )
