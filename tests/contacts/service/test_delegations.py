"""A référent is absent: who may name her deputy, who may end it, and who sees it."""

import asyncio
from datetime import timedelta

import pytest

from shared.contracts.contacts.commands import EndAffiliation, EndDelegation, EnrollPerson, GrantDelegation
from shared.contracts.contacts.queries import DelegationView, GetMandate
from shared.contracts.contacts.refusals import (
    AddressOfOtherSide,
    DelegationIdTaken,
    DelegationNotFound,
    DelegationOverlaps,
    DeputyIsReferent,
    MandateNotFound,
    NotAMember,
)
from shared.contracts.identifiers import DelegationId, MandateId, new_id
from shared.contracts.refusals import Refusal
from shared.kit.clock import today_in_paris
from tests.contacts.service.conftest import Member, World
from tests.contacts.service.test_departures import referent

TODAY = today_in_paris()


def absence(mandate_id: MandateId, deputy: Member, *, days: int = 7) -> GrantDelegation:
    return GrantDelegation(
        delegation_id=DelegationId(new_id()),
        mandate_id=mandate_id,
        deputy_id=deputy.person_id,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=days),
    )


async def delegations(world: World, mandate_id: MandateId) -> tuple[DelegationView, ...]:
    return (await world.ask(GetMandate(mandate_id=mandate_id), world.odile)).delegations


async def test_a_referent_names_her_deputy_and_both_sides_see_it(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = absence(karims, lea)
    first = await world.ask(command, world.karim)
    # Twice: the same answer, one deputy.
    assert await world.ask(command, world.karim) == first
    [seen] = await delegations(world, karims)
    assert (seen.given_name, seen.starts_on, seen.ends_on) == ("Léa", command.starts_on, command.ends_on)
    with pytest.raises(DelegationOverlaps):
        await world.ask(absence(karims, lea, days=1), world.karim)
    # The deputy may give it back herself.
    await world.ask(EndDelegation(mandate_id=karims, delegation_id=command.delegation_id), lea)
    assert await delegations(world, karims) == ()
    with pytest.raises(DelegationNotFound):
        await world.ask(EndDelegation(mandate_id=karims, delegation_id=command.delegation_id), world.karim)


async def test_the_id_of_a_delegation_names_no_other_one_even_after_it_is_over(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = absence(karims, lea)
    await world.ask(command, world.karim)
    later = {"starts_on": command.ends_on + timedelta(days=1), "ends_on": command.ends_on + timedelta(days=2)}
    with pytest.raises(DelegationIdTaken):
        await world.ask(command.model_copy(update=later), world.karim)
    await world.ask(EndDelegation(mandate_id=karims, delegation_id=command.delegation_id), world.karim)
    with pytest.raises(DelegationIdTaken):
        await world.ask(command, world.karim)
    assert await delegations(world, karims) == ()


async def test_an_administrator_names_a_deputy_for_who_fell_ill(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    await world.ask(absence(karims, lea), world.claire)
    assert [it.deputy_id for it in await delegations(world, karims)] == [lea.person_id]


async def test_who_may_neither_name_nor_end(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = absence(karims, lea)
    for member in (lea, world.odile, world.yann):
        with pytest.raises(MandateNotFound):
            await world.ask(command, member)
    await world.ask(command, world.karim)
    ending = EndDelegation(mandate_id=karims, delegation_id=command.delegation_id)
    for member in (world.odile, world.yann):
        with pytest.raises(MandateNotFound):
            await world.ask(ending, member)


async def test_a_deputy_is_a_colleague_and_no_referent(world: World) -> None:
    karims = await referent(world, world.karim)
    await referent(world, world.claire)
    with pytest.raises(NotAMember):
        await world.ask(absence(karims, world.odile), world.karim)
    for one in (world.claire, world.karim):
        with pytest.raises(DeputyIsReferent):
            await world.ask(absence(karims, one), world.karim)


async def test_nobody_is_the_deputy_of_one_side_and_of_the_other_one(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    joining = EnrollPerson(
        person_id=lea.person_id,
        given_name="Léa",
        family_name="Roux",
        email=lea.email,
        organization_id=world.association,
        function="membre",
    )
    await world.operator.ask(joining)
    with pytest.raises(AddressOfOtherSide):
        await world.ask(absence(karims, lea), world.karim)
    assert await delegations(world, karims) == ()


async def test_of_two_deputies_named_at_once_one_is_refused(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    outcomes = await asyncio.gather(
        world.ask(absence(karims, lea), world.karim),
        world.ask(absence(karims, lea), world.claire),
        return_exceptions=True,
    )
    assert [type(it) for it in outcomes if isinstance(it, Refusal)] == [DelegationOverlaps]


async def test_a_mandate_that_ends_takes_its_delegations_with_it(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    await world.ask(absence(karims, lea), world.karim)
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.claire)
    assert await delegations(world, karims) == ()
