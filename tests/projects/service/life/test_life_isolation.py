"""What becomes of a convention is its parties' alone: by requests, and in the database itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import ConventionId, DepartureId, SuspensionId, TerminationId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects import leaving, life, taking_back
from shared.contracts.projects.events import ClosingStep
from shared.contracts.projects.leaving import LeaveConvention
from shared.contracts.projects.life import (
    CompleteClosingStep,
    DecideRenewal,
    GetConventionLife,
    LiftSuspension,
    SuspendConvention,
    TerminateConvention,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.taking_back import WithdrawTermination
from shared.kit.database import connected, transaction
from tests.projects.service.world import TODAY, World
from tests.support.servers import FreshDatabase

REQUESTS: dict[str, Callable[[ConventionId], Request[Any]]] = {
    "SuspendConvention": lambda it: SuspendConvention(
        convention_id=it, suspension_id=SuspensionId(new_id()), reason="Travaux."
    ),
    "LiftSuspension": lambda it: LiftSuspension(convention_id=it, suspension_id=SuspensionId(new_id())),
    "TerminateConvention": lambda it: TerminateConvention(
        convention_id=it,
        termination_id=TerminationId(new_id()),
        effective_on=TODAY + timedelta(days=200),
        reason="Fin.",
    ),
    "DecideRenewal": lambda it: DecideRenewal(convention_id=it, ends_on=TODAY, agrees=False),
    "CompleteClosingStep": lambda it: CompleteClosingStep(convention_id=it, step=ClosingStep.SHARE_RESULTS),
    "LeaveConvention": lambda it: LeaveConvention(
        convention_id=it,
        departure_id=DepartureId(new_id()),
        effective_on=TODAY + timedelta(days=200),
        reason="Départ.",
    ),
    "WithdrawTermination": lambda it: WithdrawTermination(
        convention_id=it, termination_id=TerminationId(new_id())
    ),
    "GetConventionLife": lambda it: GetConventionLife(convention_id=it),
}
TABLES = (
    "convention_suspensions",
    "convention_terminations",
    "convention_closing_steps",
    "convention_renewals_told",
    "convention_renewal_decisions",
)


def test_every_request_is_tried_here() -> None:
    assert REQUESTS.keys() == {
        name
        for module in (leaving, life, taking_back)
        for name, it in vars(module).items()
        if isinstance(it, type)
        and issubclass(it, Request)
        and it.__module__ == module.__name__
        and hasattr(it, "subject")
    }


async def test_a_third_organisation_gets_the_answer_of_what_does_not_exist(world: World) -> None:
    await world.activate()
    for name, request in REQUESTS.items():
        for about in (request(world.convention), request(ConventionId(new_id()))):
            with pytest.raises(ConventionNotFound) as caught:
                await world.ask(about, world.yann)
            assert caught.value.fields == {}, name


async def test_rows_are_hidden_from_others_and_written_for_oneself_only(
    world: World, projects: FreshDatabase
) -> None:
    await world.activate()
    seen = await world.ask(GetConventionLife(convention_id=world.convention), world.odile)
    assert seen.renewal is not None
    async with connected(projects.url) as database:
        assert await let_happen(database, seen.renewal.due_on) == 1
        await world.ask(
            DecideRenewal(convention_id=world.convention, ends_on=seen.ends_on, agrees=False), world.odile
        )
        for name in ("SuspendConvention", "TerminateConvention", "CompleteClosingStep"):
            await world.ask(REQUESTS[name](world.convention), world.odile)
        for table in TABLES:
            async with transaction(database, actor=world.claire.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 1, table
            async with transaction(database, actor=world.yann.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0, table
            assert await database.pool.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        for organization, person in (
            (world.association, world.odile.person_id),
            (world.hospital, world.odile.person_id),
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=world.claire.actor) as tx:
                    await tx.execute(
                        "INSERT INTO convention_closing_steps VALUES ($1, $2, 'share_results', $3, now())",
                        world.convention,
                        organization,
                        person,
                    )
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=world.claire.actor) as tx:
                    await tx.execute(
                        "INSERT INTO convention_renewal_decisions VALUES ($1, $2, $3, $4, true, 'password', now())",
                        world.convention,
                        seen.ends_on,
                        organization,
                        person,
                    )
        async with transaction(database, actor=world.claire.actor) as tx:
            # The other party's suspension is not hers to lift.
            assert await tx.execute("UPDATE convention_suspensions SET lifted_at = now()") == "UPDATE 0"
