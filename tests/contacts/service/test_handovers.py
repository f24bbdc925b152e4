"""A référent hands over: her mandate ends when her successor accepts, in one step, and not before."""

import asyncio
from typing import Any

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    EndAffiliation,
    EndMandate,
    NameReferent,
)
from shared.contracts.contacts.queries import GetMandate, ListMandates, MandateState
from shared.contracts.contacts.refusals import LastReferent, MandateNotFound, MandateNotInForce
from shared.contracts.identifiers import MandateId
from shared.contracts.messages import Request
from shared.contracts.refusals import Trouble
from tests.contacts.service.conftest import Member, World
from tests.contacts.service.inviting import invitation, invited, mandate_id
from tests.contacts.service.test_departures import referent, state_of, types_of
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase


def relay(world: World, to: Member, *, of: MandateId) -> NameReferent:
    """Hand a mandate over to a colleague."""
    return NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=to.person_id, succeeds=of
    )


async def insist(world: World, request: Request[Any], member: Member) -> None:
    """As the gateway does: of two acts that wait for one another, PostgreSQL lets one go."""

    async def done() -> bool:
        try:
            await world.ask(request, member)
        except Trouble:
            return False
        return True

    await eventually(done)


async def test_the_former_one_ends_when_the_successor_accepts(world: World, contacts: FreshDatabase) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = relay(world, lea, of=karims)
    assert await world.ask(command, world.karim) == await world.ask(command, world.karim)
    assert await state_of(world, karims) is MandateState.ACCEPTED
    with pytest.raises(LastReferent):
        await world.ask(EndMandate(mandate_id=karims), world.karim)
    assert (await world.ask(GetMandate(mandate_id=command.mandate_id), lea)).succeeds == karims
    await world.ask(AcceptMandate(mandate_id=command.mandate_id), lea)
    assert await state_of(world, karims) is MandateState.ENDED
    assert (await types_of(contacts, karims))[-2:] == ["ended", "handover_completed"]
    # At no moment was the side without anybody.
    assert "side_left_vacant" not in await types_of(contacts, karims)


async def test_a_declined_relay_leaves_everything_as_it_was(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = relay(world, lea, of=karims)
    await world.ask(command, world.karim)
    await world.ask(DeclineMandate(mandate_id=command.mandate_id), lea)
    assert await state_of(world, karims) is MandateState.ACCEPTED


async def test_a_newcomer_takes_over_by_an_invitation(world: World) -> None:
    karims = await referent(world, world.karim)
    asked = await invited(world, invitation(world, to=world.hospital, succeeds=karims), by=world.karim)
    await world.gateway.ask(
        AcceptMandate(mandate_id=asked.mandate_id, function="cadre"), actor=Actor(asked.person_id, None)
    )
    mandates = (await world.ask(ListMandates(convention_id=world.convention), world.odile)).mandates
    assert {it.mandate_id: it.state for it in mandates} == {
        karims: MandateState.ENDED,
        asked.mandate_id: MandateState.ACCEPTED,
    }


async def test_an_administrator_takes_over_at_once(world: World, contacts: FreshDatabase) -> None:
    karims = await referent(world, world.karim)
    await world.ask(relay(world, world.claire, of=karims), world.claire)
    assert await state_of(world, karims) is MandateState.ENDED
    assert (await types_of(contacts, karims))[-1] == "handover_completed"


async def test_nobody_else_hands_a_mandate_over(world: World) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    odiles = await referent(world, world.odile)
    # A colleague without a role, and the other side.
    with pytest.raises(MandateNotFound):
        await world.ask(relay(world, lea, of=karims), lea)
    with pytest.raises(MandateNotFound):
        await world.ask(relay(world, world.odile, of=karims), world.odile)
    # A mandate of the other side, by an administrator of one's own.
    with pytest.raises(MandateNotFound):
        await world.ask(relay(world, lea, of=odiles), world.claire)
    declined = await referent(world, lea, accepts=False)
    with pytest.raises(MandateNotInForce):
        await world.ask(relay(world, world.karim, of=declined), world.claire)


async def test_who_leaves_while_she_hands_over_is_lost_once(world: World, contacts: FreshDatabase) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    karims = await referent(world, world.karim)
    command = relay(world, lea, of=karims)
    await world.ask(command, world.karim)
    await asyncio.gather(
        insist(world, AcceptMandate(mandate_id=command.mandate_id), lea),
        insist(world, EndAffiliation(person_id=world.karim.person_id), world.claire),
    )
    told = await types_of(contacts, karims)
    # Either she had handed over before she left, or she left first: then the side was vacant until the acceptance.
    assert told[2:] in (
        ["ended", "handover_completed"],
        ["ended", "side_left_vacant"],
        ["ended"],
    )
    assert told.count("ended") == 1
