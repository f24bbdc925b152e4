"""Articles added and taken back on the running service."""

import pytest

from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.projects.commands import AcceptClause, AddClause, ProposeClause, WithdrawClause
from shared.contracts.projects.queries import ListLibraryClauses
from shared.contracts.projects.refusals import ClauseStays, IdentifierTaken, NotAReferent
from tests.projects.service.world import World, numbered


async def test_an_article_of_the_library_is_added_and_taken_back(world: World) -> None:
    await world.negotiate()
    library = (await world.ask(ListLibraryClauses(), world.odile)).clauses
    insurance = next(it for it in library if it.name == "insurance")
    order = AddClause(
        convention_id=world.convention,
        clause_id=ClauseId(new_id()),
        title=insurance.title,
        text=insurance.text,
    )
    with pytest.raises(NotAReferent):
        await world.ask(order, world.karim)
    assert await world.ask(order, world.odile) == await world.ask(order, world.odile)
    added = (await world.get()).clauses[-1]
    assert (added.number, added.title, added.accepted_by) == (12, insurance.title, (world.association,))
    assert not added.may_withdraw
    assert (await world.get(world.odile)).clauses[-1].may_withdraw

    withdrawal = WithdrawClause(convention_id=world.convention, clause_id=order.clause_id, revision=1)
    with pytest.raises(ClauseStays):
        await world.ask(withdrawal, world.claire)
    await world.ask(withdrawal, world.odile)
    assert len((await world.get()).clauses) == 12
    # What was taken back keeps its identifier; the place is free again.
    with pytest.raises(IdentifierTaken):
        await world.ask(order, world.odile)
    again = order.model_copy(update={"clause_id": ClauseId(new_id())})
    await world.ask(again, world.odile)
    accept = AcceptClause(convention_id=world.convention, clause_id=again.clause_id, revision=1)
    await world.ask(accept, world.claire)
    agreed = (await world.get(world.odile)).clauses[-1]
    assert (agreed.number, agreed.agreed, agreed.may_withdraw) == (12, True, False)

    reworded = ProposeClause(
        convention_id=world.convention, clause_id=again.clause_id, revision=1, text="Autrement dit."
    )
    await world.ask(reworded, world.odile)
    assert not (await world.get(world.odile)).clauses[-1].may_withdraw
    with pytest.raises(ClauseStays):
        await world.ask(
            withdrawal.model_copy(update={"clause_id": again.clause_id, "revision": 2}), world.odile
        )


async def test_an_article_of_the_model_that_no_law_requires_is_taken_out(world: World) -> None:
    await world.ask(world.to_draft().model_copy(update={"template": "partnership"}), world.claire)
    drafted = await world.get()
    assert [it.may_withdraw for it in drafted.clauses] == [False] + [True] * 10
    first = numbered(drafted, 1)
    out = WithdrawClause(convention_id=world.convention, clause_id=first.clause_id, revision=1)
    await world.ask(out, world.claire)
    await world.appoint(world.odile)
    await world.appoint(world.claire)
    shown = await world.get(world.odile)
    assert [it.number for it in shown.clauses] == [0, *range(2, 11)]
    assert not any(it.may_withdraw for it in shown.clauses)
    with pytest.raises(ClauseStays):
        await world.ask(out.model_copy(update={"clause_id": numbered(shown, 2).clause_id}), world.odile)


async def test_what_the_law_requires_stays(world: World) -> None:
    drafted = await world.draft()
    assert not any(it.may_withdraw for it in drafted.clauses)
    required = numbered(drafted, 1)
    with pytest.raises(ClauseStays):
        await world.ask(
            WithdrawClause(convention_id=world.convention, clause_id=required.clause_id, revision=1),
            world.claire,
        )
