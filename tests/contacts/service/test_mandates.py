"""Référents: named, invited, accepted, declined; twice, and at once."""

import asyncio

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    NameReferent,
)
from shared.contracts.contacts.queries import (
    GetMandate,
    GetMyself,
    ListMandates,
    ListMyMandates,
    MandateState,
)
from shared.contracts.contacts.refusals import (
    FunctionMissing,
    MandateAlreadyAnswered,
)
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side
from tests.contacts.service.conftest import World
from tests.contacts.service.inviting import (
    NEWCOMER,
    drafted_with,
    invitation,
    invited,
    mandate_id,
    registering,
)


async def test_naming_oneself_proposes_and_accepts_at_once(world: World) -> None:
    command = NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=world.claire.person_id
    )
    assert (await world.ask(command, world.claire)).version == 2
    mandate = await world.ask(GetMandate(mandate_id=command.mandate_id), world.claire)
    assert (mandate.state, mandate.given_name, mandate.function) == (
        MandateState.ACCEPTED,
        "Claire",
        "membre",
    )
    assert mandate.signatory


async def test_a_named_colleague_accepts_herself(world: World) -> None:
    command = NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=world.karim.person_id
    )
    assert (await world.ask(command, world.claire)).version == 1
    assert [it.state for it in (await world.ask(ListMyMandates(), world.karim)).mandates] == [
        MandateState.PROPOSED
    ]
    await world.ask(AcceptMandate(mandate_id=command.mandate_id), world.karim)
    assert [it.state for it in (await world.ask(ListMyMandates(), world.karim)).mandates] == [
        MandateState.ACCEPTED
    ]


async def test_a_command_that_comes_twice_does_nothing_twice(world: World) -> None:
    command = NameReferent(
        mandate_id=mandate_id(), convention_id=world.convention, person_id=world.karim.person_id
    )
    first = await world.ask(command, world.claire)
    assert await world.ask(command, world.claire) == first
    invite = invitation(world, to=world.association)
    assert await world.ask(invite, world.claire) == await world.ask(invite, world.claire)
    assert len((await world.ask(ListMandates(convention_id=world.convention), world.claire)).mandates) == 2


@pytest.mark.parametrize("known", [True, False])
async def test_an_invitation_answers_the_same_whether_the_address_is_known(world: World, known: bool) -> None:
    email = world.odile.email if known else NEWCOMER
    done = await world.ask(invitation(world, to=world.association, email=email.upper()), world.claire)
    assert done.version == 1


async def test_the_invited_joins_corrects_her_name_and_signs(empty_world: World) -> None:
    """The first person of an organisation administers it, and may declare that she signs for it."""
    world = empty_world
    await world.settle()
    await world.draft()
    newcomers = OrganizationId(new_id())
    await world.operator.ask(registering(newcomers))
    convention = await drafted_with(world, newcomers)
    mandate = await invited(world, invitation(world, to=newcomers, convention_id=convention), by=world.claire)
    assert (mandate.given_name, mandate.organization_has_administrator) == ("Sonya", False)
    assert mandate.proposed_by_side is Side.ESTABLISHMENT
    sonia = Actor(mandate.person_id, None)
    with pytest.raises(FunctionMissing):
        await world.gateway.ask(AcceptMandate(mandate_id=mandate.mandate_id), actor=sonia)
    command = AcceptMandate(
        mandate_id=mandate.mandate_id,
        function="présidente",
        given_name="Sonia",
        family_name="Haddad",
        declares_signing_authority=True,
    )
    await world.gateway.ask(command, actor=sonia)
    me = await world.gateway.ask(GetMyself(), actor=sonia)
    assert (me.given_name, me.family_name, me.email) == ("Sonia", "Haddad", NEWCOMER)
    [affiliation] = me.affiliations
    assert (affiliation.function, affiliation.administrator, affiliation.signatory) == (
        "présidente",
        True,
        True,
    )
    with pytest.raises(MandateAlreadyAnswered) as refused:
        await world.gateway.ask(command, actor=sonia)
    assert refused.value.fields == {"state": "accepted"}


async def test_where_there_is_an_administrator_a_declaration_grants_nothing(world: World) -> None:
    mandate = await invited(world, invitation(world, to=world.association), by=world.odile)
    await world.gateway.ask(
        AcceptMandate(mandate_id=mandate.mandate_id, function="trésorière", declares_signing_authority=True),
        actor=Actor(mandate.person_id, None),
    )
    [affiliation] = (await world.gateway.ask(GetMyself(), actor=Actor(mandate.person_id, None))).affiliations
    assert not affiliation.administrator
    assert not affiliation.signatory


async def test_somebody_known_keeps_her_name(world: World) -> None:
    mandate = await invited(
        world, invitation(world, to=world.association, email=world.odile.email), by=world.claire
    )
    assert mandate.person_id == world.odile.person_id
    await world.ask(
        AcceptMandate(mandate_id=mandate.mandate_id, given_name="Autre", family_name="Nom"), world.odile
    )
    assert (await world.ask(GetMyself(), world.odile)).given_name == "Odile"


async def test_a_declined_mandate_can_be_proposed_again(world: World) -> None:
    first = await invited(world, invitation(world, to=world.association), by=world.claire)
    await world.gateway.ask(
        DeclineMandate(mandate_id=first.mandate_id, reason="Je pars en retraite."),
        actor=Actor(first.person_id, None),
    )
    shown = await world.ask(GetMandate(mandate_id=first.mandate_id), world.claire)
    assert shown.state is MandateState.DECLINED
    with pytest.raises(MandateAlreadyAnswered):
        await world.gateway.ask(
            AcceptMandate(mandate_id=first.mandate_id, function="x"), actor=Actor(first.person_id, None)
        )
    second = await invited(world, invitation(world, to=world.association), by=world.claire)
    assert second.person_id == first.person_id


async def test_two_invitations_at_once_make_one_person_and_one_mandate(world: World) -> None:
    outcomes = await asyncio.gather(
        world.ask(invitation(world, to=world.association), world.claire),
        world.ask(invitation(world, to=world.association), world.claire),
        world.ask(invitation(world, to=world.association), world.odile),
        return_exceptions=True,
    )
    assert sorted(type(it).__name__ for it in outcomes) == ["AlreadyReferent", "AlreadyReferent", "Done"]
    mandates = (await world.ask(ListMandates(convention_id=world.convention), world.odile)).mandates
    assert [it.state for it in mandates] == [MandateState.PROPOSED]


async def test_two_who_accept_at_once_are_not_both_the_first(world: World) -> None:
    newcomers = OrganizationId(new_id())
    await world.operator.ask(registering(newcomers))
    mandates = [
        await invited(
            world,
            invitation(
                world,
                to=newcomers,
                convention_id=await drafted_with(world, newcomers),
                email=f"{name}@example.org",
            ),
            by=world.claire,
        )
        for name in ("one", "two", "three")
    ]
    await asyncio.gather(
        *(
            world.gateway.ask(
                AcceptMandate(mandate_id=it.mandate_id, function="membre", declares_signing_authority=True),
                actor=Actor(it.person_id, None),
                timeout_seconds=10,
            )
            for it in mandates
        )
    )
    people = [await world.gateway.ask(GetMyself(), actor=Actor(it.person_id, None)) for it in mandates]
    assert sum(it.affiliations[0].administrator for it in people) == 1
    assert sum(it.affiliations[0].signatory for it in people) == 1
