"""A third organisation sees, guesses and changes nothing; and the database alone would already refuse."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.contracts.contacts.commands import (
    AcceptMandate,
    DeclineMandate,
    GrantSigningAuthority,
    InviteReferent,
    NameReferent,
)
from shared.contracts.contacts.queries import GetMandate, ListMandates, NamePeople
from shared.contracts.identifiers import ConventionId, MandateId, PersonId, new_id
from shared.contracts.messages import Request
from shared.contracts.refusals import Refusal
from tests.contacts.service.conftest import Member, World
from tests.support.servers import FreshDatabase

PROTECTED = ("organization", "person", "affiliation", "mandate")


@pytest.fixture
async def connection(contacts: FreshDatabase) -> AsyncGenerator[Any]:
    """A connection of the service's role, past all of its code."""
    connection = await asyncpg.connect(contacts.url)
    yield connection
    await connection.close()


async def mandate_of(world: World) -> MandateId:
    mandate_id = MandateId(new_id())
    await world.ask(
        NameReferent(mandate_id=mandate_id, convention_id=world.convention, person_id=world.karim.person_id),
        world.claire,
    )
    return mandate_id


def requests_about(
    world: World, convention_id: ConventionId, mandate_id: MandateId, person_id: PersonId
) -> tuple[Request[Any], ...]:
    """Every request that names something of a partnership."""
    return (
        ListMandates(convention_id=convention_id),
        GetMandate(mandate_id=mandate_id),
        AcceptMandate(mandate_id=mandate_id, function="membre"),
        DeclineMandate(mandate_id=mandate_id),
        NameReferent(
            mandate_id=MandateId(new_id()), convention_id=convention_id, person_id=world.yann.person_id
        ),
        InviteReferent(
            mandate_id=MandateId(new_id()),
            convention_id=convention_id,
            organization_id=world.association,
            given_name="A",
            family_name="B",
            email="somebody@example.org",
        ),
        GrantSigningAuthority(person_id=person_id),
        NamePeople(person_ids=(person_id,)),
    )


async def answer(world: World, request: Request[Any], member: Member) -> str:
    try:
        return (await world.ask(request, member)).model_dump_json()
    except Refusal as refusal:
        return f"{refusal.code} {refusal.fields}"


async def test_what_is_others_looks_like_what_does_not_exist(world: World) -> None:
    mandate_id = await mandate_of(world)
    others = requests_about(world, world.convention, mandate_id, world.karim.person_id)
    unknown = requests_about(world, ConventionId(new_id()), MandateId(new_id()), PersonId(new_id()))
    for about_others, about_nothing in zip(others, unknown, strict=True):
        told = await answer(world, about_others, world.yann)
        assert told == await answer(world, about_nothing, world.yann), type(about_others).__name__


async def act_for(connection: Any, member: Member | None) -> None:
    """Set what the service sets for a request; nothing for None."""
    if member is not None:
        await connection.execute(
            "SELECT set_config('entente.role', 'person', true), set_config('entente.person', $1, true),"
            " set_config('entente.organization', $2, true)",
            str(member.person_id),
            str(member.organization_id),
        )


async def visible(connection: Any, member: Member | None) -> dict[str, set[UUID]]:
    """Everything that the database shows."""
    async with connection.transaction():
        await act_for(connection, member)
        return {
            table: {row[0] for row in await connection.fetch(f"SELECT * FROM {table}")} for table in PROTECTED
        }


async def test_who_left_is_answered_as_a_stranger(world: World, contacts: FreshDatabase) -> None:
    mandate_id = await mandate_of(world)
    await world.ask(GetMandate(mandate_id=mandate_id), world.claire)
    admin = await asyncpg.connect(contacts.admin_url)
    await admin.execute(
        "UPDATE affiliation SET ended_at = now() WHERE person_id = $1", world.claire.person_id
    )
    await admin.close()
    nowhere = requests_about(world, ConventionId(new_id()), MandateId(new_id()), PersonId(new_id()))
    here = requests_about(world, world.convention, mandate_id, world.karim.person_id)
    for theirs, nobodys in zip(here, nowhere, strict=True):
        assert await answer(world, theirs, world.claire) == await answer(world, nobodys, world.claire)


async def test_without_an_actor_the_database_shows_nothing(world: World, connection: Any) -> None:
    await mandate_of(world)
    assert await visible(connection, None) == {table: set() for table in PROTECTED}


async def test_the_database_shows_each_only_her_part(world: World, connection: Any) -> None:
    mandate_id = await mandate_of(world)
    partners = {world.claire.person_id, world.karim.person_id, world.odile.person_id}
    for member in (world.claire, world.odile):
        seen = await visible(connection, member)
        assert seen["person"] == partners
        assert seen["mandate"] == {mandate_id}
        assert len(seen["affiliation"]) == 3
    stranger = await visible(connection, world.yann)
    assert (stranger["person"], stranger["mandate"]) == ({world.yann.person_id}, set())
    assert len(stranger["affiliation"]) == 1
    # Whoever claims an organisation that she does not belong to gains nothing by it.
    claiming = Member(world.yann.person_id, world.hospital, world.yann.email)
    assert await visible(connection, claiming) == stranger


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE person SET given_name = 'x'",
        "UPDATE affiliation SET signatory = true",
        "UPDATE affiliation SET administrator = true",
        "UPDATE affiliation SET ended_at = now()",
        "UPDATE mandate SET state = 'accepted'",
    ],
)
async def test_the_database_lets_a_stranger_change_nothing_of_others(
    world: World, connection: Any, statement: str
) -> None:
    await mandate_of(world)
    async with connection.transaction():
        await act_for(connection, Member(world.yann.person_id, world.hospital, world.yann.email))
        tag = await connection.execute(statement)
    # Of all people, the stranger herself is the only row that she may change.
    assert tag == ("UPDATE 1" if "person" in statement else "UPDATE 0")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO membership SELECT * FROM membership",
        "UPDATE membership SET administrator = true",
        "DELETE FROM person",
        "DELETE FROM mandate",
        "UPDATE affiliation SET function = 'x'",
        "UPDATE person SET email = 'x@example.org'",
        "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
        "SELECT keep_membership()",
        "DELETE FROM event_log",
    ],
)
async def test_the_service_has_no_right_to_what_it_does_not_do(connection: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(statement)


async def test_nobody_affiliates_herself_without_an_invitation(world: World, connection: Any) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with connection.transaction():
            await act_for(connection, world.yann)
            await connection.execute(
                "INSERT INTO affiliation (person_id, organization_id, function, administrator, signatory, started_at)"
                " VALUES ($1, $2, 'x', true, true, now())",
                world.yann.person_id,
                world.hospital,
            )
