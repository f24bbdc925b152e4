"""Contacts as it runs in production, on a database of its own, and a small world of organisations and people."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from services.contacts.app import running
from services.contacts.settings import ContactsSettings
from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import Address, EnrollPerson, OrganizationEntry, RegisterOrganizations
from shared.contracts.contacts.queries import GetMandate, ListMandates
from shared.contracts.contacts.refusals import MandateNotFound, PartnershipNotKnown
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.events import ConventionDrafted, ConventionShared, PartyOfConvention
from shared.contracts.values import Side
from shared.kit.asking import Asker, R
from tests.support.eventually import eventually
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests


@pytest.fixture
def contacts_database(database: Callable[[str], FreshDatabase]) -> FreshDatabase:
    """The service's database, with its schema and no row."""
    return database("contacts")


@pytest.fixture
async def contacts(
    contacts_database: FreshDatabase, nats_server: NatsForTests, tmp_path: Path
) -> AsyncGenerator[FreshDatabase]:
    """The service, running."""
    settings = ContactsSettings(
        data=tmp_path, postgres_url=contacts_database.url, nats_url=nats_server.url("contacts")
    )
    async with running(settings):
        yield contacts_database


def entry(name: str, side: Side, **given: str) -> OrganizationEntry:
    """An organisation to register."""
    address = Address(postal_code=given.pop("postal_code", ""), city=given.pop("city", ""))
    return OrganizationEntry(
        organization_id=OrganizationId(new_id()), side=side, name=name, address=address, **given
    )


@dataclass
class Member:
    """A person who belongs to an organisation, as an actor."""

    person_id: PersonId
    organization_id: OrganizationId
    email: str

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.organization_id)


@dataclass
class World:
    """Contacts with a hospital, an association and a third organisation, each with people, and one partnership."""

    gateway: Asker
    operator: Asker
    foreign: ForeignService
    hospital: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    association: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    outsider: OrganizationId = field(default_factory=lambda: OrganizationId(new_id()))
    convention: ConventionId = field(default_factory=lambda: ConventionId(new_id()))

    async def settle(self) -> None:
        """Register the organisations and their first people."""
        entries = (
            OrganizationEntry(organization_id=self.hospital, side=Side.ESTABLISHMENT, name="CH DE BELLERIVE"),
            OrganizationEntry(organization_id=self.association, side=Side.ASSOCIATION, name="Main tendue"),
            OrganizationEntry(
                organization_id=self.outsider, side=Side.ASSOCIATION, name="Les Passeurs de mots"
            ),
        )
        await self.operator.ask(RegisterOrganizations(entries=entries))
        self.claire = await self.enroll(
            self.hospital, "Claire", "Vasseur", administrator=True, signatory=True
        )
        self.karim = await self.enroll(self.hospital, "Karim", "Benali")
        self.odile = await self.enroll(self.association, "Odile", "Marchand", administrator=True)
        self.yann = await self.enroll(self.outsider, "Yann", "Le Goff", administrator=True)

    async def enroll(
        self,
        organization_id: OrganizationId,
        given_name: str,
        family_name: str,
        *,
        administrator: bool = False,
        signatory: bool = False,
    ) -> Member:
        """A person of an organisation, as an operator adds her."""
        person_id = PersonId(new_id())
        email = f"{given_name}.{family_name}@example.org".lower().replace(" ", "")
        await self.operator.ask(
            EnrollPerson(
                person_id=person_id,
                given_name=given_name,
                family_name=family_name,
                email=email,
                organization_id=organization_id,
                function="membre",
                administrator=administrator,
                signatory=signatory,
            )
        )
        return Member(person_id, organization_id, email)

    async def draft(self) -> None:
        """The hospital drafts the convention; contacts hears of it."""
        await self.foreign.publish(
            ConventionDrafted(
                convention_id=self.convention,
                drafted_by=self.hospital,
                parties=(
                    PartyOfConvention(organization_id=self.hospital, side=Side.ESTABLISHMENT),
                    PartyOfConvention(organization_id=self.association, side=Side.ASSOCIATION),
                ),
            )
        )
        await eventually(lambda: self.reads(self.claire))

    async def share(self) -> None:
        """The association is told of the convention; contacts hears of it."""
        await self.foreign.publish(
            ConventionShared(convention_id=self.convention, organization_id=self.association)
        )
        await eventually(lambda: self.reads(self.odile))

    async def reads(self, member: Member) -> bool:
        """Whether a member's organisation reads the convention."""
        try:
            await self.ask(ListMandates(convention_id=self.convention), member)
        except PartnershipNotKnown:
            return False
        return True

    async def ask(self, request: Request[R], member: Member) -> R:
        """A request on behalf of a member."""
        return await self.gateway.ask(request, actor=member.actor, timeout_seconds=10)

    async def sees_mandate(self, mandate_id: MandateId, member: Member) -> bool:
        """Whether a mandate exists for a member."""
        try:
            await self.ask(GetMandate(mandate_id=mandate_id), member)
        except MandateNotFound:
            return False
        return True


@pytest.fixture
async def empty_world(
    contacts: FreshDatabase, asker: Asker, operator: Asker, foreign: ForeignService
) -> World:
    """The running service and nobody in it."""
    return World(asker, operator, foreign)


@pytest.fixture
async def world(empty_world: World) -> World:
    """A hospital, an association and an outsider with their people, and a convention that both parties read."""
    await empty_world.settle()
    await empty_world.draft()
    await empty_world.share()
    return empty_world
