"""An article in force that an amendment takes out of the text, on the running service."""

from shared.contracts.identifiers import ClauseId, new_id
from shared.contracts.projects.commands import AddClause, WithdrawClause
from shared.contracts.projects.comparisons import CompareConvention
from shared.contracts.projects.queries import GetSealedText, GetTimeline
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.conventions.amending import amend, compared


async def test_an_article_that_the_regime_does_not_require_leaves_the_text_by_an_amendment(
    active: Collaboration,
) -> None:
    first = await amend(active)
    added = AddClause(
        convention_id=first.id, clause_id=ClauseId(new_id()), title="Stationnement", text="Une place."
    )
    await active.ask(added, active.odile)
    await first.conclude()
    standing = (await active.get()).clauses[-1]
    second = await amend(active, title="Avenant n° 2")
    going = (await second.get()).clauses[-1]
    assert going.may_withdraw
    assert not any(it.may_withdraw for it in (await second.get()).clauses[:-1])
    withdraw = WithdrawClause(convention_id=second.id, clause_id=going.clause_id, revision=1)
    await active.ask(withdraw, active.claire)
    await active.ask(withdraw, active.claire)
    view = (await second.get(active.odile)).clauses[-1]
    assert (view.withdrawn, view.agreed, view.text) == (True, False, "Une place.")
    changes = await compared(second)
    assert (changes.withdrawn, [it.text for it in changes.clauses]) == ((going.clause_id,), ["Une place."])
    compared_texts = await active.ask(CompareConvention(convention_id=second.id, before=1), active.odile)
    [gone] = compared_texts.clauses
    assert (gone.number, gone.revision_after, gone.by) == (standing.number, None, (active.hospital,))
    told = (await active.ask(GetTimeline(convention_id=active.convention), active.odile)).entries
    assert [it.clause_number for it in told if it.withdrawn] == [standing.number]
    assert (await active.get()).clauses[-1].clause_id == standing.clause_id, "the text in force stays"

    await second.conclude()
    text = (await active.ask(GetSealedText(convention_id=second.id), active.odile)).text
    assert f'"withdrawn":[{{"number":{standing.number},"title":"Stationnement"}}]' in text
    assert "Une place." not in text
    assert "Stationnement" not in [it.title for it in (await active.get()).clauses]
    third = await amend(active, title="Avenant n° 3")
    assert "Stationnement" not in [it.title for it in (await third.get()).clauses]
