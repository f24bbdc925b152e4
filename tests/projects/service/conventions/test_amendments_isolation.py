"""What one may not see of an amendment looks like what does not exist, by requests and in the database itself."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from shared.contracts.identifiers import ConventionId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects.amendments import (
    AbandonAmendment,
    CompareAmendment,
    ListAmendments,
    ProposeAmendment,
)
from shared.contracts.projects.life import GetConventionLife
from shared.contracts.projects.queries import (
    GetConvention,
)
from shared.contracts.projects.refusals import (
    ConventionNotFound,
    IdentifierTaken,
    NotAReferent,
)
from shared.contracts.projects.rooms import ListRooms
from shared.kit.database import connected, transaction
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.conventions.amending import amend, to_amend
from tests.projects.service.world import Member, numbered
from tests.support.servers import FreshDatabase

_FORGED_AMENDMENT = """
INSERT INTO conventions (convention_id, version, state, title, aim, template, regime, drafted_by, drafted_by_person,
                         drafted_at, starts_on, ends_on, changed_at, terms_accepted_by, amends, amendment_number,
                         base_hash, base_ends_on)
VALUES (gen_random_uuid(), 1, 'negotiating', 'x', 'x', 'x', 'x', $1::uuid, $2, now(), '2030-01-01', '2031-01-01', now(),
        ARRAY[$1::uuid], $3, 9, repeat('a', 64), '2031-01-01')
"""


REQUESTS: dict[str, Callable[[ConventionId], Request[Any]]] = {
    "GetConvention": lambda it: GetConvention(convention_id=it),
    "ListAmendments": lambda it: ListAmendments(convention_id=it),
    "CompareAmendment": lambda it: CompareAmendment(convention_id=it),
    "AbandonAmendment": lambda it: AbandonAmendment(convention_id=it, reason="Non."),
    "ProposeAmendment": lambda it: ProposeAmendment(
        convention_id=it, amendment_id=ConventionId(new_id()), title="Avenant", reason="Changer."
    ),
}


async def test_a_third_organisation_and_nobody_at_all_get_the_same_answer(active: Collaboration) -> None:
    amending = await amend(active)
    for name, request in REQUESTS.items():
        for about in (active.convention, amending.id, ConventionId(new_id())):
            with pytest.raises(ConventionNotFound) as caught:
                await active.ask(request(about), active.yann)
            assert caught.value.fields == {}, name
    with pytest.raises(IdentifierTaken):
        await active.ask(to_amend(active, amendment_id=active.convention), active.odile)


async def test_who_is_no_referent_begins_none(active: Collaboration) -> None:
    for member in (active.hugo, active.karim):
        with pytest.raises(NotAReferent):
            await amend(active, member)


async def test_an_amendment_has_no_life_and_no_rooms_of_its_own(active: Collaboration) -> None:
    amending = await amend(active)
    with pytest.raises(ConventionNotFound):
        await active.ask(GetConventionLife(convention_id=amending.id), active.claire)
    with pytest.raises(ConventionNotFound):
        await active.ask(ListRooms(convention_id=amending.id), active.claire)


async def test_the_policies_let_nobody_write_what_no_amendment_brings(
    active: Collaboration, projects: FreshDatabase
) -> None:
    amending = await amend(active)
    await amending.reword()
    await amending.conclude()
    clause = numbered(await active.get(), 1)
    forged = (clause.clause_id, active.convention, active.association, active.odile.person_id)
    attempts: list[tuple[Member, str, tuple[Any, ...]]] = [
        (
            active.claire,
            "INSERT INTO clause_revisions VALUES ($1, 99, $2, 1, 'pour elle', $3, $4, now())",
            forged,
        ),
        (
            active.yann,
            _FORGED_AMENDMENT,
            (active.outsider, active.yann.person_id, active.convention),
        ),
    ]
    async with connected(projects.url) as database:
        for member, statement, values in attempts:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=member.actor) as tx:
                    await tx.execute(statement, *values)
        async with transaction(database, actor=active.yann.actor) as tx:
            assert await tx.fetchval("SELECT count(*) FROM conventions") == 0
            assert await tx.fetchval("SELECT count(*) FROM amendment_abandonments") == 0
