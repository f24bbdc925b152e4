"""Clause by clause: two sides, one text, nothing typed is lost."""

import asyncio
from typing import Any

import pytest

from shared.contracts.identifiers import ClauseId, CommentId, new_id
from shared.contracts.projects.commands import (
    AcceptClause,
    AcceptClauses,
    AddComment,
    ClauseAtRevision,
    ProposeClause,
    ReadConvention,
)
from shared.contracts.projects.queries import Act, GetClauseHistory, ListConventions
from shared.contracts.projects.refusals import (
    ClauseChanged,
    ClauseNotFound,
    ClauseUnchanged,
    IdentifierTaken,
    NegotiationNotOpen,
    NotAReferent,
)
from shared.contracts.refusals import InvalidRequest
from tests.projects.service.world import World, as_read, numbered


async def test_a_proposal_changes_the_text_and_waits_for_the_other_side(world: World) -> None:
    clause = numbered(await world.negotiate(), 1)
    await world.propose(clause, "L'établissement forme son personnel chaque année.", world.odile)
    changed = numbered(await world.get(), 1)
    assert changed.text == "L'établissement forme son personnel chaque année."
    assert changed.revision == 2
    assert changed.accepted_by == (world.association,)
    assert (changed.proposed_by, changed.proposed_by_person) == (world.association, world.odile.person_id)
    assert not changed.agreed
    await world.ask(
        AcceptClause(convention_id=world.convention, clause_id=clause.clause_id, revision=2), world.claire
    )
    agreed = numbered(await world.get(), 1)
    assert agreed.agreed
    assert agreed.agreed_at is not None
    assert set(agreed.accepted_by) == {world.hospital, world.association}


async def test_refusals_of_a_proposal(world: World) -> None:
    drafted = await world.draft()
    clause = numbered(drafted, 1)
    with pytest.raises(NotAReferent):
        await world.propose(clause, "Autre texte.", world.karim)
    await world.propose_mandate(world.odile)
    await world.appoint(world.odile)
    with pytest.raises(NegotiationNotOpen) as early:
        await world.propose(clause, "Autre texte.", world.odile)
    assert early.value.fields == {"state": "draft"}
    with pytest.raises(ClauseUnchanged):
        await world.propose(clause, clause.text, world.claire)
    with pytest.raises(ClauseNotFound):
        await world.propose(
            clause.model_copy(update={"clause_id": ClauseId(new_id())}), "Autre texte.", world.claire
        )
    await world.propose(clause, "Autre texte.", world.claire)
    with pytest.raises(ClauseChanged) as late:
        await world.propose(clause, "Encore un autre.", world.claire)
    assert late.value.fields["revision"] == 2
    with pytest.raises(InvalidRequest):
        await world.ask(
            ProposeClause.model_construct(
                convention_id=world.convention, clause_id=clause.clause_id, revision=2, text=" "
            ),
            world.claire,
        )


async def test_of_two_concurrent_edits_exactly_one_wins(world: World, count_events: Any) -> None:
    clause = numbered(await world.negotiate(), 1)
    before = await count_events(world.convention)
    outcomes = await asyncio.gather(
        *(
            world.propose(clause, f"Texte de {who.organization_id}.", who)
            for who in (world.claire, world.odile, world.claire, world.odile)
        ),
        return_exceptions=True,
    )
    won = [it for it in outcomes if it is None]
    lost = [it for it in outcomes if isinstance(it, ClauseChanged)]
    # The same words from the same person are one proposal, however often they come.
    assert (len(won), len(lost)) == (2, 2)
    assert all(it.fields["revision"] == 2 for it in lost)
    assert numbered(await world.get(), 1).revision == 2
    assert await count_events(world.convention) == before + 1


async def test_everything_typed_is_kept(world: World) -> None:
    clause = numbered(await world.negotiate(), 1)
    for revision, (text, who) in enumerate(
        [("Premier texte.", world.claire), ("Second texte.", world.odile), ("Troisième.", world.claire)],
        start=1,
    ):
        await world.propose(clause.model_copy(update={"revision": revision}), text, who)
    history = await world.ask(
        GetClauseHistory(convention_id=world.convention, clause_id=clause.clause_id), world.odile
    )
    assert [(it.revision, it.text) for it in history.revisions] == [
        (4, "Troisième."),
        (3, "Second texte."),
        (2, "Premier texte."),
        (1, clause.text),
    ]
    with pytest.raises(ClauseNotFound):
        await world.ask(
            GetClauseHistory(convention_id=world.convention, clause_id=ClauseId(new_id())), world.odile
        )


async def test_accepting_several_clauses_is_all_or_nothing(world: World) -> None:
    convention = await world.negotiate()
    await world.propose(numbered(convention, 3), "Un nouveau texte.", world.claire)
    with pytest.raises(ClauseChanged) as caught:
        await world.ask(
            AcceptClauses(convention_id=world.convention, clauses=as_read(convention.clauses)), world.odile
        )
    assert caught.value.fields["clause_id"] == str(numbered(convention, 3).clause_id)
    assert not any(world.association in it.accepted_by for it in (await world.get()).clauses)
    with pytest.raises(NotAReferent):
        await world.ask(
            AcceptClauses(convention_id=world.convention, clauses=as_read(convention.clauses)), world.hugo
        )
    unknown = ClauseAtRevision(clause_id=ClauseId(new_id()), revision=1)
    with pytest.raises(ClauseNotFound):
        await world.ask(AcceptClauses(convention_id=world.convention, clauses=(unknown,)), world.odile)
    await world.accept_all(world.odile)
    accepted = await world.get()
    assert all(it.agreed for it in accepted.clauses)
    await world.accept_all(world.odile)
    assert (await world.get()).version == accepted.version


async def test_the_page_tells_what_changed_since_each_person_last_read(world: World) -> None:
    convention = await world.negotiate()
    assert convention.read_version is None
    assert all(it.text_before is None for it in convention.clauses)
    await world.ask(ReadConvention(convention_id=world.convention, version=convention.version), world.claire)
    before = numbered(convention, 1)
    await world.propose(before, "Texte de l'association.", world.odile)
    await world.propose(numbered(convention, 2), "Texte de Claire elle-même.", world.claire)

    seen = await world.get()
    assert seen.read_version == convention.version
    assert seen.read_at is not None
    assert (numbered(seen, 1).text_before, numbered(seen, 1).revision_before) == (before.text, 1)
    # What she wrote herself is not news to her.
    assert numbered(seen, 2).text_before is None
    assert numbered(await world.get(world.odile), 1).text_before is None

    # A page that was open for a while tells the version it showed, and what came later stays new.
    await world.ask(ReadConvention(convention_id=world.convention, version=seen.version - 1), world.claire)
    assert numbered(await world.get(), 1).text_before is None
    await world.ask(ReadConvention(convention_id=world.convention, version=10**30), world.claire)
    assert (await world.get()).read_version == seen.version
    await world.ask(ReadConvention(convention_id=world.convention, version=0), world.claire)
    assert (await world.get()).read_version == seen.version


async def test_comments_are_kept_in_order_and_counted(world: World, count_events: Any) -> None:
    convention = await world.negotiate()
    clause = numbered(convention, 1)
    whole = AddComment(
        convention_id=world.convention, comment_id=CommentId(new_id()), text="Merci.\r\nÀ bientôt."
    )
    on_clause = AddComment(
        convention_id=world.convention,
        comment_id=CommentId(new_id()),
        clause_id=clause.clause_id,
        text="Chaque année ?",
    )
    first = await world.ask(whole, world.odile)
    await world.ask(on_clause, world.hugo)
    # The reply was lost: the same comment comes again.
    assert await world.ask(whole, world.odile) == first
    assert await count_events(world.convention) == convention.version + 2
    seen = await world.get()
    assert [(it.text, it.clause_id) for it in seen.comments] == [
        ("Merci.\nÀ bientôt.", None),
        ("Chaque année ?", clause.clause_id),
    ]
    assert numbered(seen, 1).comments == 1
    assert numbered(seen, 2).comments == 0
    with pytest.raises(IdentifierTaken):
        await world.ask(whole.model_copy(update={"text": "Autre chose."}), world.odile)
    with pytest.raises(IdentifierTaken):
        await world.ask(whole, world.claire)
    with pytest.raises(NotAReferent):
        await world.ask(whole, world.karim)
    with pytest.raises(ClauseNotFound):
        await world.ask(
            on_clause.model_copy(update={"comment_id": CommentId(new_id()), "clause_id": ClauseId(new_id())}),
            world.odile,
        )


async def test_the_list_puts_what_awaits_me_first(world: World) -> None:
    convention = await world.negotiate()
    later = World(world.gateway, world.contacts, hospital=world.hospital, association=world.association)
    later.claire, later.odile = world.claire, world.odile
    await later.draft()
    lines = (await world.ask(ListConventions(), world.odile)).conventions
    assert [(it.convention_id, it.awaits_me) for it in lines] == [(world.convention, True)]
    lines = (await world.ask(ListConventions(), world.claire)).conventions
    assert [(it.convention_id, it.awaits_me) for it in lines] == [
        (later.convention, True),
        (world.convention, False),
    ]
    assert (await world.ask(ListConventions(limit=1), world.claire)).conventions == lines[:1]
    assert Act.ACCEPT in (await world.get(world.odile)).may
    assert convention.may == (Act.PROPOSE, Act.COMMENT)
