"""People leave: their affiliation ends, their mandates with it, and a side may become vacant."""

import asyncio

import asyncpg
import pytest

from shared.contracts.contacts.commands import (
    AcceptMandate,
    EndAffiliation,
    EndMandate,
    GrantAdministration,
    NameReferent,
)
from shared.contracts.contacts.queries import (
    GetDeparture,
    GetMandate,
    GetMyself,
    ListMandates,
    ListMembers,
    MandateState,
)
from shared.contracts.contacts.refusals import (
    LastAdministrator,
    LastReferent,
    MandateAlreadyAnswered,
    MandateNotFound,
    NotAMember,
    NotAnAdministrator,
)
from shared.contracts.identifiers import MandateId
from shared.contracts.refusals import Refusal
from tests.contacts.service.conftest import Member, World
from tests.contacts.service.inviting import invitation, invited, mandate_id
from tests.support.servers import FreshDatabase


async def referent(world: World, member: Member, *, accepts: bool = True) -> MandateId:
    """A member who is, or is asked to be, a référent of her side."""
    command = NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=member.person_id
    )
    colleague = world.claire if member.organization_id == world.hospital else world.odile
    await world.ask(command, colleague)
    if accepts and colleague.person_id != member.person_id:
        await world.ask(AcceptMandate(mandate_id=command.mandate_id), member)
    return command.mandate_id


async def types_of(contacts: FreshDatabase, aggregate: object) -> list[str]:
    """What was announced of an aggregate."""
    admin = await asyncpg.connect(contacts.admin_url)
    try:
        rows = await admin.fetch(
            "SELECT type FROM event_log WHERE aggregate_id = $1 ORDER BY version", aggregate
        )
    finally:
        await admin.close()
    return [row["type"].split(".")[-2] for row in rows]


async def state_of(world: World, mandate: MandateId) -> MandateState:
    return (await world.ask(GetMandate(mandate_id=mandate), world.odile)).state


async def test_the_last_referent_who_leaves_leaves_her_side_vacant(
    world: World, contacts: FreshDatabase
) -> None:
    karims = await referent(world, world.karim)
    leaving = GetDeparture(person_id=world.karim.person_id)
    departure = await world.ask(leaving, world.claire)
    assert [(it.mandate_id, it.accepted, it.leaves_vacant) for it in departure.mandates] == [
        (karims, True, True)
    ]
    assert (departure.last_signatory, departure.last_administrator) == (False, False)
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.claire)
    assert (await types_of(contacts, karims))[-2:] == ["ended", "side_left_vacant"]
    assert (await types_of(contacts, world.karim.person_id))[-1] == "affiliation_ended"
    assert await state_of(world, karims) is MandateState.ENDED
    assert (await world.ask(GetMyself(), world.karim)).affiliations == ()
    # She sees her own mandate, and nothing else of the convention any more.
    await referent(world, world.odile)
    listed = await world.ask(ListMandates(convention_id=world.convention), world.karim)
    assert [it.mandate_id for it in listed.mandates] == [karims]
    # Who left stays known by name, because what she did stays.
    names = {
        it.given_name
        for it in (await world.ask(ListMandates(convention_id=world.convention), world.odile)).mandates
    }
    assert names == {"Karim", "Odile"}


async def test_a_side_with_another_referent_is_not_vacant(world: World, contacts: FreshDatabase) -> None:
    await referent(world, world.claire)
    karims = await referent(world, world.karim)
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.karim)
    assert (await types_of(contacts, karims))[-1] == "ended"


async def test_what_was_only_asked_is_asked_no_more(world: World) -> None:
    karims = await referent(world, world.karim, accepts=False)
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.claire)
    assert await state_of(world, karims) is MandateState.WITHDRAWN
    with pytest.raises(MandateAlreadyAnswered):
        await world.ask(AcceptMandate(mandate_id=karims, function="x"), world.karim)


async def test_two_referents_who_leave_at_once_leave_one_vacancy(
    world: World, contacts: FreshDatabase
) -> None:
    lea = await world.enroll(world.hospital, "Léa", "Roux")
    mandates = [await referent(world, world.karim), await referent(world, lea)]
    await asyncio.gather(
        *(world.ask(EndAffiliation(person_id=it.person_id), it) for it in (world.karim, lea))
    )
    told = [(await types_of(contacts, it))[2:] for it in mandates]
    assert sorted(told) == [["ended"], ["ended", "side_left_vacant"]]


async def test_an_organisation_keeps_an_administrator(world: World) -> None:
    leave = EndAffiliation(person_id=world.claire.person_id)
    with pytest.raises(LastAdministrator):
        await world.ask(leave, world.claire)
    departure = await world.ask(GetDeparture(person_id=world.claire.person_id), world.claire)
    assert (departure.last_signatory, departure.last_administrator) == (True, True)
    await world.ask(GrantAdministration(person_id=world.karim.person_id), world.claire)
    await world.ask(leave, world.claire)
    [member] = (await world.ask(ListMembers(), world.karim)).members
    assert member.administrator
    # Alone, he may leave too: the next one who is invited administers.
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.karim)


async def test_who_left_comes_back_by_an_invitation(world: World) -> None:
    await world.ask(EndAffiliation(person_id=world.karim.person_id), world.claire)
    asked = await invited(
        world, invitation(world, to=world.hospital, email=world.karim.email), by=world.claire
    )
    await world.ask(AcceptMandate(mandate_id=asked.mandate_id, function="médiateur"), world.karim)
    [affiliation] = (await world.ask(GetMyself(), world.karim)).affiliations
    assert (affiliation.function, affiliation.administrator) == ("médiateur", False)


async def test_a_referent_resigns_while_another_one_stays(world: World) -> None:
    claires, karims = await referent(world, world.claire), await referent(world, world.karim)
    with pytest.raises(MandateNotFound):
        await world.ask(EndMandate(mandate_id=karims), world.claire)
    await world.ask(EndMandate(mandate_id=karims), world.karim)
    with pytest.raises(LastReferent):
        await world.ask(EndMandate(mandate_id=claires), world.claire)


async def test_two_referents_who_resign_at_once_do_not_both(world: World) -> None:
    claires, karims = await referent(world, world.claire), await referent(world, world.karim)
    outcomes = await asyncio.gather(
        world.ask(EndMandate(mandate_id=claires), world.claire),
        world.ask(EndMandate(mandate_id=karims), world.karim),
        return_exceptions=True,
    )
    assert [type(it) for it in outcomes if isinstance(it, Refusal)] == [LastReferent]


async def test_who_may_end_an_affiliation(world: World) -> None:
    for request in (
        EndAffiliation(person_id=world.claire.person_id),
        GetDeparture(person_id=world.claire.person_id),
        GrantAdministration(person_id=world.claire.person_id),
    ):
        with pytest.raises(NotAnAdministrator):
            await world.ask(request, world.karim)
        with pytest.raises(NotAMember):
            await world.ask(request, world.odile)
