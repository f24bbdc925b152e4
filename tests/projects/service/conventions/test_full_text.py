"""A convention that is as long as one may be can still be opened, compared and sealed."""

import pytest

from shared.contracts.identifiers import ClauseId, CommentId, new_id
from shared.contracts.projects.commands import AddClause, AddComment, ReadConvention
from shared.contracts.projects.comparisons import CompareConvention
from shared.contracts.projects.queries import GetClauseHistory
from shared.contracts.projects.refusals import TextTooLong
from tests.projects.service.world import World, numbered


async def test_a_full_text_with_all_that_was_said_of_it_fits_into_one_answer(world: World) -> None:
    convention = await world.negotiate()
    with pytest.raises(TextTooLong):
        while True:
            await world.ask(
                AddClause(
                    convention_id=world.convention,
                    clause_id=ClauseId(new_id()),
                    title="Article",
                    text="漢" * 20_000,
                ),
                world.odile,
            )
    full = await world.get()
    await world.ask(ReadConvention(convention_id=world.convention, version=full.version), world.claire)
    # Every text changes: each is told as it stands and as it was read.
    for clause in full.clauses[12:]:
        await world.propose(clause, "字" * 20_000, world.odile)
    for _ in range(60):
        await world.ask(
            AddComment(convention_id=world.convention, comment_id=CommentId(new_id()), text="“" * 2_000),
            world.odile,
        )
    seen = await world.get(world.claire)
    assert sum(it.text_before is not None for it in seen.clauses) == len(full.clauses) - 12
    # The latest of what was said; the older ones stay in the timeline.
    assert 10 < len(seen.comments) < 60
    told = await world.ask(
        CompareConvention(convention_id=world.convention, before=full.version), world.claire
    )
    assert told.changed == len(full.clauses) - 12

    article = numbered(convention, 4)
    for turn in range(16):
        revision = numbered(await world.get(), 4)
        await world.propose(revision, f"{turn} " + "é" * 15_000, world.claire)
    history = await world.ask(
        GetClauseHistory(convention_id=world.convention, clause_id=article.clause_id), world.claire
    )
    assert history.revisions[0].revision == 17
