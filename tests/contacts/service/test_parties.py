"""What contacts makes of organisations that join a convention, observe it, or leave it."""

import asyncio

import pytest

from shared.contracts.contacts.commands import NameReferent
from shared.contracts.contacts.queries import ListMandates, MandateState, NamePeople
from shared.contracts.contacts.refusals import NotAParty, PartnershipNotKnown, ReferentAsked
from shared.contracts.identifiers import AdmissionId, new_id
from shared.contracts.projects.events import ConventionShared
from shared.contracts.projects.leaving import PartyLeft
from shared.contracts.projects.parties import (
    ObserverAdmitted,
    ObserverLeft,
    PartyJoined,
    PartyTakenBack,
    Role,
)
from shared.contracts.values import Side
from shared.kit.clock import today_in_paris
from tests.contacts.service.conftest import World
from tests.contacts.service.inviting import invitation, mandate_id
from tests.support.eventually import eventually


async def join(world: World) -> None:
    """The outsider becomes a party."""
    await world.foreign.publish(
        PartyJoined(
            convention_id=world.convention,
            admission_id=AdmissionId(new_id()),
            organization_id=world.hospital,
            joined=world.outsider,
            side=Side.ASSOCIATION,
        )
    )


async def test_the_referent_of_a_party_that_joined_is_invited_like_the_second_ones(world: World) -> None:
    invite = invitation(world, to=world.outsider, email=world.yann.email)
    with pytest.raises(NotAParty):
        await world.ask(invite, world.claire)
    await join(world)

    async def invited() -> bool:
        try:
            return (await world.ask(invite, world.claire)).version == 1
        except NotAParty:
            return False

    await eventually(invited)
    await world.foreign.publish(
        ConventionShared(convention_id=world.convention, organization_id=world.outsider)
    )
    await eventually(lambda: world.reads(world.yann))


async def test_an_observer_knows_who_wrote_by_name_and_nothing_else(world: World) -> None:
    admission = AdmissionId(new_id())
    named = NamePeople(person_ids=(world.claire.person_id, world.odile.person_id))
    assert (await world.ask(named, world.yann)).people == ()
    await world.foreign.publish(
        ObserverAdmitted(
            convention_id=world.convention,
            admission_id=admission,
            organization_id=world.hospital,
            observer=world.outsider,
            role=Role.FUNDER,
        )
    )

    async def known() -> bool:
        return len((await world.ask(named, world.yann)).people) == 2

    await eventually(known)
    for request in (
        ListMandates(convention_id=world.convention),
        NameReferent(mandate_id=mandate_id(), convention_id=world.convention, person_id=world.yann.person_id),
    ):
        with pytest.raises(PartnershipNotKnown):
            await world.ask(request, world.yann)
    await world.foreign.publish(
        ObserverLeft(
            convention_id=world.convention,
            admission_id=admission,
            organization_id=world.outsider,
            observer=world.outsider,
        )
    )

    async def forgotten() -> bool:
        return (await world.ask(named, world.yann)).people == ()

    await eventually(forgotten)


async def test_a_party_that_left_reads_no_more_and_its_people_stay_known(world: World) -> None:
    await world.foreign.publish(
        PartyLeft(convention_id=world.convention, organization_id=world.association, left_on=today_in_paris())
    )

    async def gone() -> bool:
        return not await world.reads(world.odile)

    await eventually(gone)
    with pytest.raises(NotAParty):
        await world.ask(invitation(world, to=world.association), world.claire)
    named = NamePeople(person_ids=(world.odile.person_id,))
    (odile,) = (await world.ask(named, world.claire)).people
    assert odile.given_name == "Odile"


async def test_of_another_party_one_person_is_asked_at_a_time(world: World) -> None:
    first = invitation(world, to=world.association, email="un@example.org")
    await world.ask(first, world.claire)
    second = invitation(world, to=world.association, email="deux@example.org")
    with pytest.raises(ReferentAsked) as caught:
        await world.ask(second, world.claire)
    assert caught.value.fields == {"mandate_id": str(first.mandate_id)}
    instead = second.model_copy(update={"instead_of": first.mandate_id})
    await world.ask(instead, world.claire)
    assert (await world.ask(instead, world.claire)).version == 1
    mandates = (await world.ask(ListMandates(convention_id=world.convention), world.claire)).mandates
    states = {it.mandate_id: it.state for it in mandates}
    assert states[first.mandate_id] is MandateState.WITHDRAWN
    assert states[second.mandate_id] is MandateState.PROPOSED


async def test_two_invitations_at_once_leave_one(world: World) -> None:
    invitations = [invitation(world, to=world.association, email=f"{it}@example.org") for it in range(4)]
    answers = await asyncio.gather(
        *(world.ask(it, world.claire) for it in invitations), return_exceptions=True
    )
    assert sum(isinstance(it, ReferentAsked) for it in answers) == 3


async def test_whoever_is_asked_for_a_party_that_is_taken_back_is_asked_no_more(world: World) -> None:
    await join(world)
    invite = invitation(world, to=world.outsider, email="sonia@example.org")

    async def invited() -> bool:
        try:
            return (await world.ask(invite, world.claire)).version == 1
        except NotAParty:
            return False

    await eventually(invited)
    await world.foreign.publish(
        PartyTakenBack(
            convention_id=world.convention,
            admission_id=None,
            organization_id=world.hospital,
            taken_back=world.outsider,
        )
    )

    async def withdrawn() -> bool:
        mandates = (await world.ask(ListMandates(convention_id=world.convention), world.claire)).mandates
        return [it.state for it in mandates if it.mandate_id == invite.mandate_id] == [MandateState.WITHDRAWN]

    await eventually(withdrawn)
    await join(world)
    again = invitation(world, to=world.outsider, email="paul@example.org")

    async def invited_again() -> bool:
        try:
            return (await world.ask(again, world.claire)).version == 1
        except NotAParty:
            return False

    await eventually(invited_again)
