"""Référents: named, invited, accepted, declined; and every refusal on the way."""

import asyncio

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    InviteReferent,
    NameReferent,
    OrganizationEntry,
    RegisterOrganizations,
)
from shared.contracts.contacts.queries import (
    GetMandate,
    GetMandateForInvitation,
    GetMyself,
    ListMandates,
    ListMyMandates,
    MandateState,
    MandateView,
)
from shared.contracts.contacts.refusals import (
    AddressOfOtherSide,
    AlreadyReferent,
    FunctionMissing,
    MandateAlreadyAnswered,
    MandateNotFound,
    NotAMember,
    NotAParty,
    PartnershipNotKnown,
)
from shared.contracts.identifiers import ConventionId, MandateId, OrganizationId, PersonId, new_id
from shared.contracts.projects.events import ConventionDrafted, PartyOfConvention
from shared.contracts.refusals import Refusal
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


async def test_nobody_answers_for_another(world: World) -> None:
    mandate = await invited(world, invitation(world, to=world.association), by=world.claire)
    for stranger in (world.odile, world.claire, world.yann):
        with pytest.raises(MandateNotFound):
            await world.ask(AcceptMandate(mandate_id=mandate.mandate_id, function="x"), stranger)
        with pytest.raises(MandateNotFound):
            await world.ask(DeclineMandate(mandate_id=mandate.mandate_id), stranger)


async def test_two_invitations_at_once_make_one_person_and_one_mandate(world: World) -> None:
    outcomes = await asyncio.gather(
        world.ask(invitation(world, to=world.association), world.claire),
        world.ask(invitation(world, to=world.association), world.karim),
        world.ask(invitation(world, to=world.association), world.odile),
        return_exceptions=True,
    )
    assert sorted(type(it).__name__ for it in outcomes) == ["AlreadyReferent", "AlreadyReferent", "Done"]
    mandates = (await world.ask(ListMandates(convention_id=world.convention), world.odile)).mandates
    assert [it.state for it in mandates] == [MandateState.PROPOSED]


async def test_two_who_accept_at_once_are_not_both_the_first(world: World) -> None:
    newcomers = OrganizationId(new_id())
    await world.operator.ask(registering(newcomers))
    convention = await drafted_with(world, newcomers)
    mandates = [
        await invited(
            world,
            invitation(world, to=newcomers, convention_id=convention, email=f"{name}@example.org"),
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
