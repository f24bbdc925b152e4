"""Référents: every refusal on the way."""

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    NameReferent,
)
from shared.contracts.contacts.queries import (
    GetMandate,
    ListMandates,
    ListMyMandates,
)
from shared.contracts.contacts.refusals import (
    AddressOfOtherSide,
    AlreadyReferent,
    MandateNotFound,
    NotAMember,
    NotAParty,
    OrganizationNotFound,
    PartnershipNotKnown,
)
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.refusals import Refusal
from tests.contacts.service.conftest import Member, World
from tests.contacts.service.inviting import (
    drafted_with,
    invitation,
    invited,
    mandate_id,
)


async def test_nobody_is_on_both_sides(world: World) -> None:
    with pytest.raises(AddressOfOtherSide):
        await world.ask(invitation(world, to=world.association, email=world.karim.email), world.claire)
    await world.ask(invitation(world, to=world.association), world.claire)
    with pytest.raises(AddressOfOtherSide):
        await world.ask(invitation(world, to=world.hospital), world.claire)


async def test_who_joined_the_other_side_meanwhile_cannot_accept(world: World) -> None:
    mandate = await invited(world, invitation(world, to=world.association), by=world.claire)
    other = await drafted_with(world, world.outsider)
    for_hospital = await invited(
        world, invitation(world, to=world.hospital, convention_id=other), by=world.claire
    )
    assert for_hospital.person_id == mandate.person_id
    sonia = Actor(mandate.person_id, None)
    await world.gateway.ask(AcceptMandate(mandate_id=for_hospital.mandate_id, function="cadre"), actor=sonia)
    with pytest.raises(AddressOfOtherSide):
        await world.gateway.ask(AcceptMandate(mandate_id=mandate.mandate_id, function="membre"), actor=sonia)


async def test_only_parties_are_invited_and_only_members_invite(world: World) -> None:
    with pytest.raises(NotAParty):
        await world.ask(invitation(world, to=world.outsider), world.claire)
    with pytest.raises(PartnershipNotKnown):
        await world.ask(invitation(world, to=world.association), world.yann)
    pretender = Member(world.yann.person_id, world.hospital, world.yann.email)
    with pytest.raises(NotAMember):
        await world.ask(invitation(world, to=world.association), pretender)
    with pytest.raises(NotAMember):
        await world.gateway.ask(
            invitation(world, to=world.association), actor=Actor(world.claire.person_id, None)
        )


async def test_nobody_is_invited_for_an_organisation_that_the_directory_does_not_have(world: World) -> None:
    unknown = OrganizationId(new_id())
    convention = await drafted_with(world, unknown)
    with pytest.raises(OrganizationNotFound):
        await world.ask(invitation(world, to=unknown, convention_id=convention), world.claire)


async def test_a_member_of_another_side_cannot_be_named(world: World) -> None:
    command = NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=world.odile.person_id
    )
    with pytest.raises(NotAMember):
        await world.ask(command, world.claire)


async def test_one_cannot_have_two_open_mandates_for_a_side(world: World) -> None:
    await world.ask(
        NameReferent(
            mandate_id=mandate_id(), convention_id=world.convention, person_id=world.karim.person_id
        ),
        world.claire,
    )
    with pytest.raises(AlreadyReferent):
        await world.ask(
            NameReferent(
                mandate_id=mandate_id(), convention_id=world.convention, person_id=world.karim.person_id
            ),
            world.claire,
        )
    with pytest.raises(AlreadyReferent):
        await world.ask(invitation(world, to=world.hospital, email=world.karim.email), world.odile)


async def test_nobody_answers_for_another(world: World) -> None:
    mandate = await invited(world, invitation(world, to=world.association), by=world.claire)
    for stranger in (world.odile, world.claire, world.yann):
        with pytest.raises(MandateNotFound):
            await world.ask(AcceptMandate(mandate_id=mandate.mandate_id, function="x"), stranger)
        with pytest.raises(MandateNotFound):
            await world.ask(DeclineMandate(mandate_id=mandate.mandate_id), stranger)


async def test_a_mandate_that_does_not_exist_cannot_be_seen_or_answered(world: World) -> None:
    for request in (
        GetMandate(mandate_id=mandate_id()),
        AcceptMandate(mandate_id=mandate_id()),
        DeclineMandate(mandate_id=mandate_id()),
    ):
        with pytest.raises(MandateNotFound):
            await world.ask(request, world.claire)
    with pytest.raises(Refusal, match="person_not_found"):
        await world.gateway.ask(AcceptMandate(mandate_id=mandate_id()), actor=Actor(PersonId(new_id()), None))


async def test_a_draft_does_not_exist_for_the_other_side_until_it_is_shared(empty_world: World) -> None:
    world = empty_world
    await world.settle()
    await world.draft()
    with pytest.raises(PartnershipNotKnown):
        await world.ask(ListMandates(convention_id=world.convention), world.odile)
    with pytest.raises(PartnershipNotKnown):
        await world.ask(invitation(world, to=world.association), world.odile)
    # Whoever is asked sees her own mandate at once.
    mandate = await invited(
        world, invitation(world, to=world.association, email=world.odile.email), by=world.claire
    )
    assert [it.mandate_id for it in (await world.ask(ListMyMandates(), world.odile)).mandates] == [
        mandate.mandate_id
    ]
    await world.ask(AcceptMandate(mandate_id=mandate.mandate_id), world.odile)
    await world.share()
    assert len((await world.ask(ListMandates(convention_id=world.convention), world.odile)).mandates) == 1
