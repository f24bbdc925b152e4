"""What contacts tells projects about two people of a hospital, and how it is asked back."""

from collections.abc import Callable
from typing import Any

from services.projects.authority import public as authority
from services.projects.authority.subscribers import subscribers
from shared.backbone import inbox
from shared.contracts.contacts.events import AffiliationStarted
from shared.contracts.envelope import Envelope
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Event
from shared.kit.database import Database, Transaction, transaction

PERSON, COLLEAGUE = PersonId(new_id()), PersonId(new_id())
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
CONVENTION = ConventionId(new_id())
MANDATE, OTHER_MANDATE, OPEN_MANDATE, LAST_MANDATE = (MandateId(new_id()) for _ in range(4))


def joins(person: PersonId, organization: OrganizationId, *, signatory: bool = False) -> AffiliationStarted:
    return AffiliationStarted(
        person_id=person, organization_id=organization, administrator=False, signatory=signatory
    )


def mandate(kind: Callable[..., Event], mandate_id: MandateId, person: PersonId, **given: Any) -> Event:
    return kind(
        mandate_id=mandate_id, convention_id=CONVENTION, organization_id=HOSPITAL, person_id=person, **given
    )


async def tell(database: Database, *envelopes: Envelope) -> None:
    """Apply events as the consumer does."""
    async with transaction(database, actor=None) as tx:
        await inbox.apply(tx, "contacts", envelopes, subscribers)


async def asked(database: Database, question: Callable[[Transaction], Any]) -> Any:
    async with transaction(database, actor=None) as tx:
        return await question(tx)


async def is_referent(
    tx: Transaction, convention: ConventionId, person: PersonId, organization: OrganizationId
) -> bool:
    return any(
        (it.person_id, it.organization_id) == (person, organization)
        for it in await authority.referents_of(tx, convention)
    )
