"""Who may name référents, on real rows: a member without a role does not, and takes nobody's side over."""

import json

import asyncpg
import pytest

from shared.contracts.contacts.commands import AcceptMandate, DeclineMandate, NameReferent
from shared.contracts.contacts.refusals import MayNotName, SideHasReferent
from shared.contracts.identifiers import ConventionId, MandateId, new_id
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.values import Side
from tests.contacts.service.conftest import Member, World
from tests.contacts.service.inviting import invitation, mandate_id
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase


def naming(world: World, member: Member) -> NameReferent:
    return NameReferent(mandate_id=mandate_id(), convention_id=world.convention, person_id=member.person_id)


async def named(world: World, member: Member, *, by: Member) -> MandateId:
    """A member who accepted what a colleague proposed."""
    command = naming(world, member)
    await world.ask(command, by)
    if member is not by:
        await world.ask(AcceptMandate(mandate_id=command.mandate_id), member)
    return command.mandate_id


async def entrusted(contacts: FreshDatabase, mandate: MandateId) -> bool:
    """What was announced of a mandate when it was proposed."""
    admin = await asyncpg.connect(contacts.admin_url)
    try:
        said = await admin.fetchval(
            "SELECT data FROM event_log WHERE aggregate_id = $1 AND version = 1", mandate
        )
    finally:
        await admin.close()
    return json.loads(said)["entrusted"]


async def test_a_member_without_a_role_names_neither_herself_nor_others(world: World) -> None:
    for command in (
        naming(world, world.karim),
        naming(world, world.claire),
        invitation(world, to=world.hospital),
        invitation(world, to=world.association),
    ):
        with pytest.raises(MayNotName):
            await world.ask(command, world.karim)
    # Asked, she is a référente only once she has accepted.
    command = naming(world, world.karim)
    await world.ask(command, world.claire)
    with pytest.raises(MayNotName):
        await world.ask(invitation(world, to=world.hospital), world.karim)
    await world.ask(AcceptMandate(mandate_id=command.mandate_id), world.karim)
    await world.ask(invitation(world, to=world.hospital), world.karim)


async def test_who_drafted_names_until_each_party_has_had_a_referent(
    world: World, contacts: FreshDatabase
) -> None:
    """A draft of Karim's, who has no role, ends up with a référent on each side and no administrator's help."""
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    world.convention = ConventionId(new_id())
    await world.foreign.publish(
        ConventionDrafted(
            convention_id=world.convention,
            drafted_by=world.hospital,
            parties=(
                PartyOfConvention(organization_id=world.hospital, side=Side.ESTABLISHMENT),
                PartyOfConvention(organization_id=world.association, side=Side.ASSOCIATION),
            ),
        ),
        actor_person=world.karim.person_id,
    )
    await eventually(lambda: world.reads(world.karim))
    with pytest.raises(MayNotName):
        await world.ask(naming(world, lea), lea)
    declined = naming(world, lea)
    await world.ask(declined, world.karim)
    await world.ask(DeclineMandate(mandate_id=declined.mandate_id), lea)
    leas = await named(world, lea, by=world.karim)
    invited = invitation(world, to=world.association, email=world.odile.email)
    await world.ask(invited, world.karim)
    await world.ask(AcceptMandate(mandate_id=invited.mandate_id), world.odile)
    with pytest.raises(MayNotName):
        await world.ask(naming(world, world.karim), world.karim)
    assert not await entrusted(contacts, leas)
    assert not await entrusted(contacts, invited.mandate_id)


async def test_a_side_with_a_referent_names_its_own(world: World) -> None:
    first = invitation(world, to=world.association, email=world.odile.email)
    await world.ask(first, world.claire)
    await world.ask(AcceptMandate(mandate_id=first.mandate_id), world.odile)
    with pytest.raises(SideHasReferent):
        await world.ask(invitation(world, to=world.association), world.claire)
    # The very same invitation, sent again because its answer was lost, is no other one.
    assert (await world.ask(first, world.claire)).version == 2
    await world.ask(invitation(world, to=world.association), world.odile)


async def test_who_is_named_by_an_administrator_hands_on_what_she_was_given(
    world: World, contacts: FreshDatabase
) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    herself = await named(world, world.claire, by=world.claire)
    karims = await named(world, world.karim, by=world.claire)
    leas = await named(world, lea, by=world.karim)
    newcomer = invitation(world, to=world.hospital)
    await world.ask(newcomer, lea)
    told = [await entrusted(contacts, it) for it in (herself, karims, leas, newcomer.mandate_id)]
    assert told == [False, True, True, True]
