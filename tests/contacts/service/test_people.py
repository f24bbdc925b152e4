"""People: enrolled by an operator, seen by those who may, and signing when an administrator says so."""

import asyncio

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import EnrollPerson, GrantSigningAuthority, RevokeSigningAuthority
from shared.contracts.contacts.queries import (
    GetMyself,
    GetOrganization,
    GetOwnAffiliations,
    ListMembers,
    NameForNotice,
    NamePeople,
)
from shared.contracts.contacts.refusals import (
    AddressTaken,
    NotAMember,
    NotAnAdministrator,
    OrganizationNotFound,
    PersonNotFound,
)
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.refusals import InvalidRequest, NotSignedIn
from tests.contacts.service.conftest import Member, World


def enrolling(world: World, **given: object) -> EnrollPerson:
    return EnrollPerson.model_validate(
        {
            "person_id": PersonId(new_id()),
            "given_name": "Nadia",
            "family_name": "Roux",
            "email": "nadia.roux@example.org",
            "organization_id": world.hospital,
            "function": "cadre de santé",
        }
        | given
    )


async def test_enrolling_twice_changes_nothing(world: World) -> None:
    command = enrolling(world)
    assert await world.operator.ask(command) == await world.operator.ask(command)
    changed = command.model_copy(update={"given_name": "Autre", "function": "autre"})
    assert (await world.operator.ask(changed)).version == 2
    me = await world.operator.ask(GetOwnAffiliations(person_id=command.person_id))
    assert (me.given_name, [it.function for it in me.affiliations]) == ("Nadia", ["cadre de santé"])


async def test_somebody_may_belong_to_two_organisations(world: World) -> None:
    command = enrolling(world)
    await world.operator.ask(command)
    await world.operator.ask(command.model_copy(update={"organization_id": world.outsider}))
    me = await world.gateway.ask(GetMyself(), actor=Actor(command.person_id, None))
    assert [it.organization_name for it in me.affiliations] == ["CH DE BELLERIVE", "Les Passeurs de mots"]


async def test_an_address_belongs_to_one_person(world: World) -> None:
    with pytest.raises(AddressTaken):
        await world.operator.ask(enrolling(world, email=world.claire.email.upper()))
    with pytest.raises(AddressTaken):
        await world.operator.ask(enrolling(world, person_id=world.claire.person_id))
    two = [enrolling(world), enrolling(world)]
    outcomes = await asyncio.gather(*(world.operator.ask(it) for it in two), return_exceptions=True)
    assert sorted(type(it).__name__ for it in outcomes) == ["AddressTaken", "Done"]


async def test_enrolling_needs_an_organisation_of_the_directory(world: World) -> None:
    with pytest.raises(OrganizationNotFound):
        await world.operator.ask(enrolling(world, organization_id=OrganizationId(new_id())))


async def test_wrong_fields_are_named_all_at_once(world: World) -> None:
    command = enrolling(world).model_copy(update={"email": "nobody", "given_name": " "})
    with pytest.raises(InvalidRequest) as refused:
        await world.operator.ask(command)
    assert {it["field"] for it in refused.value.fields["problems"]} == {"email", "given_name"}


async def test_a_request_of_people_needs_an_actor(world: World) -> None:
    for request in (GetMyself(), ListMembers(), GetOrganization(organization_id=world.hospital)):
        with pytest.raises(NotSignedIn):
            await world.gateway.ask(request)


async def test_members_are_seen_by_members(world: World) -> None:
    members = await world.ask(ListMembers(), world.karim)
    assert [(it.family_name, it.signatory) for it in members.members] == [
        ("Benali", False),
        ("Vasseur", True),
    ]
    assert not members.may_administer
    assert (await world.ask(ListMembers(), world.claire)).may_administer
    with pytest.raises(NotAMember):
        await world.ask(ListMembers(), Member(world.yann.person_id, world.hospital, world.yann.email))
    with pytest.raises(NotAMember):
        await world.gateway.ask(ListMembers(), actor=Actor(world.claire.person_id, None))


async def test_an_administrator_grants_and_revokes_signing_authority(world: World) -> None:
    grant = GrantSigningAuthority(person_id=world.karim.person_id)
    revoke = RevokeSigningAuthority(person_id=world.karim.person_id)
    versions = [(await world.ask(it, world.claire)).version for it in (grant, grant, revoke, revoke, grant)]
    assert versions == [3, 3, 4, 4, 5]
    [affiliation] = (await world.ask(GetMyself(), world.karim)).affiliations
    assert affiliation.signatory


async def test_nobody_else_grants_signing_authority(world: World) -> None:
    for command in (
        GrantSigningAuthority(person_id=world.karim.person_id),
        RevokeSigningAuthority(person_id=world.claire.person_id),
    ):
        with pytest.raises(NotAnAdministrator):
            await world.ask(command, world.karim)
        with pytest.raises(NotAMember):
            await world.ask(command, world.odile)
        with pytest.raises(NotAMember):
            await world.ask(command, Member(world.yann.person_id, world.hospital, world.yann.email))
    with pytest.raises(NotAMember):
        await world.ask(GrantSigningAuthority(person_id=PersonId(new_id())), world.claire)


async def test_names_are_told_to_colleagues_and_partners_only(world: World) -> None:
    everybody = NamePeople(
        person_ids=(
            world.claire.person_id,
            world.karim.person_id,
            world.odile.person_id,
            world.yann.person_id,
            PersonId(new_id()),
        )
    )

    async def told(member: Member) -> set[str]:
        return {it.given_name for it in (await world.ask(everybody, member)).people}

    assert await told(world.claire) == {"Claire", "Karim", "Odile"}
    assert await told(world.odile) == {"Claire", "Karim", "Odile"}
    assert await told(world.yann) == {"Yann"}
    assert await told(Member(world.yann.person_id, world.hospital, world.yann.email)) == {"Yann"}


async def test_a_partner_that_does_not_read_yet_is_not_named(empty_world: World) -> None:
    await empty_world.settle()
    await empty_world.draft()
    query = NamePeople(person_ids=(empty_world.claire.person_id, empty_world.odile.person_id))
    for member in (empty_world.claire, empty_world.odile):
        people = (await empty_world.ask(query, member)).people
        assert [it.person_id for it in people] == [member.person_id]


async def test_a_service_is_told_an_address_at_the_moment_of_sending(world: World) -> None:
    names = await world.operator.ask(
        NameForNotice(recipient=world.odile.person_id, convention_id=world.convention)
    )
    assert (names.recipient.email, names.recipient.language) == ("odile.marchand@example.org", "fr")
    with pytest.raises(PersonNotFound):
        await world.operator.ask(NameForNotice(recipient=PersonId(new_id()), convention_id=world.convention))
    with pytest.raises(PersonNotFound):
        await world.gateway.ask(GetMyself(), actor=Actor(PersonId(new_id()), None))


async def test_a_notice_names_those_who_take_part_and_nobody_else(world: World) -> None:
    names = await world.operator.ask(
        NameForNotice(
            recipient=world.odile.person_id,
            convention_id=world.convention,
            person_ids=(world.claire.person_id, world.odile.person_id, world.yann.person_id),
            organization_ids=(world.hospital, world.association, world.outsider),
        )
    )
    assert {it.given_name for it in names.people} == {"Claire", "Odile"}
    assert {it.organization_id for it in names.organizations} == {world.hospital, world.association}


async def test_a_notice_about_no_convention_names_organisations_and_no_people(world: World) -> None:
    names = await world.operator.ask(
        NameForNotice(
            recipient=world.odile.person_id,
            convention_id=None,
            person_ids=(world.claire.person_id,),
            organization_ids=(world.hospital, world.outsider),
        )
    )
    assert names.people == ()
    assert {it.organization_id for it in names.organizations} == {world.hospital, world.outsider}
