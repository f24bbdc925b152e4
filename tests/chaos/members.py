"""Invented people and organisations, and how an operator enters them."""

from dataclasses import dataclass, field
from uuid import UUID

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import EnrollPerson, OrganizationEntry, RegisterOrganizations
from shared.contracts.contacts.events import AffiliationStarted, OrganizationRegistered, PersonAdded
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.projects.commands import PartyToConvene
from shared.contracts.values import Side
from tests.chaos.client import ChaosClient
from tests.chaos.ledger import fact


@dataclass(frozen=True)
class Member:
    """A person who administers an organisation, signs for it and speaks for it."""

    side: Side
    organization_id: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    person_id: PersonId = field(default_factory=lambda: PersonId(new_id()))

    @property
    def email(self) -> str:
        return f"p{self.person_id.hex}@example.org"

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.organization_id)

    @property
    def party(self) -> PartyToConvene:
        return PartyToConvene(
            organization_id=self.organization_id, side=self.side, name=f"Organisation {self.organization_id}"
        )


async def register(operator: ChaosClient, organization_id: UUID, side: Side) -> None:
    """Enter an organisation in the directory."""
    entry = OrganizationEntry(
        organization_id=OrganizationId(organization_id), side=side, name=f"Organisation {organization_id}"
    )
    await operator.act(
        RegisterOrganizations(entries=(entry,)),
        None,
        fact(OrganizationRegistered, organization_id),
        sure=True,
    )


async def enroll(operator: ChaosClient, member: Member, *, administrator: bool = True) -> None:
    """Add a person to an organisation."""
    await operator.act(
        EnrollPerson(
            person_id=member.person_id,
            given_name="Prénom",
            family_name="Nom",
            email=member.email,
            organization_id=member.organization_id,
            function="Présidente",
            administrator=administrator,
            signatory=administrator,
        ),
        None,
        fact(PersonAdded, member.person_id),
        fact(AffiliationStarted, member.person_id, member.organization_id),
        sure=True,
    )
