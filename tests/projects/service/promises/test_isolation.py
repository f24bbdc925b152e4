"""What a convention promises is its parties' alone: by requests, and in the database itself."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from shared.contracts.identifiers import ConventionId, ObligationId, new_id
from shared.contracts.messages import Request
from shared.contracts.projects import promises
from shared.contracts.projects.promises import ContestObligation, GetPromises, KeepObligation, ObligationKind
from shared.contracts.projects.queries import NameSubjects
from shared.contracts.projects.refusals import ConventionNotFound
from shared.kit.database import connected, transaction
from tests.projects.service.collaboration import TODAY
from tests.projects.service.promises.conftest import Promising
from tests.support.servers import FreshDatabase

REQUESTS: dict[str, Callable[[ConventionId, ObligationId], Request[Any]]] = {
    "KeepObligation": lambda it, one: KeepObligation(convention_id=it, obligation_id=one, kept_on=TODAY),
    "ContestObligation": lambda it, one: ContestObligation(
        convention_id=it, obligation_id=one, remark="Non."
    ),
    "GetPromises": lambda it, _one: GetPromises(convention_id=it),
}
TABLES = ("promises", "obligations", "obligation_words")


def test_every_request_is_tried_here() -> None:
    assert REQUESTS.keys() == {
        name
        for name, it in vars(promises).items()
        if isinstance(it, type)
        and issubclass(it, Request)
        and it.__module__ == promises.__name__
        and hasattr(it, "subject")
    }


async def test_a_third_organisation_gets_the_answer_of_what_does_not_exist(promising: Promising) -> None:
    [training, _] = await promising.of_kind(ObligationKind.MEANS)
    for name, request in REQUESTS.items():
        for about in (
            request(promising.convention, training.obligation_id),
            request(ConventionId(new_id()), training.obligation_id),
        ):
            with pytest.raises(ConventionNotFound) as caught:
                await promising.ask(about, promising.yann)
            assert caught.value.fields == {}, name
    named = await promising.ask(NameSubjects(ids=(training.obligation_id,)), promising.yann)
    assert named.titles == {}


async def test_rows_are_hidden_from_others_and_written_for_oneself_only(
    promising: Promising, projects: FreshDatabase
) -> None:
    [training, _] = await promising.of_kind(ObligationKind.MEANS)
    await promising.ask(promising.to_keep(training), promising.odile)
    async with connected(projects.url) as database:
        for table in TABLES:
            async with transaction(database, actor=promising.claire.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") > 0, table
            async with transaction(database, actor=promising.yann.actor) as tx:
                assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0, table
            assert await database.pool.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        for organization, person in (
            (promising.association, promising.odile.person_id),
            (promising.hospital, promising.odile.person_id),
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with transaction(database, actor=promising.claire.actor) as tx:
                    await tx.execute(
                        "INSERT INTO obligation_words VALUES ($1, $2, $3, 9, $4, now()::date, NULL, now())",
                        promising.convention,
                        training.obligation_id,
                        organization,
                        person,
                    )
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(database, actor=promising.claire.actor) as tx:
                # Days are the calendar's to make.
                await tx.execute(
                    """
                    INSERT INTO obligations (convention_id, obligation_id, kind, title, begins_on, due_on, promised_for)
                    VALUES ($1, gen_random_uuid(), 'means', 'Une somme', now(), now(), now())
                    """,
                    promising.convention,
                )
