"""Ten thousand conventions of the same two sides, one of them with a hundred clauses in fifty versions.

Each figure is the time that whoever asks the service waits, over NATS, one question after another.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from deploy.seal_key import make_seal_key
from services.projects.app import running
from services.projects.settings import ProjectsSettings
from services.web.documents.printing import PrintedClause, Printer
from services.web.documents.seal_key import SealKey
from shared.contracts.identifiers import ConventionId
from shared.contracts.messages import Request
from shared.contracts.projects.commands import SealConvention
from shared.contracts.projects.comparisons import CompareClause, CompareConvention, ListTextVersions
from shared.contracts.projects.queries import (
    ConventionView,
    GetClauseHistory,
    GetConvention,
    GetHome,
    ListConventions,
)
from shared.kit.asking import Asker
from shared.kit.service import connected_client
from tests.benchmarks.figures import Figure, at_most, quantile
from tests.projects.service.volume.many_conventions import multiply, widen
from tests.projects.service.world import SIGN_BEFORE, World
from tests.support.foreign import ForeignService
from tests.support.servers import FreshDatabase, NatsForTests, PostgresForTests, data_folder
from tests.web.documents import printed

CONVENTIONS = 10_000
CLAUSES, VERSIONS = 100, 50
WARM_UP, ROUNDS = 20, 300


def measure(_seconds: float) -> list[Figure]:
    """Fill projects, then ask it as the pages do."""
    with (
        data_folder() as data,
        _servers(data) as (postgres, nats),
    ):
        return asyncio.run(_measure(postgres.create("projects"), nats, data))


@contextmanager
def _servers(data: Path) -> Generator[tuple[PostgresForTests, NatsForTests]]:
    postgres, nats = PostgresForTests(data, sync=True), NatsForTests(data)
    try:
        postgres.start()
        nats.start()
        yield postgres, nats
    finally:
        nats.stop()
        postgres.stop()


async def _measure(database: FreshDatabase, nats: NatsForTests, data: Path) -> list[Figure]:
    await nats.recreate_streams()
    settings = ProjectsSettings(data=data, postgres_url=database.url, nats_url=nats.url("projects"))
    async with (
        running(settings),
        connected_client(nats.url("web"), service="web") as web,
        connected_client(nats.operator_url, service="operator") as operator,
    ):
        world = World(Asker(web), ForeignService(operator))
        await world.settle()
        convention = await world.agree()
        look = await asyncpg.connect(database.admin_url)
        try:
            await multiply(look, world.convention, CONVENTIONS)
            large = await look.fetchval(
                "SELECT convention_id FROM conventions WHERE state = 'negotiating' AND convention_id <> $1 LIMIT 1",
                world.convention,
            )
            await widen(look, large, clauses=CLAUSES, versions=VERSIONS)
        finally:
            await look.close()
        return await _figures(world, ConventionId(large), convention.version)


async def _figures(world: World, large: ConventionId, version: int) -> list[Figure]:
    shown = await world.gateway.ask(GetConvention(convention_id=large), actor=world.claire.actor)
    assert len(shown.clauses) == CLAUSES
    clause_id = shown.clauses[CLAUSES // 2].clause_id
    second = await world.ask(ListConventions(limit=50), world.claire)
    questions: dict[str, Request[Any]] = {
        "list, first page": ListConventions(limit=50),
        "list, a later page": ListConventions(limit=50, before=second.next_before),
        "list, searched": ListConventions(words="thérapeutique valfleury", limit=50),
        "open, 100 clauses in 50 versions": GetConvention(convention_id=large),
        "versions of a clause": GetClauseHistory(convention_id=large, clause_id=clause_id),
        "difference, 50 versions of a clause written in turns": CompareClause(
            convention_id=large, clause_id=clause_id, before=1, after=VERSIONS
        ),
        "difference of 100 clauses, the first page": CompareConvention(
            convention_id=large, before=shown.version - VERSIONS, after=shown.version
        ),
        "versions of the text": ListTextVersions(convention_id=large),
        "home": GetHome(),
    }
    figures = [
        Figure(
            f"10,000 conventions: {name}, p99",
            await _p99(lambda it=it: world.ask(it, world.claire)),
            "ms",
            goal=at_most(50),
        )
        for name, it in questions.items()
    ]
    seal = SealConvention(convention_id=world.convention, version=version, sign_before=SIGN_BEFORE)
    begun = time.perf_counter()
    await world.ask(seal, world.claire)
    figures.append(Figure("sealing", 1000 * (time.perf_counter() - begun), "ms", goal=at_most(20)))
    return [
        *figures,
        Figure("PDF, sealed, 100 clauses, p99", await _printing(shown), "ms", goal=at_most(300)),
    ]


async def _printing(shown: ConventionView) -> float:
    printer = Printer(SealKey(make_seal_key().encode()))
    document = printed.convention(
        clauses=[PrintedClause(it.number, it.title, it.text) for it in shown.clauses]
    )
    return await _p99(
        lambda: printer.print_convention(document, printed.SIGNED_AT, printed.attached()), rounds=30
    )


async def _p99(ask: Callable[[], Awaitable[object]], *, rounds: int = ROUNDS) -> float:
    taken: list[float] = []
    warm_up = min(WARM_UP, rounds)
    for number in range(warm_up + rounds):
        begun = time.perf_counter()
        await ask()
        if number >= warm_up:
            taken.append(1000 * (time.perf_counter() - begun))
    return quantile(taken, 0.99)
