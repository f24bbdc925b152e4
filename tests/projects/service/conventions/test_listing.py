"""The list of conventions: found by their words, page after page, those that await the reader first."""

from typing import Any

from shared.contracts.projects.queries import ConventionState, ListConventions
from tests.projects.service.volume.many_conventions import multiply
from tests.projects.service.world import Member, World


async def titles(world: World, member: Member, **asked: Any) -> list[str]:
    found = await world.ask(ListConventions(**asked), member)
    assert found.total == len(found.conventions)
    return [it.title for it in found.conventions]


async def test_a_convention_is_found_by_its_words_whatever_their_accents(world: World, look: Any) -> None:
    await world.negotiate()
    await multiply(look, world.convention, 20)
    found = await titles(world, world.claire, words="EDUCATION pontbriand")
    assert len(found) == 1
    assert "éducation thérapeutique à Pontbriand" in found[0]
    assert len(await titles(world, world.claire, words="maladies")) == 5
    assert await titles(world, world.claire, words="100%") == []
    assert await titles(world, world.claire, words="_") == []


async def test_a_convention_is_found_by_the_name_of_a_party_by_those_who_read_it_only(world: World) -> None:
    convention = await world.draft()
    name = next(it.name for it in world.to_draft().parties if it.organization_id == world.association)
    assert await titles(world, world.claire, words=name) == [convention.title]
    assert await titles(world, world.odile, words=name) == []
    assert await titles(world, world.yann, words=name) == []


async def test_the_list_can_be_of_one_partner_or_of_one_state(world: World, look: Any) -> None:
    await world.negotiate()
    await multiply(look, world.convention, 10)
    assert len(await titles(world, world.claire, party=world.association)) == 11
    assert await titles(world, world.claire, party=world.outsider) == []
    assert len(await titles(world, world.claire, state=ConventionState.ACTIVE)) == 8


async def test_pages_follow_one_another_and_begin_with_what_awaits_the_reader(
    world: World, look: Any
) -> None:
    await world.negotiate()
    await multiply(look, world.convention, 30)
    first = await world.ask(ListConventions(limit=12), world.odile)
    assert first.total == 31
    assert 0 < first.awaiting < 12
    assert [it.awaits_me for it in first.conventions] == [True] * first.awaiting + [False] * (
        12 - first.awaiting
    )
    seen, before = list(first.conventions), first.next_before
    while before is not None:
        page = await world.ask(ListConventions(limit=12, before=before), world.odile)
        seen += page.conventions
        before = page.next_before
    assert len({it.convention_id for it in seen}) == len(seen) == 31
    others = [it.changed_at for it in seen[first.awaiting :]]
    assert others == sorted(others, reverse=True)


async def test_more_that_awaits_than_a_page_holds_is_on_the_pages_that_follow(
    world: World, look: Any
) -> None:
    await world.negotiate()
    await multiply(look, world.convention, 30)
    one = await world.ask(ListConventions(limit=1), world.odile)
    assert len(one.conventions) == 1
    seen, before = [*one.conventions], one.next_before
    while before is not None:
        page = await world.ask(ListConventions(limit=2, before=before), world.odile)
        seen += page.conventions
        before = page.next_before
    assert len({it.convention_id for it in seen}) == 31
    assert sum(it.awaits_me for it in seen) == one.awaiting
