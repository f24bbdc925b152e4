"""The proof can fail: what is lost, repeated or out of order is seen."""

from collections import Counter
from collections.abc import Callable
from uuid import UUID

import asyncpg
import pytest

from shared.contracts.identifiers import new_id
from shared.contracts.projects.events import CommentAdded, MilestonePlanned
from tests.chaos import witness
from tests.chaos.ledger import Ledger, fact
from tests.chaos.verdict import Verdict, _compare
from tests.support.servers import FreshDatabase

HERS, HIS = new_id(), new_id()


@pytest.mark.parametrize(
    ("applied", "repeated", "disordered"),
    [
        ([(HERS, 1), (HIS, 1), (HERS, 2), (HIS, 2)], 0, 0),
        ([(HERS, 1), (HERS, 2), (HERS, 2)], 1, 0),
        ([(HERS, 1), (HERS, 3), (HERS, 4)], 0, 1),
        ([(HERS, 2), (HERS, 1)], 0, 2),
    ],
)
async def test_the_witness_tells_what_was_applied_wrongly(
    database: Callable[[str], FreshDatabase], applied: list[tuple[UUID, int]], repeated: int, disordered: int
) -> None:
    url = database("projects").admin_url
    await witness.install(url)
    connection = await asyncpg.connect(url)
    for aggregate_id, version in applied:
        await connection.execute(
            "INSERT INTO chaos.applied (source, aggregate_id, version, event_id) VALUES ('contacts', $1, $2, $3)",
            aggregate_id,
            version,
            new_id(),
        )
    assert await witness.testify(connection) == (len(applied), repeated, disordered)
    await connection.close()


def test_what_was_acknowledged_and_is_not_logged_is_lost() -> None:
    kept, lost, unknown = (fact(CommentAdded, new_id()) for _ in range(3))
    twice = fact(MilestonePlanned, new_id())
    verdict = Verdict()
    ledger = Ledger(acknowledged={kept, lost, twice}, unanswered={unknown})
    _compare(verdict, ledger, Counter({kept: 1, twice: 2}))
    assert verdict.figures["lost"] == 1
    assert verdict.figures["done twice"] == 1
    assert verdict.figures["acts without an answer"] == 1
    assert verdict.failures == ["lost: 1 ['CommentAdded']", "done twice: 1 ['MilestonePlanned']"]
