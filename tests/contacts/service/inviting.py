"""Invitations and conventions, as the tests of mandates make them."""

from shared.contracts.contacts.commands import (
    InviteReferent,
    OrganizationEntry,
    RegisterOrganizations,
)
from shared.contracts.contacts.queries import (
    GetMandateForInvitation,
    ListMandates,
    MandateView,
)
from shared.contracts.contacts.refusals import (
    PartnershipNotKnown,
)
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, new_id
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.values import Side
from tests.contacts.service.conftest import Member, World
from tests.support.eventually import eventually

NEWCOMER = "sonia.haddad@example.org"


def mandate_id() -> MandateId:
    return MandateId(new_id())


def invitation(world: World, *, to: OrganizationId, email: str = NEWCOMER, **given: object) -> InviteReferent:
    return InviteReferent.model_validate(
        {
            "mandate_id": mandate_id(),
            "convention_id": world.convention,
            "organization_id": to,
            "given_name": "Sonya",
            "family_name": "Hadad",
            "email": email,
        }
        | given
    )


async def invited(world: World, command: InviteReferent, *, by: Member) -> MandateView:
    """The mandate that an invitation made, as its page shows it."""
    await world.ask(command, by)
    return await world.operator.ask(GetMandateForInvitation(mandate_id=command.mandate_id))


def registering(organization_id: OrganizationId) -> RegisterOrganizations:
    return RegisterOrganizations(
        entries=(
            OrganizationEntry(
                organization_id=organization_id, side=Side.ASSOCIATION, name="Nouvelle association"
            ),
        )
    )


async def drafted_with(world: World, organization_id: OrganizationId) -> ConventionId:
    """Another convention, drafted by the hospital with somebody else."""
    convention = ConventionId(new_id())
    await world.foreign.publish(
        ConventionDrafted(
            convention_id=convention,
            drafted_by=world.hospital,
            parties=(
                PartyOfConvention(organization_id=world.hospital, side=Side.ESTABLISHMENT),
                PartyOfConvention(organization_id=organization_id, side=Side.ASSOCIATION),
            ),
        )
    )

    async def known() -> bool:
        try:
            await world.ask(ListMandates(convention_id=convention), world.claire)
        except PartnershipNotKnown:
            return False
        return True

    await eventually(known)
    return convention
